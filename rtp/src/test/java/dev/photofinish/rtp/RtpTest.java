package dev.photofinish.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.photofinish.rtp.RtcpPacket.Chunk;
import dev.photofinish.rtp.RtcpPacket.Goodbye;
import dev.photofinish.rtp.RtcpPacket.Item;
import dev.photofinish.rtp.RtcpPacket.ReceiverReport;
import dev.photofinish.rtp.RtcpPacket.ReportBlock;
import dev.photofinish.rtp.RtcpPacket.SenderReport;
import dev.photofinish.rtp.RtcpPacket.SourceDescription;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RTP headers and RTCP packets (RFC 3550). */
class RtpTest {
  private static final String FIXED = "ffff" + "fffffffe" + "fffffffd";

  private static ByteBuffer hex(String hex) {
    return ByteBuffer.wrap(HexFormat.of().parseHex(hex));
  }

  @ParameterizedTest
  @CsvSource({
    "8060" + FIXED + "0102, false, 96, 0, 0, 12, 2",
    "80e0" + FIXED + ", true, 96, 0, 0, 12, 0",
    "a060" + FIXED + "01020002, false, 96, 0, 0, 12, 2",
    "8260" + FIXED + "0000000100000002" + "07, false, 96, 2, 0, 20, 1",
    "9060" + FIXED + "bede0001" + "11223344" + "07, false, 96, 0, 8, 20, 1",
    "b160" + FIXED + "00000001" + "bede0000" + "070001, false, 96, 1, 4, 20, 2",
  })
  void header(
      String packet, boolean marker, int type, int csrc, int extension, int header, int payload)
      throws RtpFormatException {
    assertThat(RtpHeader.parse(hex(packet)))
        .isEqualTo(
            new RtpHeader(
                marker, type, 0xffff, 0xfffffffeL, 0xfffffffdL, csrc, extension, header, payload));
  }

  @Test
  void thePayloadIsAViewWhereverThePacketStands() throws RtpFormatException {
    ByteBuffer packet = hex("00008060" + FIXED + "0708").position(2);

    ByteBuffer payload = RtpHeader.parse(packet).payload(packet);

    assertThat(payload.remaining()).isEqualTo(2);
    packet.put(14, (byte) 9);
    assertThat(payload.get(0)).isEqualTo((byte) 9);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "80",
        "8060ffffffff",
        "4060" + FIXED,
        "8160" + FIXED,
        "9060" + FIXED,
        "9060" + FIXED + "bede0001",
        "a060" + FIXED + "0100",
        "a060" + FIXED + "0103",
      })
  void noPacket(String packet) {
    assertThatThrownBy(() -> RtpHeader.parse(hex(packet)))
        .isInstanceOf(RtpFormatException.class)
        .hasMessageStartingWith("RTP packet: saw");
  }

  @Test
  void aCompoundPacketIsReadAsItWasWritten() throws RtpFormatException {
    var block = new ReportBlock(0xffffffffL, 255, -1, 0xfffffffeL, 3, 4, 0xfffffffdL);
    List<RtcpPacket> compound =
        List.of(
            new SenderReport(1, 0x8000000180000002L, 0xffffffffL, 3, 4, List.of(block)),
            new ReceiverReport(5, List.of(block, block)),
            new SourceDescription(
                List.of(
                    new Chunk(6, List.of(new Item(Item.CNAME, "ä@host"))),
                    new Chunk(7, List.of()))),
            new Goodbye(List.of(8L, 9L), "bye"),
            new Goodbye(List.of(), ""));

    assertThat(RtcpPacket.parseAll(ByteBuffer.wrap(RtcpPacket.write(compound))))
        .isEqualTo(compound);
  }

  @Test
  void aReceiverReportAsItStandsOnTheWire() {
    var block = new ReportBlock(0x11223344, 0x20, -2, 0x10005, 7, 0xaabbccddL, 65536);

    assertThat(
            HexFormat.of()
                .formatHex(RtcpPacket.write(List.of(new ReceiverReport(1, List.of(block))))))
        .isEqualTo(
            "81c90007"
                + "00000001"
                + "11223344"
                + "20fffffe"
                + "00010005"
                + "00000007"
                + "aabbccdd"
                + "00010000");
  }

  /** RFC 4585 section 6.3.1 and RFC 5104 section 4.3.1. */
  @Test
  void requestsForKeyFrames() throws RtpFormatException {
    var loss = new RtcpPacket.PictureLoss(1, 2);
    var intra = new RtcpPacket.FullIntraRequest(1, List.of(new RtcpPacket.IntraEntry(2, 255)));
    byte[] written = RtcpPacket.write(List.of(loss, intra));
    assertThat(HexFormat.of().formatHex(written))
        .isEqualTo(
            "81ce0002"
                + "00000001"
                + "00000002"
                + "84ce0004"
                + "00000001"
                + "00000000"
                + "00000002"
                + "ff000000");
    assertThat(RtcpPacket.parseAll(ByteBuffer.wrap(written))).containsExactly(loss, intra);
    assertThat(RtcpPacket.parseAll(hex("8fce00020000000100000002")))
        .containsExactly(new RtcpPacket.Other(206, 8));
  }

  @Test
  void theMiddleOfTheNtpTimeGoesIntoReports() {
    assertThat(new SenderReport(1, 0x1111222233334444L, 0, 0, 0, List.of()).compactNtpTime())
        .isEqualTo(0x22223333L);
  }

  @Test
  void paddingAndTypesThatAreNotRead() throws RtpFormatException {
    assertThat(
            RtcpPacket.parseAll(
                hex("80cc0001" + "00000000" + "a0c90002" + "00000001" + "00000004")))
        .containsExactly(new RtcpPacket.Other(204, 4), new ReceiverReport(1, List.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "80",
        "80c9",
        "40c9000100000001",
        "80c9000100",
        "81c9000100000001",
        "a0c90001000000ff",
        "a0c90000",
        "81ca000100000001",
        "81ce000100000001",
        "84ce000100000001",
        "82cb000100000001",
        "81cb0002000000010a616263"
      })
  void noRtcp(String packet) {
    assertThatThrownBy(() -> RtcpPacket.parseAll(hex(packet)))
        .isInstanceOf(RtpFormatException.class)
        .hasMessageStartingWith("RTCP packet: saw");
  }

  @Test
  void whatCannotBeWrittenIsRefused() {
    var item = new Item(1, "x".repeat(256));
    assertThatThrownBy(
            () ->
                RtcpPacket.write(
                    List.of(new SourceDescription(List.of(new Chunk(1, List.of(item)))))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> RtcpPacket.write(List.of(new RtcpPacket.Other(204, 0))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void noiseIsReadOrRefused() {
    long seed = new Random().nextLong();
    System.out.println("seed of noiseIsReadOrRefused: " + seed);
    var random = new Random(seed);
    for (int run = 0; run < 20_000; run++) {
      byte[] packet = new byte[random.nextInt(64)];
      random.nextBytes(packet);
      if (packet.length > 1) {
        packet[0] = (byte) (0x80 | (packet[0] & 0x3f));
        packet[1] = (byte) (200 + random.nextInt(5));
      }
      read(packet);
    }
  }

  private static void read(byte[] packet) {
    try {
      RtpHeader header = RtpHeader.parse(ByteBuffer.wrap(packet));
      assertThat(header.headerLength() + header.payloadLength()).isBetween(12, packet.length);
      RtcpPacket.parseAll(ByteBuffer.wrap(packet));
    } catch (RtpFormatException e) {
      assertThat(e.getMessage()).contains("packet: saw");
    }
  }
}

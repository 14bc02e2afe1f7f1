package dev.photofinish.camera.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** RFC 3550 sections 5.1 and 6.4.1. */
class RtpStreamTest {

  private final RtpStream stream = new RtpStream(new SplittableRandom(1), 96);

  @Test
  void numbersPacketsAndShiftsTimestamps() {
    int first = stream.sequence();
    ByteBuffer packet = ByteBuffer.wrap(stream.packet(new byte[] {1, 2}, 3600, true));

    assertThat(packet.get(0)).isEqualTo((byte) 0x80);
    assertThat(packet.get(1)).isEqualTo((byte) (0x80 | 96));
    assertThat(packet.getShort(2) & 0xffff).isEqualTo(first);
    assertThat(Integer.toUnsignedLong(packet.getInt(4))).isEqualTo(stream.rtpTime(3600));
    assertThat(packet.getInt(8)).isEqualTo(stream.ssrc());
    assertThat(packet.limit()).isEqualTo(14);
    assertThat(stream.sequence()).isEqualTo((first + 1) & 0xffff);
    assertThat(stream.packet(new byte[0], 0, false)[1]).isEqualTo((byte) 96);
  }

  @Test
  void sequenceNumbersWrap() {
    for (int i = 0; i < 0x10000; i++) {
      assertThat(stream.sequence()).isBetween(0, 0xffff);
      assertThat(stream.packet(new byte[0], 0, false)).hasSize(12);
    }
  }

  @Test
  void reportsWhatWasSentAndWhen() {
    stream.packet(new byte[100], 0, false);
    stream.packet(new byte[50], 0, false);
    ByteBuffer report = ByteBuffer.wrap(stream.senderReport(90_000, 1_500_000_000L));

    assertThat(report.getInt(0)).isEqualTo(0x80c80006);
    assertThat(report.getInt(4)).isEqualTo(stream.ssrc());
    assertThat(Integer.toUnsignedLong(report.getInt(8)))
        .as("NTP seconds of 1.5 s after 1970")
        .isEqualTo(2_208_988_801L);
    assertThat(Integer.toUnsignedLong(report.getInt(12))).isEqualTo(0x8000_0000L);
    assertThat(Integer.toUnsignedLong(report.getInt(16))).isEqualTo(stream.rtpTime(90_000));
    assertThat(report.getInt(20)).isEqualTo(2);
    assertThat(report.getInt(24)).isEqualTo(150);
    assertThat(report.get(29) & 0xff).as("SDES").isEqualTo(202);
    assertThat(report.limit())
        .as("both packets in whole words")
        .isEqualTo(28 + 4 * (report.getShort(30) + 1));
  }

  @Test
  void restartsAsAnotherSource() {
    int before = stream.ssrc();
    stream.restart();
    assertThat(stream.ssrc()).isNotEqualTo(before);
    assertThat(ByteBuffer.wrap(stream.senderReport(0, 0)).getInt(20)).isZero();
  }
}

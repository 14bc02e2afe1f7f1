package dev.photofinish.rtsp.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** RFC 3550 section 6. */
class RtcpTest {

  @Test
  void aReceiverReportIsFollowedByItsSourceDescription() {
    ReportBlock block = new ReportBlock(0xfedcba98L, 0x40, -1, 0x10002, 7, 0x11223344L, 0x10000);
    String hex = HexFormat.of().formatHex(Rtcp.receiverReport(0x0a0b0c0dL, block, "abc"));
    assertThat(hex)
        .isEqualTo(
            "81c90007"
                + "0a0b0c0d"
                + "fedcba98"
                + "40ffffff"
                + "00010002"
                + "00000007"
                + "11223344"
                + "00010000"
                + "81ca0003"
                + "0a0b0c0d"
                + "0103616263"
                + "000000");
  }

  @Test
  void withoutMediaTheReportIsEmpty() {
    byte[] report = Rtcp.receiverReport(1, null, "abcd");
    assertThat(HexFormat.of().formatHex(report))
        .isEqualTo("80c90001" + "00000001" + "81ca0003" + "00000001" + "010461626364" + "0000");
  }

  @Test
  void senderReportsAreFoundInCompounds() {
    List<String> found = new ArrayList<>();
    String sdes = "81ca0001" + "00000002";
    String sender =
        "80c80006" + "00000009" + "1111222233334444" + "00000000" + "00000000" + "00000000";
    Rtcp.senderReports(
        bytes(sdes + sender),
        (ssrc, ntp) -> found.add(Long.toHexString(ssrc) + " " + Long.toHexString(ntp)));
    assertThat(found).containsExactly("9 22223333");
  }

  @Test
  void cutShortIsNoReport() {
    Rtcp.senderReports(
        bytes("80c80006" + "00000009" + "11112222"),
        (ssrc, ntp) -> {
          throw new AssertionError("found in a packet cut short");
        });
    assertThat(Rtcp.isValid(bytes("80c800"))).isFalse();
    assertThat(Rtcp.isValid(bytes("80600000"))).isFalse();
    assertThat(Rtcp.isValid(bytes("80c80000"))).isTrue();
  }

  private static ByteBuffer bytes(String hex) {
    return ByteBuffer.wrap(HexFormat.of().parseHex(hex));
  }
}

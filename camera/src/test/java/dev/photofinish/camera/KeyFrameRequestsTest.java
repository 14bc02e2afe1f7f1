package dev.photofinish.camera;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The ways in which a camera is asked for a key frame. */
class KeyFrameRequestsTest {
  private static final String REPORT = "80c9000100000001";
  private static final String PLI = REPORT + "81ce00020000000100000002";
  private static final String FIR = REPORT + "84ce000400000001000000000000000201000000";

  @ParameterizedTest
  @CsvSource({
    "NONE, false, false",
    "PLI, true, false",
    "FIR, false, true",
    "BOTH, true, true",
  })
  void aRequestCountsWhereItsWayIsOffered(KeyFrameRequests ways, boolean pli, boolean fir) {
    assertThat(ways.isIn(HexFormat.of().parseHex(PLI))).isEqualTo(pli);
    assertThat(ways.isIn(HexFormat.of().parseHex(FIR))).isEqualTo(fir);
    assertThat(ways.isIn(HexFormat.of().parseHex(REPORT))).isFalse();
    assertThat(ways.isIn(new byte[] {(byte) 0x81, (byte) 0xce, 0})).isFalse();
  }

  @Test
  void theDescriptionOffersThemForTheVideoAlone() throws Exception {
    CameraOptions options =
        SimulatedCamera.builder().set(Knob.KEY_FRAME_REQUESTS, KeyFrameRequests.BOTH).options();
    String sdp = new MediaCatalog(options).describe(InetAddress.getLoopbackAddress());
    assertThat(sdp.lines().filter(line -> line.startsWith("a=rtcp-fb")))
        .containsExactly("a=rtcp-fb:96 nack pli", "a=rtcp-fb:96 ccm fir");
  }
}

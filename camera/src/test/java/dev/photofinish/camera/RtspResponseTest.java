package dev.photofinish.camera;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Responses as bytes, RFC 2326 section 7. */
class RtspResponseTest {

  private static String encode(RtspResponse response, Knob<Boolean> quirk, boolean on) {
    CameraOptions options = SimulatedCamera.builder().set(quirk, on).options();
    return new String(response.encode(options), StandardCharsets.UTF_8);
  }

  private static RtspResponse response() {
    return new RtspResponse(200).header("CSeq", "1").header("Public", "OPTIONS, DESCRIBE");
  }

  @Test
  void headersKeepTheirOrder() {
    assertThat(encode(response(), Knob.BARE_LF, false))
        .isEqualTo("RTSP/1.0 200 OK\r\nCSeq: 1\r\nPublic: OPTIONS, DESCRIBE\r\n\r\n");
  }

  @Test
  void bareLfLeavesOutEveryCr() {
    assertThat(encode(response(), Knob.BARE_LF, true))
        .isEqualTo("RTSP/1.0 200 OK\nCSeq: 1\nPublic: OPTIONS, DESCRIBE\n\n");
  }

  @Test
  void bareLfLeavesTheBodyAsItIs() {
    assertThat(encode(response().body("text/plain", "a\r\nb"), Knob.BARE_LF, true))
        .endsWith("\n\na\r\nb");
  }

  @Test
  void lowerCaseIsForNamesAndNotForValues() {
    assertThat(encode(response(), Knob.LOWER_CASE, true))
        .isEqualTo("RTSP/1.0 200 OK\r\ncseq: 1\r\npublic: OPTIONS, DESCRIBE\r\n\r\n");
  }

  @Test
  void theLengthOfABodyIsInBytes() {
    assertThat(encode(new RtspResponse(200).body("text/plain", "Köln"), Knob.BARE_LF, false))
        .contains("\r\nContent-Length: 5\r\n")
        .endsWith("\r\n\r\nKöln");
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 302, 400, 401, 404, 405, 453, 454, 455, 459, 461, 501, 503, 505, 551})
  void everyStatusHasItsReason(int status) {
    assertThat(encode(new RtspResponse(status), Knob.BARE_LF, false))
        .startsWith("RTSP/1.0 " + status + " ")
        .doesNotContain("null");
  }
}

package dev.photofinish.rtsp.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.photofinish.rtsp.message.RtspLimitException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One byte too many is refused, in one piece or byte by byte; what is allowed passes. */
class RtspLimitsTest {
  private static final RtspLimits LIMITS = new RtspLimits(40, 30, 3, 10, 20);
  private static final String OK = "RTSP/1.0 200 OK\r\n\r\n";
  private static final String SDP = "RTSP/1.0 200 OK\r\nContent-Type: application/sdp\r\n\r\n";

  static Stream<Arguments> limits() {
    String start = "RTSP/1.0 200 ";
    return Stream.of(
        Arguments.of("startLine", start + "x".repeat(26) + "\r\n\r\n", start + "x".repeat(28)),
        Arguments.of("headerLine", head("X: " + "y".repeat(26)), head("X: " + "y".repeat(28))),
        Arguments.of(
            "headerLine",
            head("X: a\r\n " + "y".repeat(28)),
            head("X: a\r\n " + "y".repeat(20) + "\r\n " + "y".repeat(20))),
        Arguments.of(
            "headerCount", head("X: 1\r\nX: 2\r\nX: 3"), head("X: 1\r\nX\r\nX: 3\r\nX: 4")),
        Arguments.of(
            "body", head("Content-Length: 10") + "x".repeat(10), head("Content-Length: 11")),
        Arguments.of("body", SDP + "v=0\r\ns=1\r\n", SDP + "v=0\r\ns=1\r\nv=0"),
        Arguments.of("stray", "?".repeat(20), "?".repeat(21)));
  }

  private static String head(String headers) {
    return "RTSP/1.0 200 OK\r\n" + headers + "\r\n\r\n";
  }

  @ParameterizedTest
  @MethodSource("limits")
  void whatIsAllowedPasses(String limit, String allowed, String tooMuch) {
    assertThat(new Decoded(LIMITS).feed(allowed).feed(OK).end().errors())
        .describedAs(limit)
        .isEmpty();
  }

  @ParameterizedTest
  @MethodSource("limits")
  void whatIsTooMuchIsTheLastThingRead(String limit, String allowed, String tooMuch) {
    assertRefused(limit, new Decoded(LIMITS).feed(OK).feed(tooMuch).feed("\r\n\r\n" + OK).end());
  }

  @ParameterizedTest
  @MethodSource("limits")
  void byteByByteToo(String limit, String allowed, String tooMuch) {
    var decoded = new Decoded(LIMITS).feed(OK);
    for (int i = 0; i < tooMuch.length(); i++) {
      decoded.feed(tooMuch.substring(i, i + 1));
    }
    assertRefused(limit, decoded.feed("\r\n\r\n" + OK).end());
  }

  private static void assertRefused(String limit, Decoded decoded) {
    assertThat(decoded.messages()).hasSize(1);
    assertThat(decoded.errors()).hasSize(1);
    var error = (RtspLimitException) decoded.errors().get(0);
    assertThat(error.limit()).isEqualTo(limit);
    assertThat(error.getMessage()).contains(limit, "at most", "byte ", " of the connection");
    assertThat(error.offset().getAsLong()).isGreaterThanOrEqualTo(OK.length());
  }

  @Test
  void theDefaultsAreThoseOfTheDocumentation() {
    assertThat(RtspLimits.DEFAULT).isEqualTo(new RtspLimits(8192, 8192, 128, 1048576, 262144));
  }

  @Test
  void aLimitIsAtLeastOne() {
    assertThatThrownBy(() -> new RtspLimits(1, 1, 1, 0, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("body must be at least 1: 0");
  }
}

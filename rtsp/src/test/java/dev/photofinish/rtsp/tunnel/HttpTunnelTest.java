package dev.photofinish.rtsp.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.rtsp.dialogue.EndReason.Kind;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import java.net.ConnectException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An HTTP tunnel from its GET to the end of both connections, and what peers may do to it. */
@SuppressWarnings("FutureReturnValueIgnored") // of channels without sockets: done at once
class HttpTunnelTest {
  private static final String DESCRIBE = "DESCRIBE rtsp://192.0.2.1/live RTSP/1.0\r\n\r\n";

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static TunnelScript open() {
    TunnelScript tunnel = TunnelScript.http().answer(TunnelScript.GRANTED).connectPost();
    assertThat(tunnel.isOpen()).isTrue();
    return tunnel;
  }

  private static String cookie(String request) {
    return request.lines().filter(l -> l.startsWith("x-sessioncookie: ")).findFirst().orElse("");
  }

  // ---- As it should be

  @Test
  void getThenPostWithTheSameCookieThenRequestsInBase64() {
    try (TunnelScript tunnel = TunnelScript.http()) {
      String get = tunnel.sent();
      assertThat(get)
          .startsWith("GET /live?a=1 HTTP/1.1\r\n")
          .contains("\r\nhost: 192.0.2.1:8554\r\n", "\r\nuser-agent: Test\r\n")
          .contains("\r\naccept: application/x-rtsp-tunnelled\r\n")
          .doesNotContain("content-length");
      assertThat(tunnel.dials()).isZero();
      tunnel.answer(TunnelScript.GRANTED);
      assertThat(tunnel.isOpen()).isFalse();
      tunnel.connectPost();
      assertThat(tunnel.isOpen()).isTrue();
      String post = tunnel.sentOnPost();
      assertThat(post)
          .startsWith("POST /live?a=1 HTTP/1.1\r\n")
          .contains("\r\ncontent-type: application/x-rtsp-tunnelled\r\n")
          .contains("\r\ncontent-length: 32767\r\n")
          .endsWith("\r\n\r\n");
      assertThat(cookie(post)).isEqualTo(cookie(get)).hasSizeGreaterThan(30);
      tunnel.write(DESCRIBE);
      assertThat(tunnel.sentOnPost()).isEqualTo(base64(DESCRIBE));
      assertThat(tunnel.sent()).isEmpty();
      tunnel.answer("RTSP/1.0 200 OK\r\n").answer("\r\n");
      assertThat(tunnel.received()).isEqualTo("RTSP/1.0 200 OK\r\n\r\n");
    }
  }

  /** Some servers take padding between a frame's header and its content for bytes. */
  @Test
  void whatIsFlushedTogetherIsEncodedTogether() {
    try (TunnelScript tunnel = open()) {
      tunnel.sentOnPost();
      tunnel.write("$\u0001\u0000\u0001", "x");
      assertThat(tunnel.sentOnPost()).isEqualTo(base64("$\u0001\u0000\u0001x"));
    }
  }

  @Test
  void theCookieOfEachTunnelIsItsOwn() {
    try (TunnelScript one = TunnelScript.http();
        TunnelScript again = TunnelScript.http()) {
      // the same seed, so the same draws: a cookie is nothing but drawn
      assertThat(cookie(one.sent())).isEqualTo(cookie(again.sent()));
    }
  }

  @Test
  void thePathOfTheTunnelMayBeAnother() {
    try (TunnelScript tunnel = TunnelScript.at(TunnelKind.HTTP, "/tunnel")) {
      assertThat(tunnel.sent()).startsWith("GET /tunnel HTTP/1.1\r\n");
    }
  }

  @Test
  void rtspBehindTheHeadOfTheAnswerIsNotLost() {
    try (TunnelScript tunnel = TunnelScript.http()) {
      tunnel.answer(TunnelScript.GRANTED + "OPTIONS * RTSP/1.0\r\n").connectPost();
      assertThat(tunnel.received()).isEqualTo("OPTIONS * RTSP/1.0\r\n");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n",
        "HTTP/1.1 200\r\n\r\n",
        "HTTP/1.0 200 OK\r\nContent-Type: application/x-rtsp-tunnelled; x=y\r\n\r\n",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n\r\n"
      })
  void answersThatAreForgiven(String head) {
    try (TunnelScript tunnel = TunnelScript.http()) {
      tunnel.answer(head + "more than five").connectPost();
      assertThat(tunnel.received()).isEqualTo("more than five");
      assertThat(tunnel.hasEnded()).isFalse();
    }
  }

  @Test
  void chunksOfAProxyBetweenAreUndone() {
    try (TunnelScript tunnel = TunnelScript.http()) {
      tunnel
          .answer("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
          .connectPost()
          .answer("5\r\nRTSP/\r\n3;a=b\r\n1.0\r\n");
      assertThat(tunnel.isOpen()).isTrue();
      assertThat(tunnel.received()).isEqualTo("RTSP/1.0");
      tunnel.answer("0\r\n\r\n");
      assertThat(tunnel.end().kind()).isEqualTo(Kind.CLOSED);
      assertThat(tunnel.end().reason()).contains("ended its side of the tunnel (GET)");
    }
  }

  @Test
  void whatIsNotInChunksEndsIt() {
    try (TunnelScript tunnel = TunnelScript.http()) {
      tunnel
          .answer("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
          .connectPost()
          .answer("RTSP/1.0 200 OK\r\n\r\n");
      assertThat(tunnel.end().kind()).isEqualTo(Kind.BROKEN);
      assertThat(tunnel.end().reason()).contains("not in chunks");
    }
  }

  // ---- Answers that open no tunnel

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "404 Not Found | NO_TRANSPORT | GET /live?a=1 was answered HTTP 404 Not Found: the camera has no such tunnel",
        "405 Method Not Allowed | NO_TRANSPORT | 405 Method Not Allowed",
        "501 Not Implemented | NO_TRANSPORT | 501",
        "403 Forbidden | REFUSED | GET /live?a=1 was answered HTTP 403 Forbidden",
        "453 Not Enough Bandwidth | AT_CAPACITY | 453",
        "503 Service Unavailable | REFUSED | 503",
        "500 Oops | REFUSED | 500 Oops",
        "302 Found | REFUSED | 302 Found without a Location",
        "204 No Content | NO_TRANSPORT | 204 No Content; expected 200"
      })
  void statusesInWords(String status, Kind kind, String reason) {
    try (TunnelScript tunnel = TunnelScript.http()) {
      tunnel.answer("HTTP/1.1 " + status + "\r\nContent-Length: 0\r\n\r\n");
      assertThat(tunnel.end().kind()).isEqualTo(kind);
      assertThat(tunnel.end().reason()).contains(reason);
      assertThat(tunnel.dials()).isZero();
    }
  }

  @Test
  void aTimeToWaitIsALackOfPlaces() {
    try (TunnelScript tunnel = TunnelScript.http()) {
      tunnel.answer("HTTP/1.1 503 Busy\r\nRetry-After: 7\r\n\r\n");
      assertThat(tunnel.end().kind()).isEqualTo(Kind.AT_CAPACITY);
      assertThat(tunnel.end().retryAfter()).isEqualTo(Duration.ofSeconds(7));
      assertThat(tunnel.end().reason()).contains("503 Busy, Retry-After 7 s");
    }
  }

  @Test
  void aRedirectIsNamedNotFollowed() {
    try (TunnelScript tunnel = TunnelScript.http()) {
      tunnel.answer("HTTP/1.1 301 Moved\r\nLocation: https://192.0.2.9/\u0085\r\n\r\n");
      assertThat(tunnel.end().reason())
          .contains("to https://192.0.2.9/")
          .contains("which is not followed: name that address instead")
          .doesNotContain("\u0085");
    }
  }

  @Test
  void aPageOfAWebServerIsNoTunnel() {
    try (TunnelScript tunnel = TunnelScript.http()) {
      tunnel.answer("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html>" + "x".repeat(9000));
      assertThat(tunnel.end().kind()).isEqualTo(Kind.NO_TRANSPORT);
      assertThat(tunnel.end().reason())
          .endsWith("with content type text/html; expected application/x-rtsp-tunnelled");
      assertThat(tunnel.received()).isEmpty();
    }
  }

  @Test
  void aCameraThatSpeaksRtspAloneSaysSo() {
    try (TunnelScript tunnel = TunnelScript.http()) {
      tunnel.answer("RTSP/1.0 400 Bad Request\r\n\r\n");
      assertThat(tunnel.end().kind()).isEqualTo(Kind.NO_TRANSPORT);
      assertThat(tunnel.end().reason())
          .contains("answered in RTSP, not in HTTP: the camera has no tunnel at this port");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SSH-2.0-OpenSSH_9.2\r\n\r\n",
        "\u0000\u0001\u0002\r\n\r\n",
        "HTTP/1.1 x y\r\n\r\n"
      })
  void whatIsNotHttpIsSaidToBeSo(String bytes) {
    try (TunnelScript tunnel = TunnelScript.http()) {
      tunnel.answer(bytes);
      assertThat(tunnel.end().reason()).contains("answered by something that is not HTTP: ");
    }
  }

  // ---- Bounds

  @Test
  void headersWithoutEndAreCutOff() {
    try (TunnelScript tunnel = TunnelScript.http()) {
      tunnel.answer("HTTP/1.1 200 OK\r\n");
      int sent = 0;
      while (!tunnel.hasEnded() && sent < 1 << 20) {
        String line = "X-Header: value\r\n".repeat(50);
        sent += line.length();
        tunnel.answer(line);
      }
      assertThat(sent).isLessThan(20 * 1024);
      assertThat(tunnel.end().kind()).isEqualTo(Kind.BROKEN);
    }
  }

  @Test
  void aStatusLineWithoutEndIsCutOff() {
    try (TunnelScript tunnel = TunnelScript.http()) {
      tunnel.answer("HTTP/1.1 200 " + "x".repeat(2000));
      assertThat(tunnel.end().kind()).isEqualTo(Kind.BROKEN);
      assertThat(tunnel.end().reason().length()).isLessThan(500);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Content-Length: 1000000000", "Transfer-Encoding: chunked"})
  void thePageBehindA401IsReadToABound(String length) {
    HttpLogin login = new HttpLogin();
    try (TunnelScript tunnel = TunnelScript.with(TunnelKind.HTTP, TunnelScript.ADMIN, login)) {
      tunnel.answer(
          "HTTP/1.1 401 No\r\nWWW-Authenticate: Basic realm=\"x\"\r\n" + length + "\r\n\r\n");
      int sent = 0;
      while (!tunnel.hasEnded() && sent < 1 << 20) {
        String page = "3e8\r\n" + "x".repeat(1000) + "\r\n";
        sent += page.length();
        tunnel.answer(page);
      }
      assertThat(sent).isLessThan(70_000);
      assertThat(tunnel.end().kind()).isEqualTo(Kind.BROKEN);
      assertThat(tunnel.end().reason()).contains("with more than 65536 bytes");
    }
  }

  @Test
  void anAnswerThatNeverComesIsGivenUp() {
    try (TunnelScript tunnel = TunnelScript.http()) {
      tunnel.later(TunnelScript.TIMEOUT.minusMillis(1));
      assertThat(tunnel.hasEnded()).isFalse();
      tunnel.later(Duration.ofMillis(1));
      assertThat(tunnel.end().kind()).isEqualTo(Kind.SILENT);
      assertThat(tunnel.end().reason())
          .isEqualTo("the tunnel was not open within 10000 ms: RTSP over HTTP");
    }
  }

  @Test
  void aSecondConnectionThatNeverComesIsGivenUp() {
    try (TunnelScript tunnel = TunnelScript.http()) {
      tunnel.later(Duration.ofSeconds(9)).answer(TunnelScript.GRANTED).later(Duration.ofSeconds(1));
      assertThat(tunnel.end().kind()).isEqualTo(Kind.SILENT);
      assertThat(tunnel.post().isOpen()).isFalse();
    }
  }

  @Test
  void anOpenTunnelHasNoTimeout() {
    try (TunnelScript tunnel = open()) {
      tunnel.later(Duration.ofHours(1));
      assertThat(tunnel.hasEnded()).isFalse();
    }
  }

  // ---- Ends, in every order

  @Test
  void theGetEndsBeforeItsAnswer() {
    try (TunnelScript tunnel = TunnelScript.http()) {
      tunnel.closeByCamera();
      assertThat(tunnel.dials()).isZero();
      tunnel.later(TunnelScript.TIMEOUT);
      assertThat(tunnel.hasEnded()).as("by the timeout of what is closed").isFalse();
    }
  }

  @Test
  void theGetEndsWhileThePostIsDialled() {
    try (TunnelScript tunnel = TunnelScript.http()) {
      tunnel.answer(TunnelScript.GRANTED).closeByCamera();
      assertThat(tunnel.post().isOpen()).isFalse();
      assertThat(tunnel.isOpen()).isFalse();
    }
  }

  @Test
  void thePostIsRefused() {
    try (TunnelScript tunnel = TunnelScript.http()) {
      tunnel.answer(TunnelScript.GRANTED).refusePost(new ConnectException("Connection refused"));
      assertThat(tunnel.end().kind()).isEqualTo(Kind.CLOSED);
      assertThat(tunnel.end().reason())
          .startsWith("the second connection of the tunnel (POST) failed: ")
          .containsIgnoringCase("refused");
      assertThat(tunnel.get().isOpen()).isFalse();
      assertThat(tunnel.post().isOpen()).isFalse();
    }
  }

  @Test
  void theCameraClosesThePost() {
    try (TunnelScript tunnel = open()) {
      tunnel.closePostByCamera(null);
      assertThat(tunnel.end().kind()).isEqualTo(Kind.CLOSED);
      assertThat(tunnel.end().reason())
          .isEqualTo("the second connection of the tunnel (POST) was closed by the camera");
      assertThat(tunnel.get().isOpen()).isFalse();
    }
  }

  @Test
  void thePostIsReset() {
    try (TunnelScript tunnel = open()) {
      tunnel.closePostByCamera(new SocketException("Connection reset"));
      assertThat(tunnel.end().kind()).isEqualTo(Kind.RESET);
      assertThat(tunnel.end().reason()).contains("(POST) was lost: ").contains("reset");
      assertThat(tunnel.get().isOpen()).isFalse();
    }
  }

  @Test
  void weCloseTheGetWithRequestsThatAreNotWritten() {
    try (TunnelScript tunnel = open()) {
      tunnel.writeWithoutFlush("TEARDOWN").close(Channel::close);
      assertThat(tunnel.post().isOpen()).isFalse();
      assertThat(tunnel.hasEnded()).isFalse();
    }
  }

  /** As the race does with losers: past all handlers. */
  @Test
  void theRaceClosesTheGet() {
    try (TunnelScript tunnel = open()) {
      tunnel.close(get -> firstOf(get).close());
      assertThat(tunnel.post().isOpen()).isFalse();
    }
  }

  private static ChannelHandlerContext firstOf(Channel channel) {
    return channel.pipeline().firstContext();
  }

  // ---- Answers to the POST

  @Test
  void aSuccessIsNoNews() {
    try (TunnelScript tunnel = open()) {
      tunnel.answerPost("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.0 200 OK\r\n\r\n" + "x".repeat(9000));
      assertThat(tunnel.hasEnded()).isFalse();
      assertThat(tunnel.received()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "HTTP/1.1 401 Unauthorized | REFUSED | POST was answered HTTP 401 Unauthorized though GET was not",
        "HTTP/1.1 404 Not Found | NO_TRANSPORT | POST was answered HTTP 404 Not Found",
        "HTTP/1.1 500 Oops | REFUSED | POST was answered HTTP 500 Oops",
        "nonsense | BROKEN | not HTTP"
      })
  void aRefusalEndsBoth(String line, Kind kind, String reason) {
    try (TunnelScript tunnel = open()) {
      tunnel.answerPost(line + "\r\n\r\n");
      assertThat(tunnel.end().kind()).isEqualTo(kind);
      assertThat(tunnel.end().reason()).contains(reason);
      assertThat(tunnel.get().isOpen()).isFalse();
      assertThat(tunnel.post().isOpen()).isFalse();
    }
  }

  /** What the camera does not read on the POST holds back what asks for more on the GET. */
  @Test
  void aPostThatIsNotReadMakesTheGetUnwritable() {
    try (TunnelScript tunnel = open()) {
      List.of(false, true)
          .forEach(
              writable -> {
                tunnel.post().unsafe().outboundBuffer().setUserDefinedWritability(2, writable);
                tunnel.post().runPendingTasks();
                assertThat(tunnel.get().isWritable()).isEqualTo(writable);
              });
    }
  }
}

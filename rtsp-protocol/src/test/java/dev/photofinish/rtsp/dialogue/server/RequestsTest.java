package dev.photofinish.rtsp.dialogue.server;

import static dev.photofinish.rtsp.dialogue.server.ServerScript.URL;
import static dev.photofinish.rtsp.dialogue.server.ServerScript.header;
import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.rtsp.message.Body;
import dev.photofinish.rtsp.message.Headers;
import dev.photofinish.rtsp.message.Method;
import dev.photofinish.rtsp.message.RtspRequest;
import dev.photofinish.rtsp.message.RtspResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules that hold for all requests, and those of OPTIONS and the parameters. */
class RequestsTest {
  private static final String SERVED =
      "OPTIONS, DESCRIBE, ANNOUNCE, SETUP, PLAY, RECORD, PAUSE, GET_PARAMETER, SET_PARAMETER,"
          + " TEARDOWN";

  private final ServerScript script = new ServerScript();

  @ParameterizedTest
  @ValueSource(strings = {"*", URL, "rtsp://192.0.2.9/nobody"})
  void optionsListsTheMethods(String uri) {
    RtspResponse answer = script.ask("OPTIONS", uri);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(header(answer, "Public")).isEqualTo(SERVED);
    assertThat(header(answer, "Server")).isEqualTo("photofinish");
    assertThat(script.said()).isEmpty();
  }

  /** RFC 2326 section 11.3.3, and 7.1.1 for what is no method of it. */
  @ParameterizedTest
  @CsvSource({"REDIRECT,405", "PLAY_NOTIFY,501", "FETCH,501"})
  void aMethodThatIsNotServed(String method, int status) {
    RtspResponse answer = script.ask(method, URL);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(header(answer, "Allow")).isEqualTo(SERVED);
    assertThat(header(answer, "Public")).isEqualTo(SERVED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2.0", "1.1"})
  void anotherVersion(String version) {
    script.send(
        new RtspRequest(Method.OPTIONS, "*", Headers.of("CSeq", "1"), Body.empty(), version));
    assertThat(script.statuses()).containsExactly(505);
  }

  /** RFC 2326 section 12.17: "This field MUST be present in all requests". */
  @ParameterizedTest
  @ValueSource(strings = {"", "x", "-1"})
  void aRequestWithoutCseq(String cseq) {
    Headers headers = cseq.isEmpty() ? Headers.empty() : Headers.of("CSeq", cseq);
    script.send(RtspRequest.of(Method.OPTIONS, "*", headers));
    assertThat(script.statuses()).containsExactly(400);
    assertThat(script.answers().get(0).headers().has("CSeq")).isFalse();
    assertThat(script.ask("OPTIONS", "*").status()).isEqualTo(200);
  }

  /** RFC 2326 section 12.32. */
  @ParameterizedTest
  @ValueSource(strings = {"Require", "Proxy-Require", "REQUIRE"})
  void anOptionThatIsRequired(String name) {
    RtspResponse answer =
        script.ask("DESCRIBE", URL, name, "www.onvif.org/ver20/backchannel, x, y");
    assertThat(answer.status()).isEqualTo(551);
    assertThat(header(answer, "Unsupported")).isEqualTo("x, y");
    assertThat(script.said()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "DESCRIBE,*",
    "SETUP,*",
    "DESCRIBE,/cam",
    "SETUP,http://192.0.2.9/cam",
    "PLAY,rtsp://",
    "OPTIONS,cam",
  })
  void aTargetThatIsNoUrl(String method, String uri) {
    assertThat(script.ask(method, uri).status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PLAY", "PAUSE", "TEARDOWN"})
  void aMethodOfASessionWithoutOne(String method) {
    assertThat(script.ask(method, URL).status()).isEqualTo(454);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"OPTIONS", "SETUP", "PLAY", "PAUSE", "GET_PARAMETER", "SET_PARAMETER", "TEARDOWN"})
  void aSessionThatIsUnknown(String method) {
    script.setUp(1, ServerScript.TCP);
    for (String id : new String[] {"12345678", "", ";timeout=60"}) {
      RtspResponse answer = script.ask(method, URL, "Session", id);
      assertThat(answer.status()).isEqualTo(454);
      assertThat(answer.headers().has("Session")).isFalse();
    }
  }

  @Test
  void aSessionIsOfNoMatterToDescribe() {
    assertThat(script.ask("DESCRIBE", URL, "Session", "old").status()).isEqualTo(200);
  }

  /** RFC 2326 section 10.8: an empty one tests whether the peer lives. */
  @ParameterizedTest
  @ValueSource(strings = {"GET_PARAMETER", "SET_PARAMETER"})
  void parameters(String method) {
    assertThat(script.ask(method, URL).status()).isEqualTo(200);
    String session = script.setUp(1, ServerScript.TCP);
    RtspResponse alive = script.ask(method, "*", "Session", session + ";timeout=60");
    assertThat(alive.status()).isEqualTo(200);
    assertThat(header(alive, "Session")).isEqualTo(session);
    script.send(ServerScript.request(method, URL, "\r\n", "CSeq", "98", "Session", session));
    script.send(
        ServerScript.request(method, URL, "position\r\n", "CSeq", "99", "Session", session));
    assertThat(script.statuses()).endsWith(200, 451);
  }

  @Test
  void headerNamesAreOfAnyCase() {
    String session = script.setUp(1, ServerScript.TCP);
    script.send(RtspRequest.of(Method.PLAY, URL, Headers.of("cseq", "9", "SESSION", session)));
    assertThat(script.statuses()).endsWith(200);
  }
}

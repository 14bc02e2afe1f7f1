package dev.photofinish.rtsp.dialogue.server;

import static dev.photofinish.rtsp.dialogue.server.ServerScript.TCP;
import static dev.photofinish.rtsp.dialogue.server.ServerScript.UDP;
import static dev.photofinish.rtsp.dialogue.server.ServerScript.URL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.rtsp.message.Headers;
import dev.photofinish.rtsp.message.Method;
import dev.photofinish.rtsp.message.RtspRequest;
import dev.photofinish.rtsp.message.RtspResponse;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The order of answers, the bounds, and the ways in which sessions and connections end. */
class EndTest {
  private static final String DEAD = "the client showed no sign of life for 60 s";

  private final ServerScript script = new ServerScript();

  // ---- Time

  @Test
  void aConnectionThatSaysNothing() {
    script.pass(59_999);
    assertThat(script.isOver()).isFalse();
    script.pass(1);
    assertThat(script.said()).containsExactly("close connection: no request for 60 s");
  }

  @Test
  void requestsKeepAConnectionWithoutASession() {
    for (int i = 0; i < 5; i++) {
      script.pass(50_000).ask("OPTIONS", "*");
    }
    script.pass(60_000);
    assertThat(script.isOver()).isTrue();
  }

  @Test
  void anInterleavedSessionTakesItsConnectionWithIt() {
    script.play(TCP);
    script.pass(64_999);
    assertThat(script.said()).isEmpty();
    script.pass(1);
    assertThat(script.said())
        .containsExactly("close session: " + DEAD, "close connection: " + DEAD);
  }

  @Test
  void aSessionOverUdpEndsAlone() {
    script.play(UDP);
    script.pass(65_000);
    assertThat(script.said()).containsExactly("close session: " + DEAD);
    script.pass(60_000);
    assertThat(script.said()).containsExactly("close connection: no request for 60 s");
  }

  @ParameterizedTest
  @ValueSource(strings = {"OPTIONS", "GET_PARAMETER", "SET_PARAMETER", "PLAY"})
  void requestsOfASessionKeepIt(String method) {
    String session = script.play(TCP);
    for (int i = 0; i < 5; i++) {
      script.pass(60_000).ask(method, URL, "Session", session);
    }
    assertThat(script.said()).isEmpty();
  }

  /** VLC and others send OPTIONS without the session's id. */
  @Test
  void requestsWithoutASessionKeepAll() {
    script.play(UDP);
    script.play(UDP);
    for (int i = 0; i < 5; i++) {
      script.pass(60_000).ask("OPTIONS", "*");
    }
    assertThat(script.said()).isEmpty();
  }

  @Test
  void requestsOfAnotherSessionKeepNone() {
    script.play(UDP);
    String other = script.play(UDP);
    script.pass(40_000).ask("OPTIONS", "*", "Session", other);
    script.pass(25_000);
    assertThat(script.said()).containsExactly("close session: " + DEAD);
    script.ask("OPTIONS", "*", "Session", other);
  }

  @Test
  void signsOfLifeKeepASession() {
    script.play(TCP);
    for (int i = 0; i < 5; i++) {
      script.pass(60_000).tell(new ServerEvent.SignOfLife());
    }
    assertThat(script.said()).isEmpty();
  }

  /** The answer to a request of ours, or one that nobody asked for. */
  @Test
  void responsesAreSignsOfLifeAndNoMore() {
    script.play(TCP);
    script.pass(60_000).send(RtspResponse.of(200, "OK", Headers.of("CSeq", "1")));
    script.pass(60_000);
    assertThat(script.said()).isEmpty();
  }

  // ---- The queue

  @Test
  void requestsWaitForTheOneBeforeThem() {
    script.waiting().send("DESCRIBE", URL).send("OPTIONS", "*").send("FETCH", "*");
    assertThat(script.statuses()).isEmpty();
    script.reply(new ServerEvent.Described(script.ticket(), ServerScript.CAM));
    assertThat(script.statuses()).containsExactly(200, 200, 501);
  }

  /** Our own client sends these in one write. */
  @Test
  void setupAndPlayAreTakenAhead() {
    String session = script.setUp(1, TCP);
    script.waiting();
    script.send("SETUP", URL + "/trackID=2", "Transport", TCP, "Session", session);
    script.send("PLAY", URL, "Session", session);
    var open = new ServedTransport.Interleaved(OptionalLong.empty());
    script.reply(new ServerEvent.TransportOpened(script.ticket(), open));
    script.reply(new ServerEvent.PlayPrepared(script.ticket(), List.of()));
    assertThat(script.statuses()).containsExactly(200, 200, 200);
  }

  @Test
  void requestsThatWaitAreBounded() {
    script.waiting().send("DESCRIBE", URL);
    for (int i = 0; i < 16; i++) {
      script.send("OPTIONS", "*");
    }
    assertThat(script.isOver()).isFalse();
    script.send("OPTIONS", "*");
    assertThat(script.statuses()).isEmpty();
    assertThat(script.said())
        .containsExactly(
            "describe cam",
            "cancel",
            "close connection: more than 16 requests wait for their answers");
  }

  // ---- What is no request

  @Test
  void malformedIsAnsweredInItsTurnAndEndsTheConnection() {
    script.waiting().send("DESCRIBE", URL);
    script.tell(new ServerEvent.Malformed("start line: saw x", OptionalInt.of(9)));
    script.tell(new ServerEvent.Malformed("another", OptionalInt.empty()));
    script.tell(
        new ServerEvent.Received(RtspRequest.of(Method.OPTIONS, "*", Headers.of("CSeq", "10"))));
    script.reply(new ServerEvent.Described(script.ticket(), ServerScript.CAM));
    assertThat(script.statuses()).containsExactly(200, 400);
    assertThat(script.answers().get(1).cseq()).hasValue(9);
    assertThat(script.said()).endsWith("close connection: start line: saw x");
  }

  @Test
  void malformedWithoutANumber() {
    script.play(TCP);
    script.tell(new ServerEvent.Malformed("body: too long", OptionalInt.empty()));
    assertThat(script.answers().get(2).cseq()).isEmpty();
    assertThat(script.said())
        .containsExactly("close session: body: too long", "close connection: body: too long");
  }

  // ---- The stream

  @Test
  void theStreamEnds() {
    String session = script.play(TCP);
    script.tell(new ServerEvent.StreamEnded("cam", "the format changed"));
    assertThat(script.requests())
        .singleElement()
        .hasToString(
            "TEARDOWN "
                + URL
                + "/ RTSP/1.0 {CSeq: 1; Server: photofinish; Session: "
                + session
                + "}");
    assertThat(script.said())
        .containsExactly(
            "close session: the format changed", "close connection: the format changed");
  }

  @Test
  void aConnectionStaysForItsOtherSessions() {
    script.serving("other", ServerScript.CAM);
    script.play(UDP);
    String other =
        ServerScript.session(script.ask("SETUP", "rtsp://h/other/trackID=1", "Transport", UDP));
    script.tell(new ServerEvent.StreamEnded("cam", "gone"));
    assertThat(script.isOver()).isFalse();
    assertThat(script.ask("PLAY", "rtsp://h/other", "Session", other).status()).isEqualTo(200);
  }

  @Test
  void aStreamWithoutAReaderHereIsForgotten() {
    script.ask("DESCRIBE", URL);
    script.tell(new ServerEvent.StreamEnded("other", "gone"));
    script.tell(new ServerEvent.StreamEnded("cam", "gone"));
    script.said();
    script.setUp(1, TCP);
    assertThat(script.said()).first().isEqualTo("describe cam");
  }

  /** What waits for a session that is over has its answer; what is behind it goes on. */
  @Test
  void theStreamEndsWhileARequestWaits() {
    script.serving("other", ServerScript.CAM);
    script.ask("SETUP", "rtsp://h/other/trackID=1", "Transport", UDP);
    String session = script.setUp(1, UDP);
    script.waiting().send("PLAY", URL, "Session", session).send("OPTIONS", "*");
    script.tell(new ServerEvent.StreamEnded("cam", "gone"));
    assertThat(script.statuses()).containsExactly(200, 200, 503, 200);
    assertThat(script.said()).endsWith("cancel", "close session: gone");
  }

  @Test
  void theStreamEndsWhileItsFirstTransportIsOpened() {
    script.waiting().send("SETUP", URL + "/trackID=1", "Transport", UDP);
    script.reply(new ServerEvent.Described(script.ticket(), ServerScript.CAM));
    script.tell(new ServerEvent.StreamEnded("cam", "gone"));
    assertThat(script.statuses()).containsExactly(503);
    assertThat(script.said()).endsWith("cancel", "close session: gone", "close connection: gone");
  }

  // ---- The connection

  @Test
  void theServerStops() {
    String session = script.play(TCP);
    script.play(UDP);
    script.waiting().send("DESCRIBE", URL).send("OPTIONS", "*");
    script.tell(new ServerEvent.ShutDown("the relay stops"));
    assertThat(script.statuses()).endsWith(503, 503);
    assertThat(script.requests()).hasSize(2).first().asString().contains("TEARDOWN", session);
    assertThat(script.said())
        .containsExactly(
            "describe cam",
            "cancel",
            "close session: the relay stops",
            "close session: the relay stops",
            "close connection: the relay stops");
  }

  @ParameterizedTest
  @ValueSource(strings = {TCP, UDP})
  void theReaderLeaves(String transport) {
    script.play(transport);
    script.waiting().send("DESCRIBE", URL);
    script.tell(new ServerEvent.Closed());
    assertThat(script.said())
        .containsExactly(
            "describe cam", "cancel", "close session: the client closed the connection");
  }

  @Test
  void afterTheEndNothingIsSaid() {
    script.waiting().send("DESCRIBE", URL);
    long ticket = script.ticket();
    script.tell(new ServerEvent.Closed());
    script.said();
    script.send(RtspRequest.of(Method.OPTIONS, "*", Headers.of("CSeq", "10")));
    script.tell(new ServerEvent.Described(ticket, ServerScript.CAM));
    script.tell(new ServerEvent.ShutDown("x"));
    script.tell(new ServerEvent.StreamEnded("cam", "x"));
    script.tell(new ServerEvent.Tick());
    script.tell(new ServerEvent.Closed());
    assertThat(script.said()).isEmpty();
    assertThat(script.answers()).isEmpty();
  }
}

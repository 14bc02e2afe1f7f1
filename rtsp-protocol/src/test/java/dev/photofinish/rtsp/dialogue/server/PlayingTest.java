package dev.photofinish.rtsp.dialogue.server;

import static dev.photofinish.rtsp.dialogue.server.ServerScript.TCP;
import static dev.photofinish.rtsp.dialogue.server.ServerScript.UDP;
import static dev.photofinish.rtsp.dialogue.server.ServerScript.URL;
import static dev.photofinish.rtsp.dialogue.server.ServerScript.header;
import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.rtsp.message.RtspResponse;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** PLAY, PAUSE and TEARDOWN (RFC 2326 sections 10.5 to 10.7). */
class PlayingTest {
  private final ServerScript script = new ServerScript();

  private String setUpBoth() {
    String session = script.setUp(1, TCP);
    script.setUp(2, TCP, "Session", session);
    script.said();
    return session;
  }

  @ParameterizedTest
  @ValueSource(strings = {URL, URL + "/", URL + "?x=1", "*"})
  void playAnswersWhereEachTrackBegins(String uri) {
    String session = setUpBoth();
    RtspResponse answer = script.ask("PLAY", uri, "Session", session, "Range", "npt=0.000-");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(header(answer, "Session")).isEqualTo(session);
    assertThat(header(answer, "Range")).isEqualTo("npt=now-");
    assertThat(header(answer, "RTP-Info"))
        .isEqualTo(
            "url="
                + URL
                + "/trackID=1;seq=100;rtptime=90000,"
                + "url="
                + URL
                + "/trackID=2;seq=101;rtptime=90001");
    assertThat(script.said()).containsExactly("prepare", "play");
  }

  /** RTP flows behind the answer, never before it. */
  @Test
  void theAnswerComesBeforeTheMedia() {
    String session = script.setUp(1, TCP);
    script.waiting().send("PLAY", URL, "Session", session);
    assertThat(script.said()).doesNotContain("play");
    int before = script.answers().size();
    script.reply(new ServerEvent.PlayPrepared(script.ticket(), List.of()));
    assertThat(script.answers()).hasSize(before + 1);
    assertThat(script.said()).containsExactly("play");
  }

  @Test
  void whatIsNotKnownIsNotSaid() {
    String session = setUpBoth();
    script.waiting().send("PLAY", URL, "Session", session);
    var unknown = new TrackStart(1, OptionalInt.empty(), OptionalLong.of(7));
    var strange = new TrackStart(5, OptionalInt.of(1), OptionalLong.of(1));
    script.reply(new ServerEvent.PlayPrepared(script.ticket(), List.of(unknown, strange)));
    RtspResponse answer = script.answers().get(script.answers().size() - 1);
    assertThat(header(answer, "RTP-Info")).isEqualTo("url=" + URL + "/trackID=2;rtptime=7");
  }

  @Test
  void withoutAnyStartThereIsNoRtpInfo() {
    String session = script.setUp(1, TCP);
    script.waiting().send("PLAY", URL, "Session", session);
    script.reply(new ServerEvent.PlayPrepared(script.ticket(), List.of()));
    RtspResponse answer = script.answers().get(script.answers().size() - 1);
    assertThat(answer.headers().has("RTP-Info")).isFalse();
  }

  /** RFC 2326 sections 12.34 and 12.35. */
  @Test
  void whatIsLiveHasOneScaleAndOneSpeed() {
    String session = setUpBoth();
    RtspResponse answer = script.ask("PLAY", URL, "Session", session, "Scale", "-2", "Speed", "4");
    assertThat(header(answer, "Scale")).isEqualTo("1.0");
    assertThat(header(answer, "Speed")).isEqualTo("1.0");
  }

  /** Some readers use PLAY as a keep-alive. */
  @Test
  void playOfWhatPlaysBeginsNothing() {
    String session = script.play(TCP);
    RtspResponse answer = script.ask("PLAY", URL, "Session", session);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(header(answer, "Range")).isEqualTo("npt=now-");
    assertThat(script.said()).isEmpty();
  }

  @Test
  void aCameraThatDoesNotCome() {
    String session = script.setUp(1, TCP);
    script.refusing(TrackStart.class, new Refusal(503, "the camera is away"));
    RtspResponse answer = script.ask("PLAY", URL, "Session", session);
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.reason()).isEqualTo("the camera is away");
    assertThat(header(answer, "Session")).isEqualTo(session);
    assertThat(script.ask("PAUSE", URL, "Session", session).status()).isEqualTo(455);
  }

  @Test
  void aPlayThatTakesTooLong() {
    String session = script.setUp(1, TCP);
    script.waiting().send("PLAY", URL, "Session", session).pass(15_000);
    assertThat(script.statuses()).endsWith(504);
    assertThat(script.said()).endsWith("prepare", "cancel");
  }

  @Test
  void pauseAndPlayResume() {
    String session = script.play(TCP);
    RtspResponse paused = script.ask("PAUSE", URL, "Session", session);
    assertThat(paused.status()).isEqualTo(200);
    assertThat(header(paused, "Session")).isEqualTo(session);
    assertThat(script.said()).containsExactly("pause");
    assertThat(header(script.ask("PLAY", URL, "Session", session), "RTP-Info")).isNotEmpty();
    assertThat(script.said()).containsExactly("prepare to resume", "play");
  }

  @Test
  void pauseOfWhatDoesNotPlay() {
    String session = script.setUp(1, TCP);
    RtspResponse answer = script.ask("PAUSE", URL, "Session", session);
    assertThat(answer.status()).isEqualTo(455);
    assertThat(header(answer, "Allow")).isEqualTo("OPTIONS, SETUP, PLAY, TEARDOWN");
  }

  /** RFC 2326 section 11.3.11. */
  @ParameterizedTest
  @ValueSource(strings = {"PLAY", "PAUSE"})
  void oneTrackOfSeveral(String method) {
    String session = setUpBoth();
    assertThat(script.ask(method, URL + "/trackID=1", "Session", session).status()).isEqualTo(460);
    assertThat(script.ask(method, URL + "/trackID=3", "Session", session).status()).isEqualTo(404);
  }

  @Test
  void theOnlyTrackIsTheWhole() {
    String session = script.setUp(2, TCP);
    String track = URL + "/trackID=2";
    assertThat(script.ask("PLAY", track, "Session", session).status()).isEqualTo(200);
    assertThat(script.ask("PAUSE", track, "Session", session).status()).isEqualTo(200);
    assertThat(script.ask("TEARDOWN", track, "Session", session).status()).isEqualTo(200);
    assertThat(script.said()).endsWith("close session: the reader sent TEARDOWN");
  }

  @ParameterizedTest
  @ValueSource(strings = {TCP, UDP})
  void tearDownOfTheSession(String transport) {
    String session = script.play(transport);
    RtspResponse answer = script.ask("TEARDOWN", URL + "/", "Session", session);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.headers().has("Session")).isFalse();
    assertThat(script.said()).containsExactly("close session: the reader sent TEARDOWN");
    assertThat(script.ask("PLAY", URL, "Session", session).status()).isEqualTo(454);
    assertThat(script.setUp(1, transport)).isNotEqualTo(session);
  }

  @Test
  void tearDownOfOneTrackOfSeveral() {
    String session = setUpBoth();
    script.ask("PLAY", URL, "Session", session);
    script.said();
    RtspResponse answer = script.ask("TEARDOWN", URL + "/trackID=1", "Session", session);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(header(answer, "Session")).isEqualTo(session);
    assertThat(script.said()).containsExactly("close 0");
    assertThat(script.ask("TEARDOWN", URL + "/trackID=1", "Session", session).status())
        .isEqualTo(404);
    assertThat(script.ask("TEARDOWN", URL + "/trackID=2", "Session", session).status())
        .isEqualTo(200);
    assertThat(script.said()).containsExactly("close session: the reader sent TEARDOWN");
  }
}

package dev.photofinish.rtsp.dialogue;

import static dev.photofinish.rtsp.dialogue.Script.URL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.rtsp.message.Body;
import dev.photofinish.rtsp.message.Credentials;
import dev.photofinish.rtsp.message.Headers;
import dev.photofinish.rtsp.message.Method;
import dev.photofinish.rtsp.message.RangeHeader;
import dev.photofinish.rtsp.message.RtspResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** PAUSE, PLAY from elsewhere and parameters, as a user asks for them while a session is set up. */
class SessionRequestsTest {
  private static final Headers FAST = Headers.of("Scale", "2.0");
  private static final PlayRequest FROM_TEN =
      new PlayRequest(
          RangeHeader.from(Duration.ofSeconds(10)), FAST, List.of("onvif-replay"), true);

  private static Script recording() {
    return Script.of(FROM_TEN).play(60, "GET_PARAMETER");
  }

  private static Script live() {
    return Script.playing(60, "GET_PARAMETER");
  }

  private static Script paused(Script script) {
    pause(script, 1).expect("PAUSE", URL).answer(200).expect(new DialogueCommand.Paused());
    expectAnswer(script, 1, 200);
    return script;
  }

  private static Script pause(Script script, long id) {
    return script.tell(new DialogueEvent.Requested(new SessionRequest.Pause(id)));
  }

  private static Script play(Script script, long id, PlayRequest play) {
    return script.tell(new DialogueEvent.Requested(new SessionRequest.Play(id, play)));
  }

  private static Script resume(Script script, long id) {
    return play(script, id, FROM_TEN.withRange(null));
  }

  private static void expectAnswer(Script script, long id, int status) {
    DialogueCommand next = script.expectAny();
    assertThat(next).isInstanceOf(DialogueCommand.Answered.class);
    DialogueCommand.Answered answered = (DialogueCommand.Answered) next;
    assertThat(answered.id()).isEqualTo(id);
    assertThat(answered.response().status()).isEqualTo(status);
  }

  private static String expectRefusal(Script script, long id) {
    DialogueCommand next = script.expectAny();
    assertThat(next).isInstanceOf(DialogueCommand.Refused.class);
    DialogueCommand.Refused refused = (DialogueCommand.Refused) next;
    assertThat(refused.id()).isEqualTo(id);
    return refused.reason();
  }

  // ---- The first PLAY

  @Test
  void aRecordingIsAskedForWithItsRangeAndScale() {
    Script script = Script.of(FROM_TEN);
    script.tell(new DialogueEvent.Connected()).tell(new DialogueEvent.Selected());
    script.expect("DESCRIBE", URL).expectHeader("Require", null).describe(Script.SDP);
    script.expectRequest("SETUP").expectHeader("Require", "onvif-replay");
    script.answer(200, "Session", "abc").expectRequest("SETUP").answer(200, "Session", "abc");
    script.expectPrepared();
    script.expect("PLAY", URL).expectHeader("Range", "npt=10.000-").expectHeader("Scale", "2.0");
    script.expectHeader("Require", "onvif-replay").answer(200);
    script.expect(new DialogueCommand.Playing());
    assertThat(script.played()).containsExactly(FROM_TEN);
  }

  @Test
  void whatIsLiveIsAskedForFromNowOn() {
    Script script = live();
    assertThat(script.played()).containsExactly(PlayRequest.LIVE);
    assertThat(PlayRequest.LIVE.all()).isEqualTo(Headers.of("Range", "npt=0.000-"));
  }

  /** RFC 2326 section 11.3.8. */
  @Test
  void aRangeThatIsNotThereEndsWithAReasonOfItsOwn() {
    Script script = Script.of(FROM_TEN);
    script.tell(new DialogueEvent.Connected()).tell(new DialogueEvent.Selected());
    script.expect("DESCRIBE", URL).describe(Script.SDP);
    script.expectSetUps(60).expectPrepared();
    script.expect("PLAY", URL).answer(457);
    assertThat(script.expectEnd(EndReason.Kind.NO_SUCH_RANGE).reason()).startsWith("457");
  }

  // ---- PAUSE and PLAY

  @Test
  void whatIsPausedGoesOnWithoutARange() {
    Script script = paused(recording());
    assertThat(script.state()).isEqualTo(DialogueState.PAUSED);
    resume(script, 2).expect("PLAY", URL).expectHeader("Range", null).expectHeader("Scale", "2.0");
    script.answer(200).expect(new DialogueCommand.Playing());
    expectAnswer(script, 2, 200);
    assertThat(script.state()).isEqualTo(DialogueState.PLAYING);
    assertThat(script.played()).last().isEqualTo(FROM_TEN.withRange(null));
  }

  @Test
  void keepAlivesGoOnWhileItIsPaused() {
    Script script = paused(recording()).pass(30_000);
    script.expect("GET_PARAMETER", URL).answer(200).pass(30_000).expect("GET_PARAMETER", URL);
  }

  @Test
  void aRefusedPauseChangesNothing() {
    Script script = live();
    pause(script, 1).expect("PAUSE", URL).answer(501);
    expectAnswer(script, 1, 501);
    assertThat(script.state()).isEqualTo(DialogueState.PLAYING);
  }

  @Test
  void aPauseThatIsNotAnsweredFailsAlone() {
    Script script = recording();
    pause(script, 1).expect("PAUSE", URL).pass(9_999).expectSilence().pass(1);
    assertThat(expectRefusal(script, 1)).isEqualTo("no answer to PAUSE within 10000 ms");
    assertThat(script.state()).isEqualTo(DialogueState.PLAYING);
  }

  /** Nothing plays that would show whether the camera is still there. */
  @Test
  void aPlayThatIsNotAnsweredEndsWhatIsPaused() {
    Script script = paused(recording());
    resume(script, 2).expect("PLAY", URL).pass(10_000);
    assertThat(script.expectEnd(EndReason.Kind.SILENT).reason())
        .isEqualTo("no answer to PLAY within 10000 ms");
  }

  // ---- From elsewhere

  /** RFC 2326 sections 10.5 and 10.6: a PLAY alone would wait for the end of the one before. */
  @Test
  void whatPlaysIsPausedBeforeItPlaysFromElsewhere() {
    Script script = play(recording(), 1, FROM_TEN);
    script.expect("PAUSE", URL).answer(200);
    script.expect("PLAY", URL).expectHeader("Range", "npt=10.000-").answer(200);
    script.expect(new DialogueCommand.Playing());
    expectAnswer(script, 1, 200);
  }

  /** ONVIF Streaming Specification, section 6.4. */
  @Test
  void anImmediatePlayNeedsNoPause() {
    PlayRequest immediate =
        new PlayRequest(FROM_TEN.range(), Headers.of("Immediate", "yes"), List.of(), true);
    Script script = play(recording(), 1, immediate);
    script.expect("PLAY", URL).expectHeader("Immediate", "yes").answer(200);
    expectAnswer(script, 1, 200);
    assertThat(script.played()).last().isEqualTo(immediate);
  }

  @ParameterizedTest
  @ValueSource(ints = {405, 455, 501})
  void aCameraThatKnowsNoPauseIsSentThePlayAllTheSame(int status) {
    Script script = play(recording(), 1, FROM_TEN);
    script.expect("PAUSE", URL).answer(status).expect("PLAY", URL).answer(200);
    expectAnswer(script, 1, 200);
    assertThat(script.state()).isEqualTo(DialogueState.PLAYING);
  }

  @Test
  void whereTheOtherPlaceIsRefusedItGoesOnWhereItWas() {
    Script script = play(recording(), 1, FROM_TEN);
    script.expect("PAUSE", URL).answer(200).expect("PLAY", URL).answer(457);
    script.expect("PLAY", URL).expectHeader("Range", null).answer(200);
    script.expect(new DialogueCommand.Playing());
    expectAnswer(script, 1, 457);
  }

  @Test
  void whereItDoesNotGoOnEitherItIsPaused() {
    Script script = play(recording(), 1, FROM_TEN);
    script.expect("PAUSE", URL).answer(200).expect("PLAY", URL).answer(457);
    script.expect("PLAY", URL).answer(500).expect(new DialogueCommand.Paused());
    expectAnswer(script, 1, 457);
    assertThat(script.state()).isEqualTo(DialogueState.PAUSED);
  }

  @Test
  void whatIsPausedStaysSoWhereTheOtherPlaceIsRefused() {
    Script script = play(paused(recording()), 2, FROM_TEN);
    script.expect("PLAY", URL).answer(457);
    expectAnswer(script, 2, 457);
    assertThat(script.state()).isEqualTo(DialogueState.PAUSED);
  }

  // ---- Track by track

  /** RFC 2326 section 11.3.10. */
  @Test
  void aCameraThatTakesNoAggregateIsAskedTrackByTrack() {
    Script script = recording();
    pause(script, 1).expect("PAUSE", URL).answer(459);
    script.expect("PAUSE", URL + "/track0").answer(200);
    script.expect("PAUSE", URL + "/track1").answer(200).expect(new DialogueCommand.Paused());
    expectAnswer(script, 1, 200);
    resume(script, 2).expect("PLAY", URL + "/track0").answer(200);
    script.expect("PLAY", URL + "/track1").answer(200).expect(new DialogueCommand.Playing());
    expectAnswer(script, 2, 200);
    assertThat(script.played()).hasSize(3);
  }

  // ---- Parameters

  @Test
  void aParameterIsAskedForWithItsBodyAndAnsweredWhateverTheStatus() {
    Script script = live();
    SessionRequest.Exchange exchange =
        new SessionRequest.Exchange(
            7,
            Method.GET_PARAMETER,
            Headers.of("Content-Type", "text/parameters"),
            Body.of("jitter\r\n"));
    script.tell(new DialogueEvent.Requested(exchange)).expect("GET_PARAMETER", URL);
    script.expectHeader("Content-Type", "text/parameters").expectHeader("Session", "abc");
    assertThat(script.request().body()).isEqualTo(Body.of("jitter\r\n"));
    script.answer(451);
    expectAnswer(script, 7, 451);
    script.pass(30_000).expect("GET_PARAMETER", URL);
    assertThat(script.request().body().isEmpty()).as("the keep-alive").isTrue();
  }

  // ---- In turn, and not at all

  @Test
  void oneIsAskedAfterTheOther() {
    Script script = recording();
    resume(pause(script, 1), 2).expect("PAUSE", URL).expectSilence();
    script.answer(200).expect(new DialogueCommand.Paused());
    expectAnswer(script, 1, 200);
    script.expect("PLAY", URL).answer(200).expect(new DialogueCommand.Playing());
    expectAnswer(script, 2, 200);
  }

  @Test
  void noMoreThanSixteenWait() {
    Script script = recording();
    for (int id = 1; id <= 17; id++) {
      pause(script, id);
    }
    script.expect("PAUSE", URL).expectSilence();
    pause(script, 18);
    assertThat(expectRefusal(script, 18)).contains("16");
  }

  @Test
  void withoutASessionNothingIsAsked() {
    Script script = Script.of(FROM_TEN);
    pause(script, 1);
    assertThat(expectRefusal(script, 1)).contains("no session");
    script.tell(new DialogueEvent.Connected());
    pause(script.expect("DESCRIBE", URL), 2);
    assertThat(expectRefusal(script, 2)).contains("no session");
  }

  // ---- Login, and sessions that are lost

  @Test
  void aNonceThatGrewOldIsReplaced() {
    Script script = new Script(new Credentials("user", "secret"));
    script.play(60, "GET_PARAMETER");
    pause(script, 1).expect("PAUSE", URL).expectHeader("Authorization", null);
    script.answer(401, "WWW-Authenticate", "Digest realm=\"r\", nonce=\"n\"");
    script.expect("PAUSE", URL).answer(200).expect(new DialogueCommand.Paused());
    assertThat(script.request().headers().has("Authorization")).isTrue();
    expectAnswer(script, 1, 200);
  }

  /** A camera may want a login for more than it asked one for: what plays goes on. */
  @Test
  void aRequestThatNeedsALoginIsRefusedAndNoMore() {
    Script script = new Script().play(60, "GET_PARAMETER");
    pause(script, 1).expect("PAUSE", URL);
    script.answer(401, "WWW-Authenticate", "Digest realm=\"r\", nonce=\"n\"");
    expectAnswer(script, 1, 401);
    script.pass(30_000).expect("GET_PARAMETER", URL);
  }

  /** RFC 2326 section 11.3.5; to set up another would play what is paused, or play it again. */
  @Test
  void aSessionLostWhilePausedEndsTheConnection() {
    Script script = paused(live());
    resume(script, 2).expect("PLAY", URL).answer(454);
    assertThat(script.expectEnd(EndReason.Kind.SESSION_LOST).reason()).startsWith("454");
  }

  @Test
  void aRecordingWhoseSessionIsLostIsNotBegunAgain() {
    Script script = recording().pass(30_000).expect("GET_PARAMETER", URL).answer(454);
    script.expect("OPTIONS", URL).answer(454);
    script.expectEnd(EndReason.Kind.SESSION_LOST);
  }

  @Test
  void whatWaitsWhenALiveSessionIsReplacedIsRefused() {
    Script script = live().pass(30_000).expect("GET_PARAMETER", URL);
    RtspResponse lost =
        RtspResponse.of(454, "", Headers.of("CSeq", "" + script.request().cseq().orElseThrow()));
    pause(pause(script, 1), 2).expect("PAUSE", URL);
    script.receive(lost).expect("OPTIONS", URL).answer(454);
    assertThat(expectRefusal(script, 1)).contains("lost");
    assertThat(expectRefusal(script, 2)).contains("lost");
    script.expect("SETUP", URL + "/track0");
  }
}

package dev.photofinish.rtsp.dialogue;

import static dev.photofinish.rtsp.dialogue.Script.SDP;
import static dev.photofinish.rtsp.dialogue.Script.URL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.rtsp.message.Credentials;
import dev.photofinish.rtsp.message.Headers;
import dev.photofinish.rtsp.message.KeepAliveMethod;
import dev.photofinish.rtsp.message.Pair;
import dev.photofinish.rtsp.message.RtspResponse;
import dev.photofinish.rtsp.message.SessionIdPolicy;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Answers that come late, and sessions that change or have no name. */
class DialogueCornersTest {
  private static Script described(Script script) {
    script.tell(new DialogueEvent.Connected()).tell(new DialogueEvent.Selected());
    script.expect("DESCRIBE", URL);
    return script.describe(SDP);
  }

  // ---- Leaving

  @Test
  void aLateAnswerToAKeepAliveIsNotTheAnswerToTeardown() {
    Script script = Script.playing(60, "OPTIONS").tell(new DialogueEvent.Ask());
    script.expect("OPTIONS", URL);
    String asked = script.request().headers().first("CSeq").orElseThrow();
    script.tell(new DialogueEvent.Teardown()).expect("TEARDOWN", URL);
    script.receive(RtspResponse.of(200, "OK", Headers.of("CSeq", asked)));
    script.expectSilence().answer(200).expectEnd(EndReason.Kind.LEFT);
  }

  @Test
  void leavingTwiceIsLeavingOnce() {
    Script script = Script.playing(60, "OPTIONS").tell(new DialogueEvent.Teardown());
    script.expect("TEARDOWN", URL).pass(500).tell(new DialogueEvent.Teardown()).expectSilence();
    script.pass(500).expectEnd(EndReason.Kind.LEFT);
  }

  @Test
  void aTeardownWithAnOldNonceIsSentAgain() {
    Script script = new Script(new Credentials("admin", "12345")).play(60, "OPTIONS");
    script.tell(new DialogueEvent.Teardown()).expect("TEARDOWN", URL);
    script.answer(401, "WWW-Authenticate", "Digest realm=\"x\", nonce=\"2\", stale=true");
    script.expect("TEARDOWN", URL);
    assertThat(script.request().headers().first("Authorization").orElse("")).contains("\"2\"");
    script.answer(200).expectEnd(EndReason.Kind.LEFT);
  }

  @Test
  void aSessionLeftWhileItsTracksAreStartedIsTornDownFromTheFirst() {
    Script script = described(new Script()).expectSetUps(60);
    script.expectPrepared();
    script.expect("PLAY", URL).answer(459).expect("PLAY", URL + "/track0").answer(200);
    script.expect("PLAY", URL + "/track1").tell(new DialogueEvent.Teardown());
    script.expect("TEARDOWN", URL + "/track0");
  }

  // ---- Sessions

  @Test
  void aReplacedSessionThatIsNotPlayedEnds() {
    Script script = Script.playing(60, "OPTIONS").pass(30_000).expect("OPTIONS", URL).answer(454);
    script.expectSetUps(60).expectPrepared();
    script.expect("PLAY", URL).answer(500).expectEnd(EndReason.Kind.REFUSED);
  }

  @Test
  void theFirstSetupNamesTheSessionAndTheLastItsTimeout() {
    Script script = described(new Script()).expect("SETUP", URL + "/track0");
    script.answer(200, "Session", "abc").expect("SETUP", URL + "/track1");
    script.answer(200, "Session", "def;timeout=20").expectPrepared();
    script.expect("PLAY", URL).expectHeader("Session", "abc").answer(200);
    script.expect(new DialogueCommand.Playing()).pass(9_999).expectSilence();
    script.pass(1).expect("OPTIONS", URL);
  }

  /** Seen by scottlamb/retina: a camera that changes the id between SETUPs means one of them. */
  @Test
  void theOtherSessionIsTriedWherePlayRefusesTheFirst() {
    Script script = described(new Script()).expect("SETUP", URL + "/track0");
    script.answer(200, "Session", "abc").expect("SETUP", URL + "/track1");
    script.answer(200, "Session", "def").expectPrepared();
    script.expect("PLAY", URL).expectHeader("Session", "abc").answer(454);
    script.expect("PLAY", URL).expectHeader("Session", "def").answer(454);
    script.expectEnd(EndReason.Kind.SESSION_LOST);
  }

  @Test
  void theOtherSessionIsTriedWhereSetupRefusesTheFirst() {
    Script script = new Script().tell(new DialogueEvent.Connected());
    script.tell(new DialogueEvent.Selected()).expect("DESCRIBE", URL);
    script.describe(SDP + "m=application 0 RTP/AVP 107\na=control:meta\n");
    script.expect("SETUP", URL + "/track0").answer(200, "Session", "abc");
    script.expect("SETUP", URL + "/track1").answer(200, "Session", "def");
    script.expect("SETUP", URL + "/meta").expectHeader("Session", "abc").answer(454);
    script.expect("SETUP", URL + "/meta").expectHeader("Session", "def").answer(200);
    assertThat(script.expectPrepared()).hasSize(3);
  }

  @Test
  void theNewestSessionHoldsWhereThatIsThePolicy() {
    Script script = described(Script.by(SessionIdPolicy.NEWEST)).expect("SETUP", URL + "/track0");
    script.answer(200, "Session", "abc").expect("SETUP", URL + "/track1");
    script.expectHeader("Session", "abc").answer(200, "Session", "def;timeout=40");
    script.expectPrepared();
    script.expect("PLAY", URL).expectHeader("Session", "def").answer(200, "Session", "ghi");
    script.expect(new DialogueCommand.Playing()).answerMethods(200, "Session", "jkl");
    script.pass(20_000).expect("OPTIONS", URL).expectHeader("Session", "jkl").answer(200);
    script.tell(new DialogueEvent.Teardown()).expect("TEARDOWN", URL);
    script.expectHeader("Session", "jkl");
  }

  @Test
  void theFirstSessionHoldsWhateverLaterAnswersName() {
    Script script = described(Script.by(SessionIdPolicy.FIRST)).expect("SETUP", URL + "/track0");
    script.answer(200, "Session", "abc").expect("SETUP", URL + "/track1");
    script.answer(200, "Session", "def").expectPrepared();
    script.expect("PLAY", URL).expectHeader("Session", "abc").answer(200, "Session", "ghi");
    script.expect(new DialogueCommand.Playing()).answerMethods(200, "Session", "jkl");
    script.tell(new DialogueEvent.Teardown()).expect("TEARDOWN", URL);
    script.expectHeader("Session", "abc");
  }

  @Test
  void theSessionBeforeIsTriedWherePlayRefusesTheNewest() {
    Script script = described(Script.by(SessionIdPolicy.NEWEST)).expect("SETUP", URL + "/track0");
    script.answer(200, "Session", "abc").expect("SETUP", URL + "/track1");
    script.answer(200, "Session", "def").expectPrepared();
    script.expect("PLAY", URL).expectHeader("Session", "def").answer(454);
    script.expect("PLAY", URL).expectHeader("Session", "abc").answer(200);
  }

  @Test
  void whatARefusalNamesIsNoNewerSession() {
    Script script = described(Script.by(SessionIdPolicy.NEWEST)).expect("SETUP", URL + "/track0");
    script.answer(200, "Session", "abc").expect("SETUP", URL + "/track1");
    script.answer(404, "Session", "def").expectPrepared();
    script.expect("PLAY", URL).expectHeader("Session", "abc");
  }

  @Test
  void aSessionWithoutANameIsForgiven() {
    Script script = described(new Script()).expect("SETUP", URL + "/track0").answer(200);
    script.expect("SETUP", URL + "/track1").expectHeader("Session", null).answer(200);
    script.expectPrepared();
    script.expect("PLAY", URL).answer(200).expect(new DialogueCommand.Playing());
  }

  @Test
  void aSessionMustBeNamedOnceWhereThatIsNotForgiven() {
    Set<Quirk> named = EnumSet.complementOf(EnumSet.of(Quirk.NO_SESSION));
    Script unnamed = described(new Script(null, KeepAliveMethod.AUTO, named));
    unnamed.expect("SETUP", URL + "/track0").answer(200);
    assertThat(unnamed.expectEnd(EndReason.Kind.BROKEN).reason()).contains("Session header");
    Script once = described(new Script(null, KeepAliveMethod.AUTO, named));
    once.expect("SETUP", URL + "/track0").answer(200, "Session", "abc");
    once.expect("SETUP", URL + "/track1").answer(200);
    assertThat(once.expectPrepared()).hasSize(2);
  }

  // ---- What is not asked for

  @Test
  void mediaOfOtherTypesThanChosenAreNotSetUp() {
    Script script = described(Script.of(Set.of("audio"), Set.of()));
    script.expect("SETUP", URL + "/track1").answer(200, "Session", "abc");
    assertThat(script.expectPrepared()).extracting(t -> t.media().type()).containsExactly("audio");
    assertThat(script.leftOut()).isEmpty();
    Script nothing = described(Script.of(Set.of("application"), Set.of()));
    assertThat(nothing.expectEnd(EndReason.Kind.BROKEN).reason())
        .contains("application to receive");
  }

  @Test
  void aMediaWhoseSetupWasFatalIsLeftOut() {
    Script script =
        described(Script.of(DialogueOptions.ALL_MEDIA, Set.of("SETUP " + URL + "/track0")));
    script.expect("SETUP", URL + "/track1").answer(200, "Session", "abc");
    assertThat(script.expectPrepared()).extracting(t -> t.media().type()).containsExactly("audio");
    assertThat(script.leftOut()).containsExactly("video: its SETUP ended the connection twice");
  }

  /** What ends at each media ends at the transport, or had another reason. */
  @Test
  void whereEachSetupWasFatalAnotherTransportIsAskedForAndThenAllAgain() {
    Set<String> byTcp = Set.of("SETUP " + URL + "/track0", "SETUP " + URL + "/track1");
    TransportPlan tcp = TransportPlan.interleaved();
    KnownDevice known = new KnownDevice(byTcp, Set.of());
    Script moves = described(Script.knowing(null, known));
    moves.expect(new DialogueCommand.OpenPorts(0));
    assertThat(moves.moves())
        .containsExactly("each SETUP of " + tcp + " ended the connection twice");
    assertThat(moves.leftOut()).isEmpty();

    Script again = described(Script.of(DialogueOptions.ALL_MEDIA, byTcp));
    again.expect("SETUP", URL + "/track0").answer(200, "Session", "abc");
    again.expect("SETUP", URL + "/track1");
  }

  @Test
  void keepAlivesThatWereFatalAreReplacedByTheNext() {
    Set<String> all = DialogueOptions.ALL_MEDIA;
    Script.of(all, Set.of("GET_PARAMETER"))
        .play(60, "GET_PARAMETER")
        .pass(30_000)
        .expect("OPTIONS", URL);
    Script.of(all, Set.of("GET_PARAMETER", "OPTIONS"))
        .play(60, "GET_PARAMETER")
        .pass(30_000)
        .expect("SET_PARAMETER", URL);
  }

  // ---- Redirects

  @Test
  void aPlaceMayBeRelative() {
    Script script = new Script().tell(new DialogueEvent.Connected());
    script.tell(new DialogueEvent.Selected()).expect("DESCRIBE", URL).answer(302, "Location", "/b");
    assertThat(script.expectEnd(EndReason.Kind.REDIRECTED).location())
        .hasToString("rtsp://192.0.2.1/b");
  }

  @Test
  void notModifiedIsNoRedirect() {
    Script script = new Script().tell(new DialogueEvent.Connected());
    script
        .tell(new DialogueEvent.Selected())
        .expect("DESCRIBE", URL)
        .answer(304, "Location", "rtsp://192.0.2.2/");
    script.expectEnd(EndReason.Kind.REFUSED);
  }

  // ---- What is bounded, and what is not forgiven

  private static Script strict(Quirk quirk) {
    return new Script(null, KeepAliveMethod.AUTO, EnumSet.complementOf(EnumSet.of(quirk)));
  }

  @Test
  void answersToTheOldestOfManyKeepAlivesAreForgotten() {
    Script script = Script.playing(60, "OPTIONS").tell(new DialogueEvent.Ask());
    script.expect("OPTIONS", URL);
    String oldest = script.request().headers().first("CSeq").orElseThrow();
    for (int more = 0; more < 16; more++) {
      script.tell(new DialogueEvent.Ask()).expect("OPTIONS", URL);
    }
    script.receive(RtspResponse.of(454, "Session Not Found", Headers.of("CSeq", oldest)));
    script.expectSilence().answer(454).expect("SETUP", URL + "/track0");
  }

  @Test
  void noMoreMediaIsSetUpThanAnSdpMayHave() {
    Script script = new Script().tell(new DialogueEvent.Connected());
    script
        .tell(new DialogueEvent.Selected())
        .expect("DESCRIBE", URL)
        .describe("v=0\n" + "m=video 0 RTP/AVP 96\n".repeat(130));
    for (int track = 0; track < 64; track++) {
      script.expectRequest("SETUP").answer(200, "Session", "abc");
    }
    assertThat(script.expectPrepared())
        .hasSize(64)
        .last()
        .satisfies(
            t ->
                assertThat(t.transport())
                    .isEqualTo(new TrackTransport.Interleaved(new Pair(126, 127))));
  }

  @Test
  void anAnswerWithoutCseqIsNoneWhereThatIsNotForgiven() {
    Script script = strict(Quirk.NO_CSEQ).tell(new DialogueEvent.Connected());
    script.tell(new DialogueEvent.Selected()).expect("DESCRIBE", URL).answerWithoutCseq(200);
    script.expectSilence().pass(10_000).expectEnd(EndReason.Kind.SILENT);
  }

  @Test
  void channelsMustBeNamedWhereThatIsNotForgiven() {
    Script script = described(strict(Quirk.NO_CHANNELS)).expect("SETUP", URL + "/track0");
    script.answer(200, "Transport", "RTP/AVP/TCP;unicast", "Session", "abc");
    assertThat(script.leftOut()).singleElement().asString().contains("interleaved=0-1");
  }
}

package dev.photofinish.rtsp.dialogue;

import static dev.photofinish.rtsp.dialogue.Script.URL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.rtsp.message.Credentials;
import dev.photofinish.rtsp.message.KeepAliveMethod;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** GET_PARAMETER, OPTIONS and SET_PARAMETER, in turn until the camera takes one. */
class KeepAliveTest {

  /** One that plays, and says nothing of its methods. */
  private static Script silent(Trait... traits) {
    Script script = Script.knowing(null, new KnownDevice(Set.of(), Set.of(traits)));
    script.tell(new DialogueEvent.Connected()).tell(new DialogueEvent.Selected());
    script.expect("DESCRIBE", URL).describe("v=0\nm=video 0 RTP/AVP 96\n");
    script.expectRequest("SETUP").answer(200, "Session", "abc;timeout=60");
    return script.expectPlay();
  }

  // ---- Refused

  @ParameterizedTest
  @ValueSource(ints = {400, 404, 405, 451, 455, 500, 501, 551})
  void oneThatIsRefusedIsFollowedByTheNextAtOnce(int status) {
    Script script = silent().answerMethods(status).pass(30_000);
    script.expect("GET_PARAMETER", URL).answer(status);
    script.expect("SET_PARAMETER", URL).answer(200).expectSilence();
    script.pass(30_000).expect("SET_PARAMETER", URL).answer(200);
    assertThat(script.traits()).containsExactly(Trait.ALIVE_BY_SET_PARAMETER);
  }

  @Test
  void whenAllAreRefusedThereIsOneAndNoMore() {
    Script script = silent().answerMethods(501).pass(30_000);
    script.expect("GET_PARAMETER", URL).answer(501).expect("SET_PARAMETER", URL).answer(501);
    script.expectSilence().pass(30_000).expect("OPTIONS", URL).answer(501).expectSilence();
    script.pass(30_000).expect("OPTIONS", URL);
    assertThat(script.traits()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {453, 503})
  void anAnswerThatIsNotAboutTheMethodChangesNothing(int status) {
    Script script = Script.playing(60, "GET_PARAMETER").pass(30_000).expect("GET_PARAMETER", URL);
    script.answer(status).expectSilence().pass(30_000).expect("GET_PARAMETER", URL);
  }

  /** A camera that plays without a login and wants one here has not refused what plays. */
  @Test
  void oneThatNeedsALoginIsNoEnd() {
    Script script = silent().answerMethods(401).pass(30_000);
    script.expect("GET_PARAMETER", URL).answer(401).expect("SET_PARAMETER", URL).answer(200);
    script.expectSilence().pass(30_000).expect("SET_PARAMETER", URL);
  }

  /** Cameras lock accounts: once refused, credentials are not shown with every keep-alive. */
  @Test
  void credentialsThatAKeepAliveProvesWrongAreShownOnce() {
    Script script = new Script(new Credentials("admin", "12345")).play(60, "GET_PARAMETER");
    String challenge = "Digest realm=\"x\", nonce=";
    script.pass(30_000).expect("GET_PARAMETER", URL).expectHeader("Authorization", null);
    script.answer(401, "WWW-Authenticate", challenge + "\"1\"").expect("GET_PARAMETER", URL);
    assertThat(script.request().headers().has("Authorization")).isTrue();
    script.answer(401, "WWW-Authenticate", challenge + "\"2\"");
    script.expect("OPTIONS", URL).expectHeader("Authorization", null);
    script.answer(401, "WWW-Authenticate", challenge + "\"3\"").expectSilence();
  }

  /** Only what the camera never took is doubted. */
  @Test
  void oneThatWasTakenStaysWhateverComes() {
    Script script = Script.playing(60, "GET_PARAMETER").pass(30_000).expect("GET_PARAMETER", URL);
    script.answer(200).pass(30_000).expect("GET_PARAMETER", URL).answer(500).expectSilence();
    script.pass(30_000).expect("GET_PARAMETER", URL);
  }

  // ---- 454

  @Test
  void a454ToAMethodThatWasNeverTakenIsTheMethodsFault() {
    Script script = Script.playing(60, "GET_PARAMETER").pass(30_000).expect("GET_PARAMETER", URL);
    script.answer(454).expect("OPTIONS", URL).answer(200).expectSilence();
    assertThat(script.state()).isEqualTo(DialogueState.PLAYING);
    script.pass(30_000).expect("OPTIONS", URL).answer(200);
  }

  @Test
  void a454ToTheNextTooIsALostSession() {
    Script script = Script.playing(60, "GET_PARAMETER").pass(30_000).expect("GET_PARAMETER", URL);
    script.answer(454).expect("OPTIONS", URL).answer(454).expect("SETUP", URL + "/track0");
  }

  // ---- Never answered

  @Test
  void oneThatIsNotAnsweredIsFollowedByTheNextInTime() {
    Script script = Script.playing(60, "GET_PARAMETER").pass(30_000).expect("GET_PARAMETER", URL);
    script.pass(14_999).expectSilence().pass(1).expect("OPTIONS", URL).answer(200);
    script.pass(30_000).expect("OPTIONS", URL);
  }

  @Test
  void aQuestionWhetherTheCameraLivesIsNoTrial() {
    Script script = Script.playing(60, "GET_PARAMETER").tell(new DialogueEvent.Ask());
    script.expect("GET_PARAMETER", URL).pass(29_999).expectSilence();
    script.pass(1).expect("GET_PARAMETER", URL);
  }

  // ---- The user's choice, and what is remembered

  /** RTCP may keep the session, and if it does not, that is sooner than the next hang-up. */
  @Test
  void whereEachEndsTheConnectionNoneIsSent() {
    Set<String> fatal = Set.of("GET_PARAMETER", "OPTIONS", "SET_PARAMETER");
    Script script = Script.knowing(null, new KnownDevice(fatal, Set.of(Trait.NO_PIPELINING)));
    script.tell(new DialogueEvent.Connected()).tell(new DialogueEvent.Selected());
    script.setUp(60).pass(600_000).expectSilence();
  }

  @Test
  void theUsersChoiceIsNotChanged() {
    Script script = new Script(null, KeepAliveMethod.GET_PARAMETER, Quirk.defaults());
    script.play(60, "OPTIONS").pass(30_000).expect("GET_PARAMETER", URL).answer(501);
    script.expectSilence().pass(30_000).expect("GET_PARAMETER", URL);
    script.pass(29_999).expectSilence().pass(1).expect("GET_PARAMETER", URL);
  }

  @ParameterizedTest
  @CsvSource({
    "GET_PARAMETER, ALIVE_BY_GET_PARAMETER",
    "OPTIONS, ALIVE_BY_OPTIONS",
    "SET_PARAMETER, ALIVE_BY_SET_PARAMETER"
  })
  void whatKeptSessionsAliveIsNotAskedForAgain(String method, Trait trait) {
    Script script = silent(trait);
    assertThat(script.methodsAsked()).isNull();
    script.pass(30_000).expect(method, URL).answer(200).pass(30_000).expect(method, URL);
    assertThat(script.traits()).as("once").containsExactly(trait);
  }

  @Test
  void theQuestionForMethodsIsNoKeepAlive() {
    Script script = silent().answerMethods(200, "Public", "GET_PARAMETER");
    assertThat(script.traits()).isEmpty();
    script.pass(30_000).expect("GET_PARAMETER", URL).answer(200);
    assertThat(script.traits()).containsExactly(Trait.ALIVE_BY_GET_PARAMETER);
  }
}

package dev.photofinish.rtsp.dialogue;

import static dev.photofinish.rtsp.dialogue.Script.SDP;
import static dev.photofinish.rtsp.dialogue.Script.URL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.rtsp.message.Credentials;
import dev.photofinish.rtsp.message.Headers;
import dev.photofinish.rtsp.message.Pair;
import dev.photofinish.rtsp.message.RtspResponse;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that are sent ahead of answers, and cameras that do not take that. */
class PipeliningTest {
  private static final String THREE = SDP + "m=application 0 RTP/AVP 107\na=control:track2\n";

  private static Script begun(@Nullable Credentials credentials, Trait... traits) {
    KnownDevice known = new KnownDevice(Set.of(), Set.of(traits));
    return Script.knowing(credentials, known)
        .tell(new DialogueEvent.Connected())
        .tell(new DialogueEvent.Selected());
  }

  /** SETUP of the first of three media is answered: what follows is sent ahead. */
  private static Script ahead(Trait... traits) {
    Script script = begun(null, traits).expect("DESCRIBE", URL).describe(THREE);
    return script.expect("SETUP", URL + "/track0").answer(200, "Session", "abc");
  }

  private static Script expectAhead(Script script) {
    script.expect("SETUP", URL + "/track1").expectHeader("Session", "abc");
    script.expectHeader("Transport", "RTP/AVP/TCP;unicast;interleaved=2-3");
    script.expect("SETUP", URL + "/track2").expectHeader("Session", "abc");
    script.expect("PLAY", URL).expectHeader("Session", "abc");
    return script.expectSilence();
  }

  /** Answers the request with this CSeq. */
  private static Script answer(Script script, int cseq, int status, String... headers) {
    Headers all = Headers.of(headers).plus("CSeq", String.valueOf(cseq));
    return script.receive(RtspResponse.of(status, "Status", all));
  }

  // ---- Round trips, each of them an answer waited for

  @Test
  void threeAnswersAreWaitedForHoweverManyMediaThereAre() {
    Script script = expectAhead(ahead());
    answer(script, 3, 200).expectSilence();
    answer(script, 4, 200);
    assertThat(script.expectPrepared()).hasSize(3);
    answer(script, 5, 200).expect(new DialogueCommand.Playing());
    assertThat(script.traits()).containsExactly(Trait.PIPELINES);
    assertThat(script.isPipelining()).isFalse();
  }

  @Test
  void aLoginAddsOneAndItsNonceServesAllThatFollow() {
    Script script = begun(new Credentials("admin", "12345")).expect("DESCRIBE", URL);
    script.answer(401, "WWW-Authenticate", "Digest realm=\"x\", nonce=\"1\", qop=\"auth\"");
    script.expect("DESCRIBE", URL).describe(THREE);
    script.expect("SETUP", URL + "/track0").answer(200, "Session", "abc");
    for (int count = 3; count <= 5; count++) {
      script.expectRequest(count == 5 ? "PLAY" : "SETUP");
      assertThat(script.request().headers().first("Authorization").orElseThrow())
          .contains("nonce=\"1\"")
          .contains("nc=0000000" + count);
    }
  }

  @Test
  void oneMediaNeedsNothingAhead() {
    Script script = begun(null).expect("DESCRIBE", URL);
    script.describe("v=0\nm=video 0 RTP/AVP 96\na=control:track0\n");
    script.expect("SETUP", URL + "/track0").answer(200, "Session", "abc");
    script.expectPlay();
    assertThat(script.traits()).isEmpty();
  }

  @Test
  void whatIsSentAheadIsBounded() {
    Script script = begun(null).expect("DESCRIBE", URL);
    script.describe("v=0\n" + "m=video 0 RTP/AVP 96\n".repeat(12));
    script.expectRequest("SETUP").answer(200, "Session", "abc");
    for (int media = 1; media <= Pipeline.MOST_SETUPS; media++) {
      script.expectRequest("SETUP");
    }
    script.expectSilence();
    for (int cseq = 3; cseq < 3 + Pipeline.MOST_SETUPS; cseq++) {
      answer(script, cseq, 200);
    }
    for (int media = 1 + Pipeline.MOST_SETUPS; media < 12; media++) {
      script.expectRequest("SETUP");
    }
    script.expectRequest("PLAY");
  }

  /** Without an id there is nothing by which PLAY could name the session. */
  @Test
  void withoutASessionIdEachIsWaitedFor() {
    Script script = begun(null).expect("DESCRIBE", URL).describe(THREE);
    script.expect("SETUP", URL + "/track0").answer(200).expect("SETUP", URL + "/track1");
    script.expectSilence();
  }

  @Test
  void portsAreOpenedAndPunchedOneByOne() {
    Script script = begun(null).expect("DESCRIBE", URL).describe(THREE);
    script.expect("SETUP", URL + "/track0").answer(461).expect(new DialogueCommand.OpenPorts(0));
    script.tell(new DialogueEvent.PortsOpened(new Pair(5000, 5001)));
    script.expect("SETUP", URL + "/track0").answer(200, "Session", "abc");
    script.expect(new DialogueCommand.OpenPorts(1)).expectSilence();
  }

  // ---- What is refused

  /** It plays without that media: metadata that is switched off. */
  @Test
  void aMediaRefusedAheadIsLeftOutWherePlayIsTaken() {
    Script script = expectAhead(ahead());
    answer(answer(script, 3, 200), 4, 404).expectSilence();
    answer(script, 5, 200);
    assertThat(script.expectPrepared()).hasSize(2);
    script.expect(new DialogueCommand.Playing());
    assertThat(script.leftOut())
        .containsExactly("application: 404 Status to SETUP " + URL + "/track2 (CSeq 4)");
    assertThat(script.traits()).containsExactly(Trait.PIPELINES);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 453, 454, 455, 500, 503})
  void whatIsRefusedWithPlayIsAskedAgainOneByOne(int status) {
    Script script = expectAhead(ahead());
    answer(answer(answer(script, 3, 200), 4, status), 5, status);
    script.expect("SETUP", URL + "/track2").expectSilence().answer(200);
    assertThat(script.expectPrepared()).hasSize(3);
    script.expect("PLAY", URL).answer(200).expect(new DialogueCommand.Playing());
    assertThat(script.traits()).containsExactly(Trait.NO_PIPELINING);
    assertThat(script.leftOut()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 453, 454, 455, 500, 503})
  void aPlayThatCameTooEarlyIsSentAgain(int status) {
    Script script = expectAhead(ahead());
    answer(answer(script, 3, 200), 4, 200).expectPrepared();
    answer(script, 5, status).expect("PLAY", URL).expectSilence();
    script.answer(200).expect(new DialogueCommand.Playing());
    assertThat(script.traits()).containsExactly(Trait.NO_PIPELINING);
  }

  /** 453 is the camera's last word: nothing is concluded from what was sent ahead. */
  @Test
  void aCameraAtCapacityIsNoCameraThatDoesNotPipeline() {
    Script script = expectAhead(ahead());
    answer(answer(script, 3, 200), 4, 200).expectPrepared();
    answer(script, 5, 453).expect("PLAY", URL).answer(453);
    script.expectEnd(EndReason.Kind.AT_CAPACITY);
    assertThat(script.traits()).isEmpty();
  }

  /** Nonces for one request each: what carried the same one is sent again with the next. */
  @Test
  void aChallengeToWhatWasSentAheadIsAnsweredOneByOne() {
    Script script = begun(new Credentials("admin", "12345")).expect("DESCRIBE", URL);
    script.answer(401, "WWW-Authenticate", "Digest realm=\"x\", nonce=\"1\"");
    script.expect("DESCRIBE", URL).describe(SDP).expect("SETUP", URL + "/track0");
    script.answer(200, "Session", "abc").expect("SETUP", URL + "/track1").expect("PLAY", URL);
    answer(script, 4, 401, "WWW-Authenticate", "Digest realm=\"x\", nonce=\"2\", stale=true");
    answer(script, 5, 401, "WWW-Authenticate", "Digest realm=\"x\", nonce=\"3\", stale=true");
    script.expect("SETUP", URL + "/track1").expectSilence();
    assertThat(script.request().headers().first("Authorization").orElseThrow())
        .contains("nonce=\"2\"");
  }

  // ---- What is not answered

  /** A camera that reads one request of those that came together. */
  @Test
  void whatIsNotAnsweredIsAskedAgainOneByOne() {
    Script script = expectAhead(ahead());
    answer(script, 3, 200).pass(2_999).expectSilence().pass(1);
    script.expect("SETUP", URL + "/track2").expectSilence().answer(200);
    assertThat(script.expectPrepared()).hasSize(3);
    script.expect("PLAY", URL).answer(200).expect(new DialogueCommand.Playing());
    assertThat(script.traits()).containsExactly(Trait.NO_PIPELINING);
  }

  /** Its answers come late, and it plays: a SETUP refused now is no media to do without. */
  @Test
  void aSlowCameraThatPlaysAlreadyIsAskedOneByOneOnTheNextConnection() {
    Script script = expectAhead(ahead()).pass(3_000).expect("SETUP", URL + "/track1");
    script.answer(455).expectEnd(EndReason.Kind.REFUSED);
    assertThat(script.traits()).containsExactly(Trait.NO_PIPELINING);
  }

  @Test
  void soIsPlay() {
    Script script = expectAhead(ahead());
    answer(answer(script, 3, 200), 4, 200).expectPrepared();
    script.pass(3_000).expect("PLAY", URL).expectSilence();
    script.answer(200).expect(new DialogueCommand.Playing());
    assertThat(script.traits()).containsExactly(Trait.NO_PIPELINING);
  }

  @Test
  void aCameraThatIsKnownToTakeThemMayBeSlow() {
    Script script = expectAhead(ahead(Trait.PIPELINES));
    script.pass(9_999).expectSilence().pass(1).expect("SETUP", URL + "/track1");
    script.pass(10_000).expectEnd(EndReason.Kind.SILENT);
  }

  @Test
  void aLateAnswerToWhatWasSentAheadMeansNothing() {
    Script script = expectAhead(ahead()).pass(3_000).expect("SETUP", URL + "/track1");
    answer(answer(script, 4, 200), 5, 200).expectSilence();
    script.answer(200).expect("SETUP", URL + "/track2");
  }

  // ---- Order

  @Test
  void answersInAnotherOrderAreToldApartByTheirCseq() {
    Script script = expectAhead(ahead());
    answer(answer(script, 4, 200), 5, 200).expectSilence();
    answer(script, 3, 200);
    assertThat(script.expectPrepared())
        .extracting(t -> t.media().type())
        .containsExactly("video", "audio", "application");
    script.expect(new DialogueCommand.Playing());
  }

  // ---- What is remembered

  @Test
  void whereItIsKnownThatTheyAreNotTakenEachIsWaitedFor() {
    ahead(Trait.NO_PIPELINING).expect("SETUP", URL + "/track1").expectSilence();
  }

  @Test
  void anEndOfTheConnectionMeanwhileMayBeDueToIt() {
    assertThat(ahead().isPipelining()).isTrue();
    assertThat(ahead(Trait.PIPELINES).isPipelining()).isFalse();
    assertThat(ahead(Trait.NO_PIPELINING).isPipelining()).isFalse();
    assertThat(begun(null).expect("DESCRIBE", URL).isPipelining()).isFalse();
    Script again = answer(answer(expectAhead(ahead()), 3, 200), 4, 200);
    answer(again, 5, 455);
    assertThat(again.isPipelining()).as("and when it is asked again one by one").isTrue();
  }

  // ---- Redirects and 459

  @Test
  void aRedirectAmongTheAnswersIsFollowed() {
    Script script = expectAhead(ahead());
    answer(script, 3, 302, "Location", "rtsp://192.0.2.2/").expectEnd(EndReason.Kind.REDIRECTED);
  }

  @Test
  void aPlayThatIsNotForAllIsSentForEach() {
    Script script = expectAhead(ahead());
    answer(answer(script, 3, 200), 4, 200).expectPrepared();
    answer(script, 5, 459).expect("PLAY", URL + "/track0").answer(200);
    script.expect("PLAY", URL + "/track1");
  }
}

package dev.photofinish.rtsp.dialogue;

import static dev.photofinish.rtsp.dialogue.Script.SDP;
import static dev.photofinish.rtsp.dialogue.Script.URL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.rtsp.message.Credentials;
import dev.photofinish.rtsp.message.Headers;
import dev.photofinish.rtsp.message.KeepAliveMethod;
import dev.photofinish.rtsp.message.Pair;
import dev.photofinish.rtsp.message.RtspResponse;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 2326, from the first request to TEARDOWN, in virtual time. */
class DialogueTest {
  private static final String DIGEST = "Digest realm=\"x\", nonce=\"";

  private static Script begun(Script script) {
    return script.tell(new DialogueEvent.Connected()).tell(new DialogueEvent.Selected());
  }

  private static Script begun() {
    return begun(new Script());
  }

  private static Script described() {
    return begun().expect("DESCRIBE", URL).describe(SDP);
  }

  private static Script authorized() {
    return begun(new Script(new Credentials("admin", "12345")));
  }

  // ---- The finish line

  @Test
  void theFirstRequestGoesOutAsSoonAsConnected() {
    Script script = new Script();
    script.expectSilence().tell(new DialogueEvent.Connected()).expect("DESCRIBE", URL);
    script.expectHeader("CSeq", "1").expectHeader("User-Agent", "Test");
  }

  @Test
  void onlyTheChosenGoesOn() {
    Script script = new Script().tell(new DialogueEvent.Connected());
    script.expect("DESCRIBE", URL).expectHeader("Accept", "application/sdp");
    script.describe(SDP).pass(60_000).expectSilence();
    script.tell(new DialogueEvent.Selected()).expect("SETUP", URL + "/track0");
  }

  @Test
  void aChallengeAsFirstResponseIsUsed() {
    Script script = new Script(new Credentials("admin", "12345"));
    script.tell(new DialogueEvent.Connected());
    script.expect("DESCRIBE", URL).answer(401, "WWW-Authenticate", DIGEST + "1\"");
    script.expectSilence().tell(new DialogueEvent.Selected());
    script.expect("DESCRIBE", URL);
    assertThat(script.request().headers().first("Authorization").orElse("")).contains("admin");
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 405, 454, 500, 501, 551})
  void anOptionsThatIsNotKnownIsLetPass(int status) {
    Script script = begun().expect("DESCRIBE", URL).answer(455);
    script.expect("OPTIONS", URL).answer(status).expect("DESCRIBE", URL);
  }

  // ---- OPTIONS before DESCRIBE

  @ParameterizedTest
  @ValueSource(ints = {400, 404, 405, 454, 455, 500, 501, 551})
  void aCameraThatWantsOptionsBeforeIsAskedIt(int status) {
    Script script = begun().expect("DESCRIBE", URL).answer(status);
    script.expect("OPTIONS", URL).answer(200).expect("DESCRIBE", URL).setUpAfterDescribe();
    assertThat(script.traits()).containsExactly(Trait.OPTIONS_FIRST);
  }

  @Test
  void onceAndNotForEver() {
    Script script = begun().expect("DESCRIBE", URL).answer(500);
    script.expect("OPTIONS", URL).answer(200).expect("DESCRIBE", URL).answer(500);
    script.expectEnd(EndReason.Kind.REFUSED);
    assertThat(script.traits()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {403, 410, 415})
  void aRefusalOfTheStreamIsFinal(int status) {
    Script script = begun().expect("DESCRIBE", URL).answer(status);
    assertThat(script.answer(status).state()).isEqualTo(DialogueState.OVER);
  }

  static List<KnownDevice> withOptionsFirst() {
    return List.of(
        new KnownDevice(Set.of(), Set.of(Trait.OPTIONS_FIRST)),
        new KnownDevice(Set.of("DESCRIBE"), Set.of()));
  }

  @ParameterizedTest
  @MethodSource("withOptionsFirst")
  void whereThatIsKnownOptionsIsTheProbe(KnownDevice known) {
    Script script = Script.knowing(null, known).tell(new DialogueEvent.Connected());
    script.expect("OPTIONS", URL).answer(200, "Public", "GET_PARAMETER").expectSilence();
    script.tell(new DialogueEvent.Selected()).expect("DESCRIBE", URL).describe(SDP);
    script.expect("SETUP", URL + "/track0");
  }

  @ParameterizedTest
  @ValueSource(ints = {453, 503})
  void aFullHouseEndsItWhenChosenNotBefore(int status) {
    Script script = new Script().tell(new DialogueEvent.Connected());
    script.expect("DESCRIBE", URL).answer(status).expectSilence();
    script.tell(new DialogueEvent.Selected());
    assertThat(script.expectEnd(EndReason.Kind.AT_CAPACITY).reason())
        .isEqualTo(status + " Status to DESCRIBE " + URL + " (CSeq 1)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "12 | | 12",
        " 0120 | | 120",
        "-5 | | 0",
        "soon | | 0",
        "99999999999999999999 | | 0",
        "999999999999999999 | | 999999999999999999",
        "Fri, 30 Apr 2021 20:13:42 GMT | Fri, 30 Apr 2021 20:12:32 GMT | 70",
        "Fri, 30 Apr 2021 20:12:00 GMT | Fri, 30 Apr 2021 20:12:32 GMT | 0",
        "Fri, 30 Apr 2021 20:13:42 GMT | | 0",
      })
  void aFullHouseMaySayForHowLong(String retryAfter, @Nullable String date, long seconds) {
    Script script = begun().expect("DESCRIBE", URL);
    script.answer(503, "Retry-After", retryAfter, "Date", date == null ? "-" : date);
    EndReason end = script.expectEnd(EndReason.Kind.AT_CAPACITY);
    assertThat(end.retryAfter()).isEqualTo(Duration.ofSeconds(seconds));
    assertThat(end.reason().contains(", Retry-After " + seconds + " s")).isEqualTo(seconds > 0);
  }

  // ---- Set-up

  @Test
  void everyMediaIsSetUpAndPlayed() {
    Script script = begun();
    assertThat(script.description()).isEmpty();
    script.expect("DESCRIBE", URL).describe(SDP).expectSetUps(60);
    assertThat(script.description()).contains(SDP);
    assertThat(script.expectPrepared())
        .extracting(t -> t.media().type() + " " + t.transport())
        .containsExactly(
            "video channels 0-1 of the RTSP connection",
            "audio channels 2-3 of the RTSP connection");
    script.expect("PLAY", URL).expectHeader("Range", "npt=0.000-").answer(200);
    script.expect(new DialogueCommand.Playing());
    assertThat(script.state()).isEqualTo(DialogueState.PLAYING);
  }

  @Test
  void applicationIsSetUpBackChannelsAreLeftAlone() {
    Script script = begun().expect("DESCRIBE", URL);
    script.describe(
        SDP
            + """
            m=audio 0 RTP/AVP 0
            a=sendonly
            a=control:back
            m=application 0 RTP/AVP 107
            a=rtpmap:107 vnd.onvif.metadata/90000
            a=control:meta
            m=text 0 RTP/AVP 108
            a=control:text
            """);
    script.expectSetUps(60).expect("SETUP", URL + "/meta");
    script.expectHeader("Transport", "RTP/AVP/TCP;unicast;interleaved=4-5");
  }

  @Test
  void otherChannelsThanAskedHold() {
    Script script = described().expect("SETUP", URL + "/track0");
    script.answer(200, "Transport", "RTP/AVP/TCP;unicast;interleaved=4-5", "Session", "abc");
    script.expect("SETUP", URL + "/track1").answer(200, "Transport", "RTP/AVP/TCP;unicast");
    assertThat(script.expectPrepared())
        .extracting(Track::transport)
        .containsExactly(
            new TrackTransport.Interleaved(new Pair(4, 5)),
            new TrackTransport.Interleaved(new Pair(2, 3)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "0-1"})
  void channelsThatAnotherMediaHasAreThoseThatWereAskedFor(String channels) {
    Script script = described().expect("SETUP", URL + "/track0");
    String transport = "RTP/AVP/TCP;unicast;interleaved=" + channels;
    script.answer(200, "Transport", transport, "Session", "abc");
    script.expect("SETUP", URL + "/track1").answer(200, "Transport", transport);
    assertThat(script.expectPrepared())
        .extracting(Track::transport)
        .containsExactly(
            new TrackTransport.Interleaved(new Pair(0, 1)),
            new TrackTransport.Interleaved(new Pair(2, 3)));
  }

  @Test
  void aQuirkThatIsNotForgivenEndsIt() {
    Set<Quirk> strict = EnumSet.noneOf(Quirk.class);
    Script script = begun(new Script(null, KeepAliveMethod.AUTO, strict));
    script.expect("DESCRIBE", URL).describe(SDP);
    script.expect("SETUP", URL + "/track0");
    script.answer(200, "Transport", "RTP/AVP/TCP;interleaved=4-5", "Session", "abc");
    assertThat(script.expectEnd(EndReason.Kind.BROKEN).reason())
        .contains("SETUP " + URL + "/track0 (CSeq 2)")
        .contains("interleaved=4-5")
        .contains("interleaved=0-1");
  }

  @Test
  void udpInsteadOfTcpIsAnError() {
    Script script = described().expect("SETUP", URL + "/track0");
    script.answer(200, "Transport", "RTP/AVP;unicast;client_port=1-2", "Session", "abc");
    script.expect("SETUP", URL + "/track1");
    script.answer(200, "Transport", "RTP/AVP;unicast;client_port=3-4");
    assertThat(script.expectEnd(EndReason.Kind.BROKEN).reason())
        .contains("client_port=3-4")
        .contains("expected RTP/AVP/TCP;unicast;interleaved=2-3");
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 404, 415, 459, 461, 500})
  void oneRefusedMediaDoesNotCostTheOthers(int status) {
    Script script = described().expect("SETUP", URL + "/track0").answer(status);
    script.expect("SETUP", URL + "/track1").answer(200, "Session", "abc");
    assertThat(script.expectPrepared()).extracting(t -> t.media().type()).containsExactly("audio");
    assertThat(script.leftOut())
        .singleElement()
        .asString()
        .startsWith("video: " + status + " Status to SETUP " + URL + "/track0 (CSeq 2)");
    script.expect("PLAY", URL).answer(200).expect(new DialogueCommand.Playing());
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 415, 453, 459, 461, 503})
  void whatWasSetUpIsPlayedWithoutTheNext(int status) {
    Script script = described().expect("SETUP", URL + "/track0").answer(200, "Session", "abc");
    script.expect("SETUP", URL + "/track1").expectHeader("Session", "abc").answer(status);
    assertThat(script.expectPrepared()).extracting(t -> t.media().type()).containsExactly("video");
    assertThat(script.leftOut()).singleElement().asString().startsWith("audio: " + status);
    script.expect("PLAY", URL).answer(200).expect(new DialogueCommand.Playing());
  }

  @Test
  void aMediaAnsweredWithAnotherTransportDoesNotCostTheOthers() {
    Script script = described().expect("SETUP", URL + "/track0");
    script.answer(200, "Transport", "RTP/AVP;unicast;client_port=1-2", "Session", "abc");
    script.expect("SETUP", URL + "/track1").expectHeader("Session", "abc").answer(200);
    assertThat(script.expectPrepared()).extracting(t -> t.media().type()).containsExactly("audio");
    assertThat(script.leftOut()).singleElement().asString().contains("client_port=1-2");
  }

  // ---- RFC 2326 section 11.3.10

  /** Asked to play all, the camera wants to be asked for each. */
  private static Script playedSeparately() {
    Script script = described().expectSetUps(60);
    script.expectPrepared();
    script.expect("PLAY", URL).answer(459);
    script.expect("PLAY", URL + "/track0").expectHeader("Session", "abc").answer(200);
    return script.expect("PLAY", URL + "/track1").expectHeader("Range", "npt=0.000-");
  }

  @Test
  void withoutAggregatesEachTrackIsPlayedKeptAliveAndTornDown() {
    Script script = playedSeparately().answer(200).expect(new DialogueCommand.Playing());
    script.pass(30_000).expect("OPTIONS", URL + "/track0").answer(200);
    script.tell(new DialogueEvent.Teardown()).expect("TEARDOWN", URL + "/track0").answer(200);
    script.expect("TEARDOWN", URL + "/track1").answer(200).expectEnd(EndReason.Kind.LEFT);
  }

  @Test
  void oneTrackThatCannotBePlayedDoesNotCostTheOthers() {
    Script script = playedSeparately().answer(453).expect(new DialogueCommand.Playing());
    assertThat(script.leftOut()).singleElement().asString().startsWith("audio: 453");
  }

  @Test
  void whenNoTrackCanBePlayedItEnds() {
    Script script = described().expectSetUps(60);
    script.expectPrepared();
    script.expect("PLAY", URL).answer(459).expect("PLAY", URL + "/track0").answer(459);
    script.expect("PLAY", URL + "/track1").answer(459).expectEnd(EndReason.Kind.REFUSED);
  }

  @Test
  void aSessionThatReplacesAnotherIsPlayedTrackByTrackAtOnce() {
    Script script = playedSeparately().answer(200).expect(new DialogueCommand.Playing());
    script.answerMethods(200);
    script.pass(30_000).expect("OPTIONS", URL + "/track0").answer(454).expectSetUps(60);
    script.expectPrepared();
    script.expect("PLAY", URL + "/track0").answer(200).expect("PLAY", URL + "/track1").answer(200);
    script.expect(new DialogueCommand.Playing());
  }

  @Test
  void keepAlivesAndTeardownToo() {
    Script script = Script.playing(60, "GET_PARAMETER").pass(30_000).expect("GET_PARAMETER", URL);
    script.answer(459).pass(30_000).expect("GET_PARAMETER", URL + "/track0").answer(200);
    Script leaving = Script.playing(60, "OPTIONS").tell(new DialogueEvent.Teardown());
    leaving.expect("TEARDOWN", URL).answer(459).expect("TEARDOWN", URL + "/track0").answer(200);
    leaving.expect("TEARDOWN", URL + "/track1").answer(200).expectEnd(EndReason.Kind.LEFT);
  }

  @Test
  void whenEveryMediaIsRefusedTheAnswerIsTheReason() {
    Script script = described().expect("SETUP", URL + "/track0").answer(461);
    script.expect("SETUP", URL + "/track1").answer(461);
    assertThat(script.expectEnd(EndReason.Kind.NO_TRANSPORT).reason())
        .isEqualTo(
            "461 Status to SETUP "
                + URL
                + "/track1 (CSeq 3): the camera does not take media over the RTSP connection"
                + " (RTP/AVP/TCP)");
  }

  @ParameterizedTest
  @ValueSource(ints = {453, 503})
  void fullAtSetup(int status) {
    described()
        .expect("SETUP", URL + "/track0")
        .answer(status)
        .expectEnd(EndReason.Kind.AT_CAPACITY);
  }

  @Test
  void notFound() {
    Script script = begun().expect("DESCRIBE", URL).answer(404);
    script.expect("OPTIONS", URL).answer(200).expect("DESCRIBE", URL).answer(404);
    assertThat(script.expectEnd(EndReason.Kind.NOT_FOUND).reason())
        .isEqualTo("404 Status to DESCRIBE " + URL + " (CSeq 3)");
    assertThat(script.traits()).isEmpty();
  }

  /** Some hang up behind an error: it is the error that counts. */
  @Test
  void whatDescribeWasRefusedWithOutlivesTheConnection() {
    Script script = begun().expect("DESCRIBE", URL).answer(404).expect("OPTIONS", URL);
    EndReason closed = new EndReason(EndReason.Kind.CLOSED, "closed");
    assertThat(script.endedBy(closed).kind()).isEqualTo(EndReason.Kind.NOT_FOUND);
    script.answer(200).expect("DESCRIBE", URL);
    assertThat(script.endedBy(closed).kind()).isEqualTo(EndReason.Kind.NOT_FOUND);
    script.describe(SDP);
    assertThat(script.endedBy(closed)).isEqualTo(closed);
  }

  @Test
  void whereOptionsIsNotAnsweredEitherTheRefusalIsTheReason() {
    Script script = begun().expect("DESCRIBE", URL).answer(404).expect("OPTIONS", URL);
    assertThat(script.pass(10_000).expectEnd(EndReason.Kind.NOT_FOUND).reason())
        .isEqualTo("404 Status to DESCRIBE " + URL + " (CSeq 1)");
  }

  @Test
  void aDescriptionThatCannotBeReadLeadsToTheAnswer() {
    Script script = begun().expect("DESCRIBE", URL);
    assertThat(script.describe("hello").expectEnd(EndReason.Kind.BROKEN).reason())
        .contains("DESCRIBE " + URL + " (CSeq 1)");
  }

  @Test
  void silenceDuringTheSetUpIsBounded() {
    Script script = described().expect("SETUP", URL + "/track0").pass(9_999).expectSilence();
    assertThat(script.pass(1).expectEnd(EndReason.Kind.SILENT).reason())
        .isEqualTo("no answer to SETUP " + URL + "/track0 (CSeq 2) within 10000 ms");
  }

  @Test
  void provisionalAnswersAndStrangersAnswersAreNoAnswers() {
    Script script = begun().expect("DESCRIBE", URL);
    script.answer(100).expectSilence();
    script.receive(RtspResponse.of(200, "OK", Headers.of("CSeq", "99")));
    script.expectSilence().describe(SDP).expect("SETUP", URL + "/track0");
  }

  @Test
  void anAnswerWithoutCseqIsTheOldestRequests() {
    begun().expect("DESCRIBE", URL).answerWithoutCseq(403).expectEnd(EndReason.Kind.REFUSED);
  }

  // ---- Credentials

  @Test
  void aChallengedRequestIsSentAgain() {
    Script script = authorized().expect("DESCRIBE", URL).expectHeader("Authorization", null);
    script.answer(401, "WWW-Authenticate", DIGEST + "1\"").expect("DESCRIBE", URL);
    assertThat(script.request().headers().first("Authorization").orElse("")).contains("\"admin\"");
    script.expectHeader("CSeq", "2").setUpAfterDescribe();
  }

  @Test
  void wrongCredentialsAreTriedOnce() {
    Script script = authorized().expect("DESCRIBE", URL);
    script.answer(401, "WWW-Authenticate", DIGEST + "1\"").expect("DESCRIBE", URL);
    script.answer(401, "WWW-Authenticate", DIGEST + "2\"");
    assertThat(script.expectEnd(EndReason.Kind.UNAUTHORIZED).reason()).endsWith("wrong");
  }

  @Test
  void withoutCredentialsAChallengeIsTheEnd() {
    Script script = begun().expect("DESCRIBE", URL);
    script.answer(401, "WWW-Authenticate", DIGEST + "1\"");
    assertThat(script.expectEnd(EndReason.Kind.LOGIN_NEEDED).reason()).contains("needed");
  }

  /** Credentials that were never sent are not wrong. */
  @Test
  void aChallengeThatCannotBeAnsweredIsSaidAsTheCameraWroteIt() {
    Script script = authorized().expect("DESCRIBE", URL);
    script.answer(401, "WWW-Authenticate", DIGEST + "1\", qop=\"auth-int\"");
    assertThat(script.expectEnd(EndReason.Kind.LOGIN_UNKNOWN).reason())
        .contains("neither Digest nor Basic as known here", "qop=\"auth-int\"");
  }

  @Test
  void aStaleNonceAtAKeepAliveIsRenewed() {
    Script script = authorized().expect("DESCRIBE", URL);
    script.answer(401, "WWW-Authenticate", DIGEST + "1\"").expect("DESCRIBE", URL).describe(SDP);
    script.expectSetUps(60).expectPlay().pass(30_000).expect("OPTIONS", URL);
    script.answer(401, "WWW-Authenticate", DIGEST + "2\", stale=true").expect("OPTIONS", URL);
    assertThat(script.request().headers().first("Authorization").orElse("")).contains("\"2\"");
  }

  // ---- Redirects

  @Test
  void redirectsEndTheDialogueWithTheirPlace() {
    Script script = begun().expect("DESCRIBE", URL);
    EndReason end =
        script
            .answer(302, "Location", "rtsp://192.0.2.2:8554/b")
            .expectEnd(EndReason.Kind.REDIRECTED);
    assertThat(end.location()).hasToString("rtsp://192.0.2.2:8554/b");
  }

  @Test
  void aRedirectToNowhere() {
    begun().expect("DESCRIBE", URL).answer(302).expectEnd(EndReason.Kind.REFUSED);
    begun()
        .expect("DESCRIBE", URL)
        .answer(301, "Location", "rtsp://")
        .expectEnd(EndReason.Kind.BROKEN);
  }

  // ---- Keep-alive

  @ParameterizedTest
  @ValueSource(ints = {2, 20, 60})
  void halfTheTimeoutIsTheInterval(int timeout) {
    Script script = Script.playing(timeout, "OPTIONS, GET_PARAMETER");
    script.pass(timeout * 500L - 1).expectSilence().pass(1).expect("GET_PARAMETER", URL);
    script.expectHeader("Session", "abc").answer(200);
    script.pass(timeout * 500L - 1).expectSilence().pass(1).expect("GET_PARAMETER", URL);
  }

  @Test
  void longTimeoutsAreNotWaitedFor() {
    Script.playing(3600, "OPTIONS").pass(29_999).expectSilence().pass(1).expect("OPTIONS", URL);
  }

  @Test
  void aMethodThatIsAdvertisedAndRefusedIsLeft() {
    Script script = Script.playing(60, "GET_PARAMETER").pass(30_000).expect("GET_PARAMETER", URL);
    script.answer(405).pass(30_000).expect("OPTIONS", URL);
  }

  @Test
  void theUsersChoiceHolds() {
    Script script = new Script(null, KeepAliveMethod.OPTIONS, Quirk.defaults());
    script.play(60, "OPTIONS, GET_PARAMETER").pass(30_000).expect("OPTIONS", URL);
  }

  @Test
  void aLostAnswerIsNotFatal() {
    Script script = Script.playing(60, "OPTIONS");
    for (int lost = 0; lost < 100; lost++) {
      script.pass(30_000).expect("OPTIONS", URL);
    }
    assertThat(script.state()).isEqualTo(DialogueState.PLAYING);
  }

  @Test
  void askedAboutItsLifeACameraGetsAKeepAliveAtOnce() {
    Script script = Script.playing(60, "GET_PARAMETER").pass(1000).tell(new DialogueEvent.Ask());
    script.expect("GET_PARAMETER", URL).pass(29_999).expectSilence();
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 453, 503, 551})
  void errorsToAKeepAliveAreAnswers(int status) {
    Script script = Script.playing(60, "OPTIONS").pass(30_000).expect("OPTIONS", URL);
    script.answer(status).expectSilence();
    assertThat(script.state()).isEqualTo(DialogueState.PLAYING);
  }

  @Test
  void whatKeepsItAliveIsAskedOnceAllPlays() {
    Script script = described().expectSetUps(60).expectPlay();
    assertThat(script.methodsAsked())
        .isNotNull()
        .extracting(asked -> asked.headers().first("Session").orElse(""))
        .isEqualTo("abc");
    script.answerMethods(200, "Public", "GET_PARAMETER").pass(30_000);
    script.expect("GET_PARAMETER", URL);
  }

  @Test
  void itIsNotAskedWhereNothingHangsOnIt() {
    Script chosen = new Script(null, KeepAliveMethod.GET_PARAMETER, Quirk.defaults());
    begun(chosen).expect("DESCRIBE", URL).setUpAfterDescribe();
    assertThat(chosen.methodsAsked()).isNull();
    Script known = Script.knowing(null, new KnownDevice(Set.of("DESCRIBE"), Set.of()));
    begun(known).expect("OPTIONS", URL).answer(200, "Public", "PLAY").expect("DESCRIBE", URL);
    known.describe(SDP).expect("SETUP", URL + "/track0").answer(200, "Session", "abc");
    known.expect("SETUP", URL + "/track1").answer(200).expect("PLAY", URL).answer(200);
    assertThat(known.methodsAsked()).isNull();
  }

  // ---- 454

  @Test
  void aLostSessionIsReplacedAtOnce() {
    Script script = Script.playing(60, "OPTIONS").pass(30_000).expect("OPTIONS", URL).answer(454);
    script.expect("SETUP", URL + "/track0").expectHeader("Session", null);
    script.answer(200, "Session", "def").expect("SETUP", URL + "/track1");
    script.expectHeader("Session", "def").answer(200);
    script.expectPrepared();
    script.expect("PLAY", URL).expectHeader("Session", "def").answer(200);
    script.expect(new DialogueCommand.Playing());
  }

  @Test
  void aSessionThatNeverWasIsNotReplacedForEver() {
    Script script = described().expectSetUps(60);
    script.expectPrepared();
    script.expect("PLAY", URL).answer(454).expectEnd(EndReason.Kind.SESSION_LOST);
  }

  @Test
  void answersToTheLostSessionsKeepAlivesMeanNothing() {
    Script script = Script.playing(60, "OPTIONS").pass(1000).tell(new DialogueEvent.Ask());
    script.expect("OPTIONS", URL).tell(new DialogueEvent.Ask());
    String first = script.request().headers().first("CSeq").orElseThrow();
    script.expect("OPTIONS", URL).answer(454).expect("SETUP", URL + "/track0");
    script.receive(RtspResponse.of(200, "OK", Headers.of("CSeq", first)));
    script.expectSilence();
  }

  // ---- The camera's requests

  @ParameterizedTest
  @ValueSource(strings = {"OPTIONS", "GET_PARAMETER", "SET_PARAMETER", "ANNOUNCE"})
  void theCamerasRequestsAreAnswered(String method) {
    Script script = Script.playing(60, "OPTIONS").ask(method);
    var response = script.response();
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.headers().first("CSeq")).contains("77");
    assertThat(response.headers().first("Session")).contains("abc");
    script.expectSilence();
  }

  @Test
  void whatIsNotKnownIsNotImplemented() {
    assertThat(Script.playing(60, "OPTIONS").ask("PLAY_NOTIFY").response().status()).isEqualTo(501);
  }

  @Test
  void aRedirectRequestIsAnsweredAndFollowed() {
    Script script = Script.playing(60, "OPTIONS").ask("REDIRECT", "Location", "rtsp://192.0.2.9/");
    assertThat(script.response().status()).isEqualTo(200);
    assertThat(script.expectEnd(EndReason.Kind.REDIRECTED).location())
        .hasToString("rtsp://192.0.2.9/");
  }

  @Test
  void theCameraMayEndIt() {
    Script script = Script.playing(60, "OPTIONS").ask("TEARDOWN");
    assertThat(script.response().status()).isEqualTo(200);
    script.expectEnd(EndReason.Kind.ENDED_BY_CAMERA);
  }

  // ---- The end

  @Test
  void leavesBySayingSo() {
    Script script = Script.playing(60, "OPTIONS").tell(new DialogueEvent.Teardown());
    script.expect("TEARDOWN", URL).expectHeader("Session", "abc").answer(200);
    script.expectEnd(EndReason.Kind.LEFT);
  }

  @Test
  void doesNotWaitForeverToLeave() {
    Script script = Script.playing(60, "OPTIONS").tell(new DialogueEvent.Teardown());
    script.expect("TEARDOWN", URL).pass(999).expectSilence().pass(1);
    script.expectEnd(EndReason.Kind.LEFT);
  }

  @Test
  void withoutASessionThereIsNothingToTearDown() {
    begun()
        .expect("DESCRIBE", URL)
        .tell(new DialogueEvent.Teardown())
        .expectEnd(EndReason.Kind.LEFT);
  }

  @Test
  void nothingHappensAfterTheEnd() {
    Script script = begun().expect("DESCRIBE", URL).tell(new DialogueEvent.Teardown());
    script.expectEnd(EndReason.Kind.LEFT);
    for (DialogueEvent event :
        List.of(
            new DialogueEvent.Selected(),
            new DialogueEvent.Ask(),
            new DialogueEvent.Teardown(),
            new DialogueEvent.Tick())) {
      script.tell(event).expectSilence();
    }
  }
}

package dev.photofinish.rtsp.dialogue;

import static dev.photofinish.rtsp.dialogue.Script.ONE_BY_ONE;
import static dev.photofinish.rtsp.dialogue.Script.SDP;
import static dev.photofinish.rtsp.dialogue.Script.URL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.rtsp.message.Headers;
import dev.photofinish.rtsp.message.MediaFormat;
import dev.photofinish.rtsp.message.Pair;
import dev.photofinish.rtsp.message.RtspRequest;
import dev.photofinish.rtsp.message.RtspResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The dialogue with a camera that takes audio, or does not (ONVIF Streaming section 5.3). */
class BackChannelTest {
  private static final String TAG = "www.onvif.org/ver20/backchannel";

  /** Described between two media that come. */
  private static final String WITH_BACK_CHANNEL =
      SDP.replace(
          "m=audio 0 RTP/AVP 0\n",
          """
          m=audio 0 RTP/AVP 8
          a=rtpmap:8 PCMA/8000
          a=sendonly
          a=control:back
          m=audio 0 RTP/AVP 0
          """);

  private static Script begun(KnownDevice known, TransportPlan... transports) {
    return Script.withBackChannel(known, transports)
        .tell(new DialogueEvent.Connected())
        .tell(new DialogueEvent.Selected());
  }

  private static Script begun() {
    return begun(ONE_BY_ONE, TransportPlan.interleaved());
  }

  private static Script described(String sdp) {
    return begun().expect("DESCRIBE", URL).expectHeader("Require", TAG).describe(sdp);
  }

  private static void expectNone(Script script, String reason) {
    assertThat(script.withoutBackChannel()).singleElement().asString().contains(reason);
    assertThat(script.expectPrepared()).noneMatch(Track::isBackChannel);
    script.expect("PLAY", URL).expectHeader("Require", null).answer(200);
    script.expect(new DialogueCommand.Playing());
    assertThat(script.leftOut()).isEmpty();
  }

  private static Script answerTcp(Script script, int channel) {
    return script.answer(
        200,
        "Transport",
        "RTP/AVP/TCP;unicast;interleaved=" + channel + "-" + (channel + 1),
        "Session",
        "abc");
  }

  // ---- It is there

  @Test
  void itIsRequiredSetUpLastAndPlayedWithTheOthers() {
    Script script = described(WITH_BACK_CHANNEL).expectSetUps(60);
    script.expect("SETUP", URL + "/back").expectHeader("Require", TAG);
    script.expectHeader("Transport", "RTP/AVP/TCP;unicast;interleaved=4-5");
    answerTcp(script, 4);
    List<Track> tracks = script.expectPrepared();
    assertThat(tracks).extracting(Track::isBackChannel).containsExactly(false, false, true);
    assertThat(tracks.get(2).outgoing())
        .contains(new MediaFormat(8, "PCMA", OptionalInt.of(8000), OptionalInt.of(1), List.of()));
    script.expect("PLAY", URL).expectHeader("Require", TAG).answer(200);
    script.expect(new DialogueCommand.Playing());
    assertThat(script.withoutBackChannel()).isEmpty();
  }

  @Test
  void mediaThatComeAreSetUpWithoutTheRequirement() {
    described(WITH_BACK_CHANNEL).expect("SETUP", URL + "/track0").expectHeader("Require", null);
  }

  @Test
  void withoutTheOptionItIsNeitherRequiredNorSetUp() {
    Script script = new Script().tell(new DialogueEvent.Connected());
    script.tell(new DialogueEvent.Selected()).expect("DESCRIBE", URL);
    script.expectHeader("Require", null).describe(WITH_BACK_CHANNEL).expectSetUps(60);
    assertThat(script.expectPrepared()).noneMatch(Track::isBackChannel);
    script.expect("PLAY", URL).expectHeader("Require", null);
    assertThat(script.withoutBackChannel()).isEmpty();
  }

  @Test
  void ofSeveralTheFirstThatTakesG711IsChosen() {
    String sdp =
        SDP
            + """
            m=audio 0 RTP/AVP 97
            a=rtpmap:97 MPEG4-GENERIC/16000
            a=sendonly
            a=control:aac
            m=audio 0 RTP/AVP 98 0
            a=rtpmap:98 G726-32/8000
            a=sendonly
            a=control:several
            """;
    Script script = described(sdp).expectSetUps(60).expect("SETUP", URL + "/several");
    answerTcp(script, 4);
    Track back = script.expectPrepared().get(2);
    assertThat(back.outgoing().map(MediaFormat::payloadType)).contains(0);
  }

  @Test
  void withoutG711ItIsTheFirst() {
    String sdp =
        SDP
            + """
            m=audio 0 RTP/AVP 97
            a=rtpmap:97 MPEG4-GENERIC/16000
            a=sendonly
            a=control:aac
            """;
    Script script = described(sdp).expectSetUps(60).expect("SETUP", URL + "/aac");
    answerTcp(script, 4);
    assertThat(script.expectPrepared().get(2).outgoing().map(MediaFormat::codec))
        .contains("MPEG4-GENERIC");
  }

  @Test
  void aSessionThatReplacesALostOneHasItToo() {
    Script script = described(WITH_BACK_CHANNEL).expectSetUps(60).expect("SETUP", URL + "/back");
    answerTcp(script, 4).expectPrepared();
    script.expect("PLAY", URL).answer(200).expect(new DialogueCommand.Playing());
    script.answerMethods(200, "Public", "GET_PARAMETER");
    script.tell(new DialogueEvent.Ask()).expect("GET_PARAMETER", URL).answer(454);
    script.expect("OPTIONS", URL).answer(454);
    script.expectSetUps(60).expect("SETUP", URL + "/back").expectHeader("Require", TAG);
  }

  @Test
  void whereTheCameraTakesRequestsAheadItsSetupIsOneOfThem() {
    Script script = begun(KnownDevice.NEW, TransportPlan.interleaved()).expect("DESCRIBE", URL);
    script.describe(WITH_BACK_CHANNEL).expect("SETUP", URL + "/track0");
    answerTcp(script, 0);
    List<RtspRequest> ahead = ahead(script, "SETUP", "SETUP", "PLAY");
    assertThat(ahead.get(1).headers().first("Require")).contains(TAG);
    assertThat(ahead.get(2).headers().first("Require")).contains(TAG);
    answer(script, ahead.get(0), 200, "RTP/AVP/TCP;unicast;interleaved=2-3");
    answer(script, ahead.get(1), 453, "");
    answer(script, ahead.get(2), 200, "");
    assertThat(script.expectPrepared()).noneMatch(Track::isBackChannel);
    script.expect(new DialogueCommand.Playing());
    assertThat(script.withoutBackChannel()).singleElement().asString().contains("453");
  }

  private static List<RtspRequest> ahead(Script script, String... methods) {
    List<RtspRequest> sent = new ArrayList<>();
    for (String method : methods) {
      sent.add(script.expectRequest(method).request());
    }
    return sent;
  }

  private static void answer(Script script, RtspRequest request, int status, String transport) {
    Headers headers = Headers.of("CSeq", String.valueOf(request.cseq().orElseThrow()));
    headers = transport.isEmpty() ? headers : headers.plus("Transport", transport);
    script.receive(RtspResponse.of(status, "Status", headers.plus("Session", "abc")));
  }

  /** GStreamer's ONVIF server refuses to seek in what it cannot seek in. */
  @Test
  void whatIsDescribedAsLiveIsPlayedFromNow() {
    Script script = described("a=range:npt=now-\n" + WITH_BACK_CHANNEL).expectSetUps(60);
    script.expect("SETUP", URL + "/back");
    answerTcp(script, 4).expectPrepared();
    script.expect("PLAY", URL).expectHeader("Range", "npt=now-");
  }

  @Test
  void withoutABackChannelTheRangeIsThatOfAllOthers() {
    Script script = described("a=range:npt=now-\n" + SDP).expectSetUps(60);
    script.expectPrepared();
    script.expect("PLAY", URL).expectHeader("Range", "npt=0.000-");
  }

  // ---- It is not

  @ParameterizedTest
  @ValueSource(ints = {400, 403, 404, 415, 451, 500, 501, 551})
  void aCameraThatRefusesTheRequirementIsPlayedWithoutIt(int status) {
    Script script = begun().expect("DESCRIBE", URL).expectHeader("Require", TAG).answer(status);
    script.expect("DESCRIBE", URL).expectHeader("Require", null).describe(SDP);
    script.expectSetUps(60);
    expectNone(script, status + " Status to DESCRIBE");
  }

  @Test
  void whereDescribeIsRefusedWithoutItTooItIsRequiredAgainBehindOptions() {
    Script script = begun().expect("DESCRIBE", URL).answer(551);
    script.expect("DESCRIBE", URL).expectHeader("Require", null).answer(400);
    script.expect("OPTIONS", URL).answer(200);
    script.expect("DESCRIBE", URL).expectHeader("Require", TAG).describe(WITH_BACK_CHANNEL);
    script.expectSetUps(60).expect("SETUP", URL + "/back");
  }

  @Test
  void whatIsRefusedAtLastEndsIt() {
    Script script = begun().expect("DESCRIBE", URL).answer(551);
    script.expect("DESCRIBE", URL).answer(551).expect("OPTIONS", URL).answer(200);
    script.expect("DESCRIBE", URL).expectHeader("Require", TAG).answer(551);
    script.expect("DESCRIBE", URL).expectHeader("Require", null).answer(551);
    script.expectEnd(EndReason.Kind.REFUSED);
  }

  @Test
  void aCameraThatHungUpTwiceAtTheRequirementIsNotSentIt() {
    Script first = begun().expect("DESCRIBE", URL);
    assertThat(first.openRequest()).contains("DESCRIBE with Require");
    KnownDevice known = new KnownDevice(Set.of("DESCRIBE with Require"), ONE_BY_ONE.traits());
    Script script = begun(known, TransportPlan.interleaved());
    script.expect("DESCRIBE", URL).expectHeader("Require", null).describe(SDP).expectSetUps(60);
    expectNone(script, "ended the connection twice");
  }

  @Test
  void aDescriptionWithoutItIsPlayed() {
    Script script = described(SDP).expectSetUps(60);
    expectNone(script, "the camera describes none");
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 453, 461, 503, 551})
  void aSetupThatIsRefusedIsNoEndOfTheOthers(int status) {
    Script script = described(WITH_BACK_CHANNEL).expectSetUps(60);
    script.expect("SETUP", URL + "/back").answer(status);
    expectNone(script, status + " Status to SETUP");
  }

  @Test
  void whereNoMediaIsSetUpItIsNotEither() {
    Script script = described(WITH_BACK_CHANNEL).expect("SETUP", URL + "/track0").answer(404);
    script.expect("SETUP", URL + "/track1").answer(404);
    assertThat(script.expectEnd(EndReason.Kind.REFUSED).reason()).contains("404");
  }

  // ---- Transports

  @Test
  void overUdpTheCameraHasToSayWhereItReceives() {
    Script script = overUdp();
    script.answer(200, "Transport", "RTP/AVP;unicast;client_port=5004-5005", "Session", "abc");
    expectNone(script, "server_port");
  }

  @Test
  void overUdpItGoesToTheCamerasPorts() {
    Script script = overUdp();
    script.answer(
        200,
        "Transport",
        "RTP/AVP;unicast;client_port=5004-5005;server_port=6000-6001",
        "Session",
        "abc");
    TrackTransport transport = script.expectPrepared().get(2).transport();
    assertThat(((TrackTransport.Udp) transport).server()).contains(new Pair(6000, 6001));
  }

  private static Script overUdp() {
    Script script = begun(ONE_BY_ONE, TransportPlan.udp()).expect("DESCRIBE", URL);
    script.describe(WITH_BACK_CHANNEL);
    for (int place = 0; place < 3; place++) {
      script.expect(new DialogueCommand.OpenPorts(place));
      script.tell(new DialogueEvent.PortsOpened(new Pair(5000 + 2 * place, 5001 + 2 * place)));
      script.expectRequest("SETUP");
      if (place < 2) {
        script.answer(200, "Session", "abc");
      }
    }
    return script;
  }

  @Test
  void itDoesNotGoByMulticast() throws Exception {
    Script script =
        begun(ONE_BY_ONE, TransportPlan.multicast(OptionalInt.empty())).expect("DESCRIBE", URL);
    script.describe(WITH_BACK_CHANNEL);
    for (int place = 0; place < 2; place++) {
      String group = "RTP/AVP;multicast;destination=239.0.0." + (place + 1) + ";port=5000-5001";
      script.expect("SETUP", URL + "/track" + place);
      script.answer(200, "Transport", group, "Session", "abc");
      assertThat(script.expectAny()).isInstanceOf(DialogueCommand.JoinGroup.class);
      script.tell(new DialogueEvent.GroupJoined());
    }
    expectNone(script, "multicast");
  }
}

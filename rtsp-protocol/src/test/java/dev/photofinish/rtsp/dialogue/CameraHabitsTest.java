package dev.photofinish.rtsp.dialogue;

import static dev.photofinish.rtsp.dialogue.Script.SDP;
import static dev.photofinish.rtsp.dialogue.Script.URL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.rtsp.message.Headers;
import dev.photofinish.rtsp.message.KeepAliveMethod;
import dev.photofinish.rtsp.message.Pair;
import dev.photofinish.rtsp.message.RtspResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The habits of cameras in {@code docs/rtsp.md}, each with the camera that was seen with it. */
class CameraHabitsTest {

  private static Script begun() {
    return begun(new Script());
  }

  private static Script begun(Script script) {
    script.tell(new DialogueEvent.Connected()).tell(new DialogueEvent.Selected());
    return script.expect("DESCRIBE", URL);
  }

  private static Script described(String sdp) {
    return begun().describe(sdp);
  }

  private static String recorded(String name) throws IOException {
    String path = "/camera-data/gortsplib/" + name + ".sdp";
    try (InputStream in = CameraHabitsTest.class.getResourceAsStream(path)) {
      return new String(Objects.requireNonNull(in, path).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  // ---- CSeq

  private static Script numbered(Script script, int cseq, int status, String... headers) {
    Headers all = Headers.of(headers).plus("CSeq", String.valueOf(cseq));
    return script.receive(RtspResponse.of(status, "Status", all));
  }

  /** Foscam C1, luisiam/homebridge-foscamcamera#6: 0 where CSeq is not the last header. */
  @Test
  void anAnswerWithAnotherNumberIsTheOpenRequestsAfterASecond() {
    Script script = described(SDP).expect("SETUP", URL + "/track0");
    numbered(script, 0, 200, "Session", "abc").expectSilence();
    script.pass(999).expectSilence().pass(1).expect("SETUP", URL + "/track1");
    assertThat(script.traits()).containsExactly(Trait.MISNUMBERS);
    numbered(script, 0, 200).expectPrepared();
  }

  /** So that it is at once on the next connection. */
  @Test
  void whereThatIsKnownItIsTakenAtOnce() {
    Script script =
        Script.knowing(null, new KnownDevice(Set.of(), Set.of(Trait.MISNUMBERS)))
            .tell(new DialogueEvent.Connected());
    script.tell(new DialogueEvent.Selected()).expect("DESCRIBE", URL).describe(SDP);
    numbered(script.expect("SETUP", URL + "/track0"), 0, 200, "Session", "abc");
    script.expect("SETUP", URL + "/track1").expect("PLAY", URL);
    numbered(numbered(script, 0, 200), 0, 200).expectPrepared();
    script.expect(new DialogueCommand.Playing());
  }

  /** Tapo C220 and C520WS, scottlamb/retina#133 and #136: the number before, with the refusal. */
  @Test
  void aRefusedKeepAliveWithTheNumberBeforeIsFollowedByTheNextMethod() {
    Script script = Script.playing(15, "GET_PARAMETER").pass(7_500);
    script.expect("GET_PARAMETER", URL);
    int cseq = script.request().cseq().orElseThrow();
    numbered(script, cseq - 1, 400).pass(1_000).expect("OPTIONS", URL);
    assertThat(script.state()).isEqualTo(DialogueState.PLAYING);
  }

  @Test
  void theRightAnswerThatComesInTimeIsTaken() {
    Script script = described(SDP).expect("SETUP", URL + "/track0");
    numbered(script, 99, 404).pass(500).expectSilence().answer(200, "Session", "abc");
    script.expect("SETUP", URL + "/track1").pass(2_000).expectSilence();
    assertThat(script.traits()).isEmpty();
  }

  @Test
  void anotherNumberIsNobodysWhereThatIsNotForgiven() {
    Set<Quirk> strict = EnumSet.complementOf(EnumSet.of(Quirk.WRONG_CSEQ));
    Script script = begun(new Script(null, KeepAliveMethod.AUTO, strict));
    numbered(script, 0, 404).pass(10_000).expectEnd(EndReason.Kind.SILENT);
  }

  // ---- PLAY

  private static Script refusedOnce() {
    Script script = described(SDP).expectSetUps(60);
    script.expectPrepared();
    script.expect("PLAY", URL).answer(455);
    return script.pass(249).expectSilence().pass(1).expect("PLAY", URL);
  }

  @Test
  void playIsAskedAgainOfACameraThatIsNotReadyRightAfterSetup() {
    refusedOnce().answer(200).expect(new DialogueCommand.Playing());
  }

  @Test
  void whatIsNotReadyWithinASecondHasRefused() {
    Script script = refusedOnce();
    for (int again = 1; again < 4; again++) {
      script.answer(455).pass(250).expect("PLAY", URL);
    }
    assertThat(script.answer(455).expectEnd(EndReason.Kind.REFUSED).reason()).startsWith("455");
  }

  // ---- Transport

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "RTP/AVP;unicast;interleaved=4-5 | 4-5",
        "RTP/AVP/TCP;unicast;interleaved=4 | 4-5",
        "RTP/AVP;unicast;mode=play | 0-1",
        // Luckfox rkipc, scottlamb/retina#120: the SSRC in decimal, before the channels.
        "RTP/AVP/TCP;ssrc=22345684;interleaved=0-1 | 0-1",
      })
  void channelsHoldHoweverTheTransportIsSpelled(String transport, String channels) {
    Script script = described("m=video 0 RTP/AVP 96\n").expectRequest("SETUP");
    script.answer(200, "Session", "abc", "Transport", transport);
    assertThat(script.expectPrepared())
        .extracting(track -> ((TrackTransport.Interleaved) track.transport()).channels())
        .extracting(Pair::toString)
        .containsExactly(channels);
  }

  /** 461, or 406 as in deepch/RTSPtoWeb#249. */
  @ParameterizedTest
  @ValueSource(ints = {461, 406})
  void udpIsAskedForInItsOtherSpellingBeforeItIsGivenUp(int status) {
    Script script =
        begun(
                Script.by(
                    TransportPlan.udp(),
                    TransportPlan.udpSpelledOut(),
                    TransportPlan.interleaved()))
            .describe("m=video 0 RTP/AVP 96\n");
    ports(script, 5000).expectHeader("Transport", "RTP/AVP;unicast;client_port=5000-5001");
    ports(script.answer(status), 5002)
        .expectHeader("Transport", "RTP/AVP/UDP;unicast;client_port=5002-5003");
    script.answer(200, "Session", "abc", "Transport", "RTP/AVP/UDP;unicast;client_port=5002-5003");
    assertThat(script.expectPrepared()).hasSize(1);
  }

  private static Script ports(Script script, int port) {
    script.expect(new DialogueCommand.OpenPorts(0));
    return script
        .tell(new DialogueEvent.PortsOpened(new Pair(port, port + 1)))
        .expectRequest("SETUP");
  }

  // ---- SDP

  @ParameterizedTest
  @CsvSource({
    "issue_mediamtx_2128_vurix_nvr, rtsp://10.10.10.10:5556/vurix/1414/0/video",
    "issue_mediamtx_85_sony_snc_wr630, rtsp://192.0.2.1/stream/trackID=1",
    "issue_mediamtx_5292_verint_cameras_ip_instead_of_in_in_origin,"
        + " rtsp://192.168.1.1:554/c266233d-e0e5-414f-9c57-9ed9d187c969/Video",
    "issue_gortsplib_85_flir_timing, rtsp://172.16.2.20/sid=96&overlay=on",
    "issue_mediamtx_227_hik_media_server, rtsp://192.0.2.1/stream/trackID=video",
    "issue_mediamtx_2708_y_cam_bullet_hd, rtsp://192.0.2.1/stream/trackID=1",
    "issue_gortsplib_60_hex_session, -",
    "issue_gortsplib_112_a_hex_session, -",
    "issue_gortsplib_201_invalid_origin, -",
    "issue_gortsplib_448_no_v_0_at_start, -",
    "issue_mediamtx_2473_no_session_name, -",
    "issue_mediamtx_2558_decimal_numbers_in_origin, -",
    "issue_mediamtx_121_empty_unicast_address, -",
    "issue_mediamtx_5008_uniview_ipc2122lb_sf28k_a, -",
  })
  void linesThatSayNothingAboutMediaMayHoldAnything(String camera, String firstSetup)
      throws IOException {
    String sdp = recorded("sdpunmarshaler__" + camera);
    String media = sdp.contains("m=") ? "" : "m=video 0 RTP/AVP 26\r\n";
    Script script = described(sdp + media).expectRequest("SETUP");
    if (!firstSetup.equals("-")) {
      assertThat(script.request().uri()).isEqualTo(firstSetup);
    }
  }

  /** AlexxIT/go2rtc#679: three lines are all that there is. */
  @Test
  void mediaLinesAloneAreADescription() {
    described("m=video 0 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\na=control:trackID=0\r\n")
        .expect("SETUP", URL + "/trackID=0");
  }

  /** TP-Link and Mercury: a sub-type behind the media, and no payload type in its line. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "application_tp_link_issue_gortsplib_509",
        "application_tp_link_issue_mediamtx_1267",
        "application_mercury_issue_gortsplib_271"
      })
  void anApplicationOfTpLinkHasThePayloadTypeOfItsRtpmap(String camera) throws IOException {
    Script script = described(recorded("format__" + camera)).expectRequest("SETUP");
    script.answer(200, "Session", "abc");
    assertThat(script.expectPrepared())
        .singleElement()
        .satisfies(
            track -> {
              assertThat(track.media().type()).isEqualTo("application");
              assertThat(track.media().format().payloadType()).isEqualTo(95);
            });
  }

  @Test
  void aMediaLineWithoutAPayloadTypeHasThatOfItsRtpmap() {
    String sdp = "v=0\r\nm=video 0 RTP/AVP\r\na=rtpmap:96 H264/90000\r\na=control:track0\r\n";
    Script script = described(sdp).expectRequest("SETUP").answer(200, "Session", "abc");
    assertThat(script.expectPrepared())
        .singleElement()
        .extracting(track -> track.media().format().payloadType())
        .isEqualTo(96);
  }

  @Test
  void formatParametersUnderAnotherMediaAreThoseOfTheirPayloadType() {
    Script script =
        described(
            """
            m=audio 0 RTP/AVP 0
            a=fmtp:96 packetization-mode=1
            a=control:a
            m=video 0 RTP/AVP 96
            a=control:v
            a=rtpmap:96 H264/90000
            a=fmtp:96
            """);
    script.expectRequest("SETUP").answer(200, "Session", "abc");
    script.expectRequest("SETUP").answer(200);
    assertThat(script.expectPrepared().get(1).media().format().parameter("packetization-mode"))
        .contains("1");
  }

  /** Start codes in parameter sets: what they hold is for a decoder, and is handed on as it is. */
  @ParameterizedTest
  @CsvSource({"format__video_h264_annexb", "format__video_h265_annexb"})
  void parameterSetsInAnnexBAreHandedOn(String camera) throws IOException {
    Script script = described(recorded(camera)).expectRequest("SETUP");
    script.answer(200, "Session", "abc");
    assertThat(script.expectPrepared().get(0).media().format().fmtp())
        .anySatisfy(parameter -> assertThat(parameter.value().orElse("")).startsWith("AAAAA"));
  }

  // ---- PLAY

  /** Where media begins is seen from its packets, whatever RTP-Info says, as with ffmpeg. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "url=track0;seq=0;rtptime=0",
        "url=rtsp://192.0.2.1:10554/stream/track0;seq=1;rtptime=-1",
        "seq=1",
        ";;;",
      })
  void whateverRtpInfoSaysItPlays(String info) {
    Script script = described("m=video 0 RTP/AVP 96\n").expectRequest("SETUP");
    script.answer(200, "Session", "abc").expectPrepared();
    script.expect("PLAY", URL).answer(200, "RTP-Info", info);
    script.expect(new DialogueCommand.Playing());
  }

  // ---- TEARDOWN

  @ParameterizedTest
  @ValueSource(ints = {400, 404, 454, 455, 500, 501})
  void whateverTeardownIsAnsweredItIsOver(int status) {
    Script script = Script.playing(60, "OPTIONS").tell(new DialogueEvent.Teardown());
    script.expect("TEARDOWN", URL).answer(status).expectEnd(EndReason.Kind.LEFT);
  }
}

package dev.photofinish.rtsp.dialogue.server;

import static dev.photofinish.rtsp.dialogue.server.ServerScript.URL;
import static dev.photofinish.rtsp.dialogue.server.ServerScript.header;
import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.rtsp.message.Authorization;
import dev.photofinish.rtsp.message.Credentials;
import dev.photofinish.rtsp.message.RtspResponse;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** ANNOUNCE and RECORD (RFC 2326 sections 10.3 and 10.11). */
class PublishingTest {
  static final String SDP =
      """
      v=0
      o=- 0 0 IN IP4 127.0.0.1
      s=Pushed
      t=0 0
      m=video 0 RTP/AVP 96
      a=rtpmap:96 H264/90000
      a=control:streamid=0
      m=audio 0 RTP/AVP 97
      a=rtpmap:97 OPUS/48000/2
      a=control:streamid=1
      """;
  private static final String TCP = "RTP/AVP/TCP;unicast;interleaved=0-1;mode=record";
  private static final String MORE = "RTP/AVP/TCP;unicast;interleaved=2-3;mode=record";

  private ServerScript script = new ServerScript();

  private RtspResponse announce(String sdp, String... headers) {
    String[] all = ServerScript.with(headers, "Content-Type", "application/sdp");
    return script.askWith(sdp, "ANNOUNCE", URL, all);
  }

  /** Announces, and sets up the first track. */
  private String setUp() {
    assertThat(announce(SDP).status()).isEqualTo(200);
    RtspResponse answer = script.ask("SETUP", URL + "/streamid=0", "Transport", TCP);
    assertThat(answer.status()).isEqualTo(200);
    script.said();
    return ServerScript.session(answer);
  }

  private String record() {
    String session = setUp();
    assertThat(script.ask("RECORD", URL, "Session", session).status()).isEqualTo(200);
    script.said();
    return session;
  }

  @Test
  void announcesSetsUpAndRecords() {
    assertThat(announce(SDP).status()).isEqualTo(200);
    RtspResponse first = script.ask("SETUP", URL + "/streamid=0", "Transport", TCP);
    assertThat(header(first, "Transport"))
        .isEqualTo("RTP/AVP/TCP;unicast;mode=record;interleaved=0-1;ssrc=1234ABCD");
    String session = ServerScript.session(first);
    script.ask("SETUP", URL + "/streamid=1", "Session", session, "Transport", MORE);
    RtspResponse recorded = script.ask("RECORD", URL, "Session", session, "Range", "npt=0.000-");
    assertThat(recorded.status()).isEqualTo(200);
    assertThat(header(recorded, "Session")).isEqualTo(session);
    assertThat(script.said())
        .containsExactly(
            "announce cam of 2",
            "input of cam",
            "open 0 Interleaved[channels=0-1]",
            "input of cam",
            "open 1 Interleaved[channels=2-3]",
            "prepare to record",
            "record");
  }

  /** Media may come as soon as the answer is out, and not before. */
  @Test
  void theAnswerComesBeforeTheMedia() {
    String session = setUp();
    script.waiting().send("RECORD", URL, "Session", session);
    assertThat(script.said()).containsExactly("prepare to record");
    script.replyAsAsked();
    assertThat(script.said()).containsExactly("record");
  }

  @ParameterizedTest
  @CsvSource({
    "streamid=0,/streamid=0,200",
    "stream=0,/stream=0/,200",
    "trackID=2,/trackID=2,200",
    "x,/trackID=1,200",
    "rtsp://192.0.2.9:8554/cam/a,/a,200",
    "streamid=0,/streamid=7,404",
    "streamid=0,'',459"
  })
  void aTrackIsFoundByItsControl(String control, String behind, int status) {
    announce(SDP.replace("streamid=0", control));
    RtspResponse answer = script.ask("SETUP", URL + behind, "Transport", TCP);
    assertThat(answer.status()).isEqualTo(status);
  }

  @Test
  void theUrlOfAQueryIsTheStreams() {
    script.askWith(SDP, "ANNOUNCE", URL + "?x=1", "Content-Type", "application/sdp");
    RtspResponse answer = script.ask("SETUP", URL + "?x=1/streamid=1", "Transport", TCP);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(script.said()).contains("open 1 Interleaved[channels=0-1]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"record", "RECORD", "\"RECORD\"", "receive"})
  void theModeIsSpelledInManyWays(String mode) {
    announce(SDP);
    String transport = "RTP/AVP/TCP;interleaved=0-1;mode=" + mode;
    assertThat(script.ask("SETUP", URL + "/streamid=0", "Transport", transport).status())
        .isEqualTo(200);
    assertThat(script.said()).contains("input of cam");
  }

  @Test
  void aSetupWithoutAModeIsOfWhatWasAnnounced() {
    announce(SDP);
    script.ask("SETUP", URL + "/streamid=0", "Transport", "RTP/AVP;client_port=5000-5001");
    assertThat(script.said()).contains("input of cam", "open 0 Udp[ports=5000-5001]");
  }

  @Test
  void whatWasAnnouncedIsReadOverTheSameConnectionToo() {
    announce(SDP);
    String play = "RTP/AVP/TCP;interleaved=0-1;mode=play";
    assertThat(script.ask("SETUP", URL + "/trackID=1", "Transport", play).status()).isEqualTo(200);
    assertThat(script.said()).doesNotContain("input of cam");
  }

  @Test
  void nothingIsPublishedByMulticast() {
    announce(SDP);
    String transport = "RTP/AVP;multicast;port=5000-5001;mode=record";
    assertThat(script.ask("SETUP", URL + "/streamid=0", "Transport", transport).status())
        .isEqualTo(461);
  }

  @Test
  void withoutAnAnnouncementNothingIsRecorded() {
    assertThat(script.ask("SETUP", URL + "/streamid=0", "Transport", TCP).status()).isEqualTo(455);
    assertThat(script.ask("RECORD", URL).status()).isEqualTo(454);
  }

  @Test
  void anAnnouncementThatWasRefusedIsNone() {
    script.refusing(
        Announcement.class, new Refusal(503, "Another publisher sends it", Duration.ofSeconds(5)));
    RtspResponse refused = announce(SDP);
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.reason()).isEqualTo("Another publisher sends it");
    assertThat(header(refused, "Retry-After")).isEqualTo("5");
    assertThat(script.ask("SETUP", URL + "/streamid=0", "Transport", TCP).status()).isEqualTo(455);
  }

  /** RFC 2326 section 11.3.3: "the response MUST include an Allow header". */
  @Test
  void whatIsNotPublishedSaysWhatItTakes() {
    script.refusing(Announcement.class, new Refusal(405, ""));
    assertThat(header(announce(SDP), "Allow"))
        .isEqualTo("OPTIONS, DESCRIBE, SETUP, PLAY, PAUSE, GET_PARAMETER, SET_PARAMETER, TEARDOWN");
  }

  @Test
  void whoMayNotRecordNowKeepsTheSession() {
    script.refusing(ServedSession.State.class, new Refusal(503, ""));
    String session = setUp();
    assertThat(script.ask("RECORD", URL, "Session", session).status()).isEqualTo(503);
    script.granting(ServedSession.State.class);
    assertThat(script.ask("RECORD", URL, "Session", session).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "v=0\n", "x", "v=0\nm=video nonsense\n"})
  void whatDescribesNothingIsRefused(String sdp) {
    RtspResponse refused = announce(sdp);
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.reason()).startsWith("Bad Request: ").hasSizeGreaterThan(20);
    assertThat(script.said()).isEmpty();
  }

  @Test
  void moreThanSixteenTracksAreRefused() {
    RtspResponse refused = announce("v=0\n" + "m=audio 0 RTP/AVP 0\n".repeat(17));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.reason()).isEqualTo("Bad Request: SDP: saw 17 media, expected at most 16");
    assertThat(announce("v=0\n" + "m=audio 0 RTP/AVP 0\n".repeat(16)).status()).isEqualTo(200);
  }

  @Test
  void anotherTypeIsNotRead() {
    RtspResponse answer = script.askWith(SDP, "ANNOUNCE", URL, "Content-Type", "application/mheg");
    assertThat(answer.status()).isEqualTo(415);
    assertThat(script.askWith(SDP, "ANNOUNCE", URL).status()).isEqualTo(200);
  }

  @Test
  void oneStreamIsPublishedAtATime() {
    String session = record();
    RtspResponse again = announce(SDP);
    assertThat(again.status()).isEqualTo(455);
    assertThat(header(again, "Allow")).isEqualTo("OPTIONS, RECORD, PAUSE, TEARDOWN");
    script.ask("TEARDOWN", URL, "Session", session);
    assertThat(announce(SDP).status()).isEqualTo(200);
  }

  @Test
  void aPauseEndsTheMediaAndRecordGoesOn() {
    String session = record();
    assertThat(script.ask("RECORD", URL, "Session", session).status()).isEqualTo(200);
    assertThat(script.said()).isEmpty();
    assertThat(script.ask("PAUSE", URL, "Session", session).status()).isEqualTo(200);
    assertThat(script.ask("PAUSE", URL, "Session", session).status()).isEqualTo(455);
    assertThat(script.ask("RECORD", URL, "Session", session).status()).isEqualTo(200);
    assertThat(script.said()).containsExactly("pause", "prepare to record", "record");
  }

  @ParameterizedTest
  @ValueSource(strings = {URL, URL + "/", URL + "/streamid=0"})
  void tearDownEndsTheWhole(String uri) {
    String session = record();
    assertThat(script.ask("TEARDOWN", uri, "Session", session).status()).isEqualTo(200);
    assertThat(script.said()).containsExactly("close session: the publisher sent TEARDOWN");
  }

  @Test
  void whatIsPublishedIsNotPlayedAndWhatIsPlayedNotRecorded() {
    String publishing = record();
    assertThat(script.ask("PLAY", URL, "Session", publishing).status()).isEqualTo(455);
    assertThat(
            script
                .ask("SETUP", URL + "/streamid=1", "Session", publishing, "Transport", MORE)
                .status())
        .isEqualTo(455);
    script = new ServerScript();
    String reading = script.play(ServerScript.TCP);
    assertThat(script.ask("RECORD", URL, "Session", reading).status()).isEqualTo(455);
  }

  @Test
  void aPublisherThatIsEndedIsSaidSo() {
    String session = record();
    script.tell(new ServerEvent.StreamEnded("cam", "no media came for 10 s"));
    assertThat(script.requests()).hasSize(1);
    assertThat(header(script.requests().get(0), "Session")).isEqualTo(session);
    assertThat(script.said())
        .containsExactly(
            "close session: no media came for 10 s", "close connection: no media came for 10 s");
  }

  @Test
  void itsSessionEndsWithItsConnection() {
    record();
    script.tell(new ServerEvent.Closed());
    assertThat(script.said()).containsExactly("close session: the client closed the connection");
  }

  @Test
  void aRightToReadIsNoneToPublish() {
    script = new ServerScript(ServerSettings.DEFAULT, true, LoginTest.rules());
    assertThat(announce(SDP).status()).isEqualTo(401);
    assertThat(announce(SDP, "Authorization", basic(LoginTest.ANNA)).status()).isEqualTo(403);
    assertThat(script.said()).isEmpty();
  }

  @Test
  void whoMayPublishLogsInAtAnnounce() {
    script =
        new ServerScript(ServerSettings.DEFAULT, true, LoginTest.rules(Set.of(Purpose.PUBLISH)));
    assertThat(announce(SDP).status()).isEqualTo(401);
    assertThat(announce(SDP, "Authorization", basic(LoginTest.ANNA)).status()).isEqualTo(200);
    assertThat(script.lastStream().user()).contains(LoginTest.ANNA.user());
    assertThat(script.ask("SETUP", URL + "/streamid=0", "Transport", TCP).status()).isEqualTo(200);
  }

  private static String basic(Credentials credentials) {
    return new Authorization.Basic(credentials).headerValue();
  }
}

package dev.photofinish.rtsp.dialogue.server;

import static dev.photofinish.rtsp.dialogue.server.ServerScript.CAM;
import static dev.photofinish.rtsp.dialogue.server.ServerScript.TCP;
import static dev.photofinish.rtsp.dialogue.server.ServerScript.URL;
import static dev.photofinish.rtsp.dialogue.server.ServerScript.header;
import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.rtsp.message.Authorization;
import dev.photofinish.rtsp.message.FeatureTags;
import dev.photofinish.rtsp.message.MediaDescription;
import dev.photofinish.rtsp.message.RtspResponse;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Readers that talk to the camera (ONVIF Streaming Specification section 5.3). */
class TalkingTest {
  /** {@link ServerScript#CAM}, to which one may talk. */
  static final ServedStream TALKING = talking();

  private static final String BACK = URL + "/trackID=3";
  private static final String MORE = "RTP/AVP/TCP;unicast;interleaved=4-5";
  private static final String WAY =
      "m=audio 0 RTP/AVP 0\r\na=rtpmap:0 PCMU/8000\r\na=sendonly\r\na=control:trackID=3\r\n";
  private static final String ANNA = new Authorization.Basic(LoginTest.ANNA).headerValue();

  private ServerScript script = new ServerScript();

  private static ServedStream talking() {
    MediaDescription way =
        ServerScript.stream("v=0\nm=audio 0 RTP/AVP 0\na=rtpmap:0 PCMU/8000\n").media().get(0);
    return new ServedStream(CAM.title(), CAM.media(), Optional.of(way));
  }

  @BeforeEach
  void serve() {
    script.serving("cam", TALKING);
  }

  private void with(Access access) {
    script = new ServerScript(ServerSettings.DEFAULT, true, access);
    serve();
  }

  private RtspResponse describe(String... headers) {
    return script.ask(
        "DESCRIBE", URL, ServerScript.with(headers, "Require", FeatureTags.BACK_CHANNEL));
  }

  private static boolean isDescribed(RtspResponse answer) {
    assertThat(answer.status()).isEqualTo(200);
    return answer.body().text().endsWith(WAY);
  }

  @Test
  void itIsDescribedToThoseWhoRequireIt() {
    assertThat(isDescribed(describe())).isTrue();
    RtspResponse without = script.ask("DESCRIBE", URL);
    assertThat(without.status()).isEqualTo(200);
    assertThat(without.body().text()).doesNotContain("sendonly", "trackID=3");
  }

  /** The requirement is understood, so that the picture is there without another DESCRIBE. */
  @Test
  void aCameraWithoutItIsDescribedAllTheSame() {
    script.serving("cam", CAM);
    assertThat(isDescribed(describe())).isFalse();
    assertThat(script.ask("SETUP", BACK, "Transport", TCP).status()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {MORE, "RTP/AVP;unicast;client_port=5000-5001", "RTP/AVP/TCP;interleaved=4-5"})
  void isSetUpAndPlayedWithTheOthers(String transport) {
    String session = script.setUp(1, TCP);
    String[] named = {"Session", session, "Require", FeatureTags.BACK_CHANNEL};
    RtspResponse answer =
        script.ask("SETUP", BACK, ServerScript.with(named, "Transport", transport));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(script.ask("PLAY", URL, named).status()).isEqualTo(200);
    assertThat(script.said())
        .contains("back channel of cam", "play")
        .filteredOn(said -> said.startsWith("open "))
        .hasSize(2)
        .last()
        .asString()
        .startsWith("open 2 ");
    assertThat(script.ask("TEARDOWN", BACK, named).status()).isEqualTo(200);
    assertThat(script.said()).containsExactly("close 2");
  }

  @Test
  void mayBeAllThatIsSetUp() {
    String session = script.setUp(3, TCP);
    assertThat(script.ask("PLAY", URL, "Session", session).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({"RTP/AVP;multicast, 461", "RTP/AVP/TCP;interleaved=0-1;mode=record, 455"})
  void notByMulticastOrForARecording(String transport, int status) {
    assertThat(script.ask("SETUP", BACK, "Transport", transport).status()).isEqualTo(status);
  }

  @Test
  void aRefusalLeavesTheSessionToTheOthers() {
    String session = script.setUp(1, TCP);
    script.refusing(TransportOffer.Udp.class, new Refusal(461, ""));
    RtspResponse answer =
        script.ask("SETUP", BACK, "Session", session, "Transport", ServerScript.UDP);
    assertThat(answer.status()).isEqualTo(461);
    assertThat(script.ask("PLAY", URL, "Session", session).status()).isEqualTo(200);
  }

  // ---- Rights

  /** By default a user may see, and no more. */
  @Test
  void whoMayNotTalkGetsThePicture() {
    with(LoginTest.rules());
    assertThat(isDescribed(describe("Authorization", ANNA))).isFalse();
    String session = script.setUp(1, TCP, "Authorization", ANNA);
    String[] more = {"Session", session, "Transport", MORE};
    assertThat(script.ask("SETUP", BACK, more).status()).isEqualTo(403);
    assertThat(script.ask("PLAY", URL, "Session", session).status()).isEqualTo(200);
    assertThat(script.said()).doesNotContain("back channel of cam");
  }

  @Test
  void nobodyWithoutTheRightBeginsASessionWithIt() {
    with(LoginTest.rules());
    RtspResponse answer = script.ask("SETUP", BACK, "Transport", TCP, "Authorization", ANNA);
    assertThat(answer.status()).isEqualTo(403);
    assertThat(header(answer, "Session")).isEmpty();
    assertThat(script.sessions()).isEmpty();
  }

  @Test
  void whoMayTalkLogsInAsForReading() {
    with(new Talkers(false));
    assertThat(isDescribed(describe("Authorization", ANNA))).isTrue();
    String session = script.setUp(1, TCP, "Authorization", ANNA);
    String[] more = {"Session", session, "Transport", MORE};
    assertThat(script.ask("SETUP", BACK, more).status()).isEqualTo(200);
  }

  @Test
  void whereAnyoneMayReadTheLoginIsForTheBackChannel() {
    with(new Talkers(true));
    assertThat(script.ask("DESCRIBE", URL).status()).isEqualTo(200);
    assertThat(describe().status()).isEqualTo(401);
    assertThat(isDescribed(describe("Authorization", ANNA))).isTrue();
    String session = script.setUp(1, TCP);
    String[] more = {"Session", session, "Transport", MORE};
    assertThat(script.ask("SETUP", BACK, more).status()).isEqualTo(401);
    assertThat(script.ask("SETUP", BACK, ServerScript.with(more, "Authorization", ANNA)).status())
        .isEqualTo(200);
  }

  @Test
  void aWrongPasswordForItCounts() {
    with(new Talkers(true));
    describe("Authorization", "Basic YW5uYTp3cm9uZw==");
    assertThat(script.answers()).last().extracting(RtspResponse::status).isEqualTo(401);
    assertThat(script.said()).contains("login refused: cam");
  }

  /** Anna, who may talk. */
  private static final class Talkers implements Access {
    private final Access users = LoginTest.rules();
    private final boolean open;

    /**
     * @param open whether anyone may read
     */
    Talkers(boolean open) {
      this.open = open;
    }

    @Override
    public String realm() {
      return users.realm();
    }

    @Override
    public boolean isOpen(Purpose purpose, String stream) {
      return open && purpose == Purpose.READ;
    }

    @Override
    public Optional<UserHashes> find(String user) {
      return users.find(user);
    }

    @Override
    public boolean isAllowed(Purpose purpose, String user, String stream) {
      return purpose == Purpose.TALK
          ? user.equals("anna") && stream.equals("cam")
          : users.isAllowed(purpose, user, stream);
    }
  }
}

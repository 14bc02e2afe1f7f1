package dev.photofinish.rtsp.dialogue.server;

import static dev.photofinish.rtsp.dialogue.server.ServerScript.TCP;
import static dev.photofinish.rtsp.dialogue.server.ServerScript.UDP;
import static dev.photofinish.rtsp.dialogue.server.ServerScript.URL;
import static dev.photofinish.rtsp.dialogue.server.ServerScript.header;
import static dev.photofinish.rtsp.dialogue.server.ServerScript.session;
import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.rtsp.message.RtspResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** SETUP (RFC 2326 sections 10.4 and 12.39). */
class SettingUpTest {
  private static final String TRACK = URL + "/trackID=1";
  private static final Refusal LATER = new Refusal(453, "", Duration.ofSeconds(9));
  private static final Refusal NO_UDP = new Refusal(461, "");

  private final ServerScript script = new ServerScript();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "RTP/AVP/TCP;unicast;interleaved=0-1 | RTP/AVP/TCP;unicast;interleaved=0-1;ssrc=1234ABCD",
        "RTP/AVP/TCP;unicast | RTP/AVP/TCP;unicast;interleaved=0-1;ssrc=1234ABCD",
        "rtp/avp/tcp;interleaved=6-7;mode=\"play\" |"
            + " rtp/avp/tcp;unicast;interleaved=6-7;ssrc=1234ABCD",
        "RTP/AVP;unicast;interleaved=2-3 | RTP/AVP;unicast;interleaved=2-3;ssrc=1234ABCD",
        "interleaved=4-5 | RTP/AVP/TCP;unicast;interleaved=4-5;ssrc=1234ABCD",
        "RTP/AVP/TCP;interleaved=8-8 | RTP/AVP/TCP;unicast;interleaved=0-1;ssrc=1234ABCD",
        "RTP/AVP;unicast;client_port=5000-5001 |"
            + " RTP/AVP;unicast;source=192.0.2.9;client_port=5000-5001;server_port=6000-6001;ssrc=1234ABCD",
        "RTP/AVP/UDP;client_port=5000 |"
            + " RTP/AVP/UDP;unicast;source=192.0.2.9;client_port=5000-5001;server_port=6000-6001;ssrc=1234ABCD",
        "RTP/AVP;multicast;ttl=4 |"
            + " RTP/AVP;multicast;destination=239.1.2.3;source=192.0.2.9;port=7000-7001;ttl=16;ssrc=1234ABCD",
        "RTP/SAVP/TCP;interleaved=0-1,RTP/AVP;unicast,RTP/AVP/TCP;interleaved=0-1 |"
            + " RTP/AVP/TCP;unicast;interleaved=0-1;ssrc=1234ABCD",
      })
  void aTransport(String asked, String given) {
    RtspResponse answer = script.ask("SETUP", TRACK, "Transport", asked);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(header(answer, "Transport")).isEqualTo(given);
    assertThat(header(answer, "Session")).matches("[0-9a-f]{32};timeout=60");
  }

  @Test
  void withoutADescribeTheStreamIsLookedUp() {
    script.setUp(1, TCP);
    assertThat(script.said()).containsExactly("describe cam", "open 0 Interleaved[channels=0-1]");
  }

  @Test
  void whatWasDescribedIsNotLookedUpAgain() {
    script.ask("DESCRIBE", URL);
    script.setUp(2, UDP);
    assertThat(script.said()).containsExactly("describe cam", "open 1 Udp[ports=5000-5001]");
  }

  @Test
  void aSecondTrackJoinsTheSession() {
    String session = script.setUp(1, TCP);
    assertThat(script.setUp(2, "RTP/AVP/TCP;interleaved=2-3", "Session", session))
        .isEqualTo(session);
  }

  /** The server may choose: what is in use, in any session, is not given again. */
  @Test
  void channelsThatAreInUse() {
    String session = script.setUp(1, TCP);
    RtspResponse second =
        script.ask("SETUP", URL + "/trackID=2", "Transport", TCP, "Session", session);
    RtspResponse other = script.ask("SETUP", TRACK, "Transport", "RTP/AVP/TCP;interleaved=3-9");
    assertThat(header(second, "Transport")).contains("interleaved=2-3");
    assertThat(header(other, "Transport")).contains("interleaved=4-5");
  }

  @Test
  void transportsAreTriedInTheReadersOrder() {
    script.refusing(TransportOffer.Udp.class, NO_UDP);
    RtspResponse answer =
        script.ask("SETUP", TRACK, "Transport", UDP + ",RTP/AVP;multicast," + TCP);
    assertThat(header(answer, "Transport")).startsWith("RTP/AVP;multicast");
    assertThat(script.said())
        .containsExactly(
            "describe cam",
            "open 0 Udp[ports=5000-5001]",
            "open 0 Multicast[ttl=OptionalInt.empty]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "RTP/AVP;unicast;client_port=5000-5001",
        "RTP/SAVP;unicast;client_port=5000-5001",
        "RAW/RAW/UDP;unicast;client_port=5000-5001",
        "RTP/AVP;unicast",
        "RTP/AVP;unicast;client_port=0-1",
        "RTP/AVP;unicast;client_port=99999-100000",
        "RTP/AVP/TCP;interleaved=300-301",
        ",",
      })
  void noTransportThatIsServed(String asked) {
    script.refusing(TransportOffer.Udp.class, NO_UDP);
    RtspResponse answer = script.ask("SETUP", TRACK, "Transport", asked);
    assertThat(answer.status()).isEqualTo(461);
    assertThat(answer.headers().has("Session")).isFalse();
  }

  @Test
  void noTransportAtAll() {
    assertThat(script.ask("SETUP", TRACK).status()).isEqualTo(400);
  }

  /** A limit says more than that a way is not served. */
  @Test
  void noPlaceForOneMore() {
    script.refusing(TransportOffer.Interleaved.class, LATER);
    script.refusing(TransportOffer.Udp.class, NO_UDP);
    RtspResponse answer = script.ask("SETUP", TRACK, "Transport", UDP + "," + TCP + "," + UDP);
    assertThat(answer.status()).isEqualTo(453);
    assertThat(header(answer, "Retry-After")).isEqualTo("9");
    assertThat(script.said()).endsWith("close session: no transport was opened");
  }

  @Test
  void aSessionOutlivesARefusedTrack() {
    String session = script.setUp(1, TCP);
    script.refusing(TransportOffer.Udp.class, NO_UDP);
    RtspResponse refused =
        script.ask("SETUP", URL + "/trackID=2", "Transport", UDP, "Session", session);
    assertThat(refused.status()).isEqualTo(461);
    assertThat(header(refused, "Session")).isEqualTo(session);
    assertThat(script.ask("PLAY", URL, "Session", session).status()).isEqualTo(200);
  }

  /** FFmpeg and others ask for another transport when no packet came. */
  @Test
  void aSecondSetupReplacesTheTransport() {
    String session = script.setUp(1, UDP);
    script.said();
    assertThat(script.setUp(1, TCP, "Session", session)).isEqualTo(session);
    assertThat(script.said()).containsExactly("close 0", "open 0 Interleaved[channels=0-1]");
  }

  @Test
  void theOnlyTransportIsReplacedByNone() {
    String session = script.setUp(1, UDP);
    script.refusing(TransportOffer.Interleaved.class, NO_UDP);
    RtspResponse answer = script.ask("SETUP", TRACK, "Transport", TCP, "Session", session);
    assertThat(answer.status()).isEqualTo(461);
    assertThat(answer.headers().has("Session")).isFalse();
    assertThat(script.ask("PLAY", URL, "Session", session).status()).isEqualTo(454);
  }

  /**
   * RFC 2326 section 10.4: "a server MAY allow a client to change parameters", this one does not.
   */
  @Test
  void whileItPlays() {
    String session = script.play(TCP);
    RtspResponse answer =
        script.ask("SETUP", URL + "/trackID=2", "Transport", TCP, "Session", session);
    assertThat(answer.status()).isEqualTo(455);
    assertThat(header(answer, "Allow")).isEqualTo("OPTIONS, PLAY, PAUSE, TEARDOWN");
    assertThat(header(answer, "Session")).isEqualTo(session);
  }

  @Test
  void whileItIsPaused() {
    String session = script.play(TCP);
    script.ask("PAUSE", URL, "Session", session);
    script.setUp(2, TCP, "Session", session);
  }

  @ParameterizedTest
  @CsvSource({"/trackID=0,404", "/trackID=3,404", "/trackID=x,404", "'',459", "/,459"})
  void noTrackOfTheStream(String below, int status) {
    assertThat(script.ask("SETUP", URL + below, "Transport", TCP).status()).isEqualTo(status);
    assertThat(script.said()).containsExactly("describe cam");
  }

  @Test
  void aStreamOfOneTrackTakesItsOwnUrl() {
    script.serving("one", new ServedStream("", ServerScript.CAM.media().subList(0, 1)));
    String url = "rtsp://192.0.2.9/one";
    assertThat(script.ask("SETUP", url, "Transport", TCP).status()).isEqualTo(200);
  }

  @Test
  void aStreamThatIsUnknown() {
    RtspResponse answer = script.ask("SETUP", "rtsp://h/nobody/trackID=1", "Transport", TCP);
    assertThat(answer.status()).isEqualTo(404);
  }

  @Test
  void aSessionIsOfOneStream() {
    script.serving("other", ServerScript.CAM);
    String session = script.setUp(1, TCP);
    String other = "rtsp://192.0.2.9/other";
    for (String method : List.of("SETUP", "PLAY", "PAUSE", "TEARDOWN")) {
      assertThat(script.ask(method, other + "/trackID=1", "Session", session).status())
          .isEqualTo(454);
    }
  }

  @Test
  void sessionsOfAConnectionAreFew() {
    for (int i = 0; i < ServerSettings.MOST_SESSIONS; i++) {
      script.setUp(1, UDP);
    }
    assertThat(script.ask("SETUP", TRACK, "Transport", UDP).status()).isEqualTo(453);
  }

  @Test
  void idsAreOfOneSessionEach() {
    RtspResponse first = script.ask("SETUP", TRACK, "Transport", UDP);
    RtspResponse second = script.ask("SETUP", TRACK, "Transport", UDP);
    assertThat(session(first)).isNotEqualTo(session(second));
  }

  @Test
  void aTransportThatIsNotOpenInTime() {
    script.waiting().send("SETUP", TRACK, "Transport", UDP);
    script.reply(new ServerEvent.Described(script.ticket(), ServerScript.CAM)).pass(15_000);
    assertThat(script.statuses()).containsExactly(504);
    assertThat(script.said()).endsWith("cancel", "close session: no transport was opened");
  }
}

package dev.photofinish.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.photofinish.camera.RawClient.Response;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The knobs that bend answers. */
class AnswersTest {

  private static SimulatedCamera with(String knob, String value) {
    return SimulatedCamera.builder().set(knob, value).start();
  }

  @Test
  void muteAcceptsAndNeverAnswers() throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().mute().start();
        RawClient client = RawClient.connect(camera)) {
      client.timeout(300);
      assertThatThrownBy(() -> client.request("OPTIONS"))
          .isInstanceOf(SocketTimeoutException.class);
      CameraReport report = camera.await(r -> r.requests("OPTIONS") == 1, Duration.ofSeconds(60));
      assertThat(report.connectionsOpen()).isEqualTo(1);
    }
  }

  @Test
  void answerMsDelaysEachResponseAndKeepsTheirOrder() throws Exception {
    try (SimulatedCamera camera =
            SimulatedCamera.builder().answerDelay(Duration.ofMillis(150)).start();
        RawClient client = RawClient.connect(camera)) {
      long start = System.nanoTime();
      assertThat(client.request("OPTIONS").status()).isEqualTo(200);
      client.send(camera.url(), "OPTIONS");
      client.send(camera.url(), "DESCRIBE");
      assertThat(client.response().header("CSeq")).isEqualTo("2");
      assertThat(client.response().header("CSeq")).isEqualTo("3");
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isGreaterThanOrEqualTo(Duration.ofMillis(300));
    }
  }

  @Test
  void pauseOffLeavesItOutOfPublicAndRefusesIt() throws Exception {
    try (SimulatedCamera camera = with("pause", "off");
        RawClient client = RawClient.connect(camera)) {
      assertThat(client.request("OPTIONS").header("Public")).doesNotContain("PAUSE");
      String session = client.play().session();
      Response refused = client.request("PAUSE", "Session: " + session);
      assertThat(refused.status()).isEqualTo(405);
      assertThat(refused.header("Allow")).contains("PLAY").doesNotContain("PAUSE");
      client.video(); // it plays on
    }
  }

  @Test
  void firstAnswerMsDelaysTheFirstResponseOfAConnectionOnly() throws Exception {
    try (SimulatedCamera camera = with("first-answer-ms", "600000");
        RawClient client = RawClient.connect(camera)) {
      client.timeout(200);
      assertThatThrownBy(() -> client.request("OPTIONS"))
          .isInstanceOf(SocketTimeoutException.class);
    }
    try (SimulatedCamera camera = with("first-answer-ms", "200");
        RawClient client = RawClient.connect(camera)) {
      long start = System.nanoTime();
      client.request("OPTIONS");
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isGreaterThanOrEqualTo(Duration.ofMillis(200));
    }
  }

  @Test
  void aClientThatDoesNotWaitForAnswersIsCutOff() throws Exception {
    try (SimulatedCamera camera = with("answer-ms", "600000");
        RawClient client = RawClient.connect(camera)) {
      client.raw("OPTIONS * RTSP/1.0\r\nCSeq: 1\r\n\r\n".repeat(101));
      assertThatThrownBy(client::readToEnd).isInstanceOf(SocketException.class);
    }
  }

  @Test
  void redirectSendsDescribeElsewhere() throws Exception {
    try (SimulatedCamera camera = with("redirect", "rtsp://192.0.2.1/there");
        RawClient client = RawClient.connect(camera)) {
      Response response = client.request("DESCRIBE");
      assertThat(response.status()).isEqualTo(302);
      assertThat(response.header("Location")).isEqualTo("rtsp://192.0.2.1/there");
    }
  }

  @Test
  void getParameterIsAnsweredAndKeepsASession() throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().start();
        RawClient client = RawClient.connect(camera)) {
      String session = client.setup(1, 0).session();
      assertThat(client.request("GET_PARAMETER").status()).isEqualTo(200);
      assertThat(client.request("GET_PARAMETER", "Session: " + session).header("Session"))
          .isEqualTo(session + ";timeout=60");
      assertThat(client.request("GET_PARAMETER", "Session: nobody").status()).isEqualTo(454);
    }
  }

  @Test
  void getParameterOffIsNotPublicAndNotAllowed() throws Exception {
    try (SimulatedCamera camera = with("get-parameter", "off");
        RawClient client = RawClient.connect(camera)) {
      assertThat(client.request("OPTIONS").header("Public")).endsWith("PAUSE, TEARDOWN");
      assertThat(client.request("GET_PARAMETER").status()).isEqualTo(405);
    }
  }

  @Test
  void channelOffsetAnswersOtherChannelsThanAskedAndUsesThem() throws Exception {
    try (SimulatedCamera camera = with("channel-offset", "10");
        RawClient client = RawClient.connect(camera)) {
      Response setup = client.setup(1, 0);
      assertThat(setup.header("Transport")).startsWith("RTP/AVP/TCP;unicast;interleaved=10-11;");
      client.request("PLAY", "Session: " + setup.session());
      assertThat(client.frame(frame -> !frame.rtcp()).channel()).isEqualTo(10);
    }
  }

  @Test
  void rtcpBeforePlayPutsAFrameBeforeTheResponse() throws Exception {
    try (SimulatedCamera camera = with("rtcp-before-play", "on");
        RawClient client = RawClient.connect(camera)) {
      assertThat(client.play().status()).isEqualTo(200);
      assertThat(client.frames).isNotEmpty().allMatch(RawClient.Frame::rtcp);
    }
    try (SimulatedCamera camera = SimulatedCamera.builder().start();
        RawClient client = RawClient.connect(camera)) {
      client.play();
      assertThat(client.frames).isEmpty();
    }
  }

  @Test
  void bareLfEndsLinesWithoutCr() throws Exception {
    try (SimulatedCamera camera = with("bare-lf", "on");
        RawClient client = RawClient.connect(camera)) {
      assertThat(client.request("OPTIONS").head()).endsWith("\n\n").doesNotContain("\r");
    }
  }

  @Test
  void lowerCaseHasHeaderNamesInLowerCase() throws Exception {
    try (SimulatedCamera camera = with("lower-case", "on");
        RawClient client = RawClient.connect(camera)) {
      assertThat(client.request("OPTIONS").head())
          .contains("\r\ncseq: 1\r\n", "\r\npublic: OPTIONS");
    }
  }

  @ParameterizedTest
  @CsvSource({"TCP, 200, 461", "UDP, 461, 200", "BOTH, 200, 200"})
  void transportsLimitsWhatSetupAccepts(Transports accepted, int tcp, int udp) throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().set(Knob.TRANSPORTS, accepted).start();
        RawClient client = RawClient.connect(camera)) {
      String track = camera.url() + "/trackID=1";
      assertThat(client.setup(1, 0).status()).isEqualTo(tcp);
      assertThat(
              client
                  .requestTo(track, "SETUP", "Transport: RTP/AVP;unicast;client_port=5000-5001")
                  .status())
          .isEqualTo(udp);
    }
  }

  @ParameterizedTest
  @CsvSource({"NONE, false, ''", "PCMU, true, PCMU/8000", "PCMA, true, PCMA/8000"})
  void audioChoosesTheCodec(Audio audio, boolean there, String codec) throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().set(Knob.AUDIO, audio).start();
        RawClient client = RawClient.connect(camera)) {
      String sdp = client.request("DESCRIBE").body();
      assertThat(sdp.contains("m=audio")).isEqualTo(there);
      assertThat(sdp).contains(codec);
      assertThat(client.setup(2, 2).status()).isEqualTo(there ? 200 : 404);
    }
  }

  @Test
  void pathAndFpsAreAnnounced() throws Exception {
    try (SimulatedCamera camera =
            SimulatedCamera.builder().set("path", "/h264?x=1").set("fps", "10").start();
        RawClient client = RawClient.connect(camera)) {
      assertThat(camera.url()).endsWith("/h264?x=1");
      assertThat(client.request("DESCRIBE").body()).contains("a=framerate:10");
      assertThat(client.setup(1, 0).status()).isEqualTo(200);
    }
  }
}

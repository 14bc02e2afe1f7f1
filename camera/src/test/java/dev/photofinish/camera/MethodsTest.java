package dev.photofinish.camera;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.camera.RawClient.Frame;
import dev.photofinish.camera.RawClient.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The answers of a camera with every knob at its default, RFC 2326. */
class MethodsTest {

  private SimulatedCamera camera;
  private RawClient client;

  @BeforeEach
  void connect() throws Exception {
    camera = SimulatedCamera.builder().start();
    client = RawClient.connect(camera);
  }

  @AfterEach
  void close() throws Exception {
    client.close();
    camera.close();
  }

  @Test
  void tellsItsMethods() throws Exception {
    Response response = client.request("OPTIONS");

    assertThat(response.status()).isEqualTo(200);
    assertThat(response.header("CSeq")).isEqualTo("1");
    assertThat(response.header("Public"))
        .isEqualTo("OPTIONS, DESCRIBE, SETUP, PLAY, PAUSE, TEARDOWN, GET_PARAMETER");
  }

  @Test
  void describesVideoAndAudio() throws Exception {
    Response response = client.request("DESCRIBE", "Accept: application/sdp");

    assertThat(response.header("Content-Base")).isEqualTo(camera.url() + "/");
    assertThat(response.header("Content-Type")).isEqualTo("application/sdp");
    assertThat(response.body().lines())
        .startsWith("v=0", "o=- 1 1 IN IP4 127.0.0.1")
        .contains("m=video 0 RTP/AVP 96", "a=rtpmap:96 H264/90000", "a=control:trackID=1")
        .contains("m=audio 0 RTP/AVP 0", "a=rtpmap:0 PCMU/8000", "a=control:trackID=2")
        .anyMatch(line -> line.contains("profile-level-id=42C01E;sprop-parameter-sets="));
  }

  @Test
  void playsWhatRtpInfoAnnounces() throws Exception {
    Response play = client.play();

    assertThat(play.status()).isEqualTo(200);
    Frame video = client.frame(frame -> frame.channel() == 0);
    Frame audio =
        client.frames.stream().filter(f -> f.channel() == 2).findFirst().orElseGet(this::audio);
    assertThat(play.header("RTP-Info")).isEqualTo(info(1, video) + "," + info(2, audio));
  }

  private Frame audio() {
    try {
      return client.frame(frame -> frame.channel() == 2);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String info(int track, Frame first) {
    return "url="
        + camera.url()
        + "/trackID="
        + track
        + ";seq="
        + first.sequence()
        + ";rtptime="
        + first.timestamp();
  }

  @Test
  void sendsASenderReportBeforeTheFirstPacketOfATrack() throws Exception {
    client.play();
    client.frame(frame -> frame.channel() == 2);

    assertThat(client.frames.stream().map(Frame::channel).toList().indexOf(1))
        .isBetween(0, client.frames.stream().map(Frame::channel).toList().indexOf(0));
    Frame report = client.frames.stream().filter(f -> f.channel() == 1).findFirst().orElseThrow();
    Frame video = client.frames.stream().filter(f -> f.channel() == 0).findFirst().orElseThrow();
    assertThat(report.ssrc()).isEqualTo(video.ssrc());
  }

  @Test
  void startsWithParameterSetsAndAKeyFrameAndMarksItsEnd() throws Exception {
    client.play();

    Frame first = client.video();
    assertThat(first.at(12) & 0x1f).as("STAP-A").isEqualTo(24);
    Frame second = client.video();
    assertThat(second.at(12) & 0x1f).as("FU-A").isEqualTo(28);
    assertThat(second.at(13) & 0x9f).as("start of an IDR slice").isEqualTo(0x85);
    Frame last = client.frame(f -> f.channel() == 0 && (f.at(1) & 0x80) != 0);
    assertThat(last.at(13) & 0x5f).as("end of it").isEqualTo(0x45);
  }

  @Test
  void pausesAndPlaysOn() throws Exception {
    String session = client.play().session();
    client.video();

    assertThat(client.request("PAUSE", "Session: " + session).status()).isEqualTo(200);
    int frames = client.frames.size();
    assertThat(client.request("OPTIONS").status()).isEqualTo(200);
    assertThat(client.frames).hasSize(frames);
    client.request("PLAY", "Session: " + session);
    assertThat(client.video().at(12) & 0x1f).as("a key frame first").isEqualTo(24);
  }

  @Test
  void endsASessionOnTeardown() throws Exception {
    String session = client.play().session();

    assertThat(client.request("TEARDOWN", "Session: " + session).status()).isEqualTo(200);
    assertThat(client.request("PLAY", "Session: " + session).status()).isEqualTo(454);
    CameraReport report = camera.report();
    assertThat(report.sessionsOpen()).isZero();
    assertThat(report.sessions()).isEqualTo(1);
    assertThat(report.sessionsLeftBehind()).isZero();
  }

  @Test
  void streamsOverUdp() throws Exception {
    try (DatagramSocket rtp = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        DatagramSocket rtcp = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      rtp.setSoTimeout(RawClient.BOUND_MS);
      rtcp.setSoTimeout(RawClient.BOUND_MS);
      String ports = rtp.getLocalPort() + "-" + rtcp.getLocalPort();
      Response setup =
          client.requestTo(
              camera.url() + "/trackID=1",
              "SETUP",
              "Transport: RTP/AVP;unicast;client_port=" + ports);
      client.request("PLAY", "Session: " + setup.session());

      DatagramPacket packet = new DatagramPacket(new byte[2000], 2000);
      rtp.receive(packet);
      int server = packet.getPort();
      assertThat(server % 2).isZero();
      assertThat(setup.header("Transport"))
          .startsWith(
              "RTP/AVP;unicast;client_port="
                  + ports
                  + ";server_port="
                  + server
                  + "-"
                  + (server + 1));
      rtcp.receive(packet);
      assertThat(packet.getPort()).isEqualTo(server + 1);
    }
  }

  @Test
  void keepsAUdpSessionWhoseConnectionCloses() throws Exception {
    client.requestTo(
        camera.url() + "/trackID=1", "SETUP", "Transport: RTP/AVP;unicast;client_port=5000-5001");
    client.close();

    CameraReport report = camera.awaitConnections(0, Duration.ofSeconds(10));
    assertThat(report.sessionsOpen()).isEqualTo(1);
    assertThat(report.sessionsLeftBehind()).isEqualTo(1);
  }

  @Test
  void choosesTheFirstTransportItCanServe() throws Exception {
    Response response =
        client.requestTo(
            camera.url() + "/trackID=1",
            "SETUP",
            "Transport: RTP/AVP/TCP;multicast, RTP/SAVP;unicast, RTP/AVP/TCP;unicast;interleaved=6-7");

    assertThat(response.header("Transport"))
        .startsWith("RTP/AVP/TCP;unicast;interleaved=6-7;ssrc=");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DESCRIBE | rtsp://camera/other      | 404",
        "SETUP    | rtsp://camera/stream/trackID=3 | 404",
        "SETUP    | rtsp://camera/stream     | 404",
        "SETUP    | rtsp://camera/stream/trackID=1 | 461",
        "PLAY     | rtsp://camera/stream     | 454",
        "PAUSE    | rtsp://camera/stream     | 454",
        "TEARDOWN | rtsp://camera/stream     | 454",
        "RECORD   | rtsp://camera/stream     | 405",
        "ANNOUNCE | rtsp://camera/stream     | 405",
        "DANCE    | rtsp://camera/stream     | 501",
      })
  void saysWhatIsWrong(String method, String uri, int status) throws Exception {
    assertThat(client.requestTo(uri, method).status()).isEqualTo(status);
  }

  @Test
  void wantsACseq() throws Exception {
    client.raw("OPTIONS * RTSP/1.0\r\n\r\n");
    assertThat(client.response().status()).isEqualTo(400);
  }

  @Test
  void speaksOneVersion() throws Exception {
    client.raw("OPTIONS * RTSP/2.0\r\nCSeq: 7\r\n\r\n");
    assertThat(client.response().status()).isEqualTo(505);
  }

  @Test
  void hasNoFeatureToBeRequired() throws Exception {
    Response response = client.request("OPTIONS", "Require: funky-feature");
    assertThat(response.status()).isEqualTo(551);
    assertThat(response.header("Unsupported")).isEqualTo("funky-feature");
  }

  @Test
  void doesNotChangeASessionThatPlays() throws Exception {
    String session = client.play().session();
    assertThat(client.setup(2, 4, "Session: " + session).status()).isEqualTo(455);
  }

  @Test
  void readsOverTheClientsRtcpAndStrayLineEnds() throws Exception {
    client.raw("$\1\0\4abcd\r\n\r\n");
    assertThat(client.request("OPTIONS").status()).isEqualTo(200);
  }

  @Test
  void takesRequestsWithBareLfAndABody() throws Exception {
    client.raw(
        "GET_PARAMETER * RTSP/1.0\ncseq: 3\ncontent-length: 5\n\nhelloOPTIONS * RTSP/1.0\nCSeq:4\n\n");
    assertThat(client.response().header("CSeq")).isEqualTo("3");
    assertThat(client.response().header("CSeq")).isEqualTo("4");
  }

  @Test
  void closesOnWhatIsNotRtsp() throws Exception {
    client.raw("hello\r\n\r\n");
    assertThat(client.response().status()).isEqualTo(400);
    assertThat(client.readToEnd()).isTrue();
    assertThat(camera.report().events(CameraEvent.Kind.MALFORMED).get(0).detail())
        .contains("expected METHOD URI RTSP/1.0, got \"hello\"");
  }

  @Test
  void boundsTheHead() throws Exception {
    client.raw("OPTIONS * RTSP/1.0\r\n" + "X: y\r\n".repeat(4000));
    assertThat(client.response().status()).isEqualTo(400);
  }
}

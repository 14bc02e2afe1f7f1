package dev.photofinish.relay.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.camera.Knob;
import dev.photofinish.camera.SimulatedCamera;
import dev.photofinish.camera.lab.LabProcess;
import dev.photofinish.camera.lab.Needs;
import dev.photofinish.relay.source.FakeSource;
import dev.photofinish.relay.source.SourceTrack;
import dev.photofinish.rtsp.client.Camera;
import dev.photofinish.rtsp.client.CameraListener;
import dev.photofinish.rtsp.client.CameraStream;
import dev.photofinish.rtsp.client.RtpPacket;
import dev.photofinish.rtsp.client.RtspClient;
import io.netty.handler.ssl.SslContext;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** FFmpeg and GStreamer play what the server serves without a complaint. */
@Tag("lab")
class ServedPlayersLabTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /**
   * A simulated camera's own packets, passed on by a source: all of them, on a machine that stood
   * still too.
   */
  private static final class Live implements AutoCloseable, CameraListener {
    private final SimulatedCamera camera =
        SimulatedCamera.builder().set(Knob.LATE, Duration.ZERO).start();
    private final RtspClient client = new RtspClient();
    private final FakeSource source;
    private final TestServer server;

    Live(Consumer<RtspServer.Builder> settings) throws Exception {
      CameraStream stream = client.open(Camera.at(camera.url()), this);
      source =
          new FakeSource(
              "live",
              stream.streams().stream()
                  .map(media -> new SourceTrack(media.index(), media, 0x5eed_0000L + media.index()))
                  .toList());
      server = new TestServer(o -> o, settings);
      server.add(source);
    }

    String url(String scheme) {
      return server.url(scheme).replace("/cam", "/live");
    }

    @Override
    public void packet(CameraStream stream, RtpPacket packet) {
      FakeSource to = source;
      if (to != null) {
        to.forward(packet.stream().index(), packet.content());
      }
    }

    @Override
    public void close() {
      server.close();
      client.close();
      camera.close();
    }
  }

  private static List<String> run(String... command) throws Exception {
    Needs.programs(Assumptions::abort, command[0]);
    try (LabProcess process = LabProcess.onHost(LIMIT, List.of(command))) {
      var exit = process.awaitExit(LIMIT);
      // Behind its end, gst-launch counts a slow answer to its TEARDOWN as an error.
      if (process.output().stream().noneMatch(ServedPlayersLabTest::isEnd)) {
        assertThat(exit).as("%s", process.output()).hasValue(0);
      }
      return process.output();
    }
  }

  private static boolean isEnd(String line) {
    return line.startsWith("Got EOS from element");
  }

  private static void ffmpegPlays(String transport, String url) throws Exception {
    List<String> said =
        run(
            "ffmpeg",
            "-nostdin",
            "-hide_banner",
            "-v",
            "warning",
            "-progress",
            "-",
            "-nostats",
            "-rtsp_transport",
            transport,
            "-t",
            "2",
            "-i",
            url,
            "-f",
            "null",
            "-");
    int frames =
        said.stream()
            .filter(line -> line.startsWith("frame="))
            .mapToInt(line -> Integer.parseInt(line.substring(6).strip()))
            .max()
            .orElse(0);
    assertThat(frames).as("%s", said).isBetween(35, 60);
    assertThat(said.stream().filter(line -> !line.matches("\\w+=.*")))
        .filteredOn(ServedPlayersLabTest::isComplaint)
        .isEmpty();
  }

  /** It joins in the middle of a group of pictures here, which a real source does not let it. */
  private static boolean isComplaint(String line) {
    return !line.matches(
        ".*(non-existing PPS|no frame|decode_slice_header error|error while"
            + " decoding|concealing).*");
  }

  @ParameterizedTest
  @ValueSource(strings = {"tcp", "udp", "http"})
  void ffmpegPlays(String transport) throws Exception {
    try (Live live = new Live(s -> {})) {
      ffmpegPlays(transport, live.url("rtsp"));
    }
  }

  @Test
  void ffmpegPlaysOverTls() throws Exception {
    SslContext certificate = TestServer.certificate();
    try (Live live = new Live(s -> s.tls(certificate))) {
      ffmpegPlays("tcp", live.url("rtsps"));
    }
  }

  /** By SDES, under {@code RTP/AVP}. */
  @Test
  void ffmpegPlaysWhatIsEncrypted() throws Exception {
    SslContext certificate = TestServer.certificate();
    try (Live live = new Live(s -> s.tls(certificate))) {
      ffmpegPlays("tcp", live.url("rtsps") + "?srtp");
    }
  }

  /** By MIKEY, with a key of its own for its reports. */
  @ParameterizedTest
  @ValueSource(strings = {"tcp", "udp"})
  void gstreamerPlaysWhatIsEncrypted(String transport) throws Exception {
    SslContext certificate = TestServer.certificate();
    try (Live live = new Live(s -> s.tls(certificate))) {
      List<String> said =
          run(
              "gst-launch-1.0",
              "rtspsrc",
              "location=" + live.url("rtsps") + "?srtp",
              "protocols=" + transport,
              "tls-validation-flags=0",
              "!",
              "application/x-rtp,media=video",
              "!",
              "decodebin",
              "!",
              "fakesink",
              "num-buffers=50");
      assertThat(said).anyMatch(ServedPlayersLabTest::isEnd);
      assertThat(live.source.readings()).isEmpty();
    }
  }

  @Test
  void ffmpegLogsIn() throws Exception {
    try (Live live = new Live(s -> s.access(TestServer.login()))) {
      ffmpegPlays("tcp", live.url("rtsp").replace("://", "://viewer:secret@"));
    }
  }

  @ParameterizedTest
  @CsvSource({"rtspt", "rtspu", "rtsph"})
  void gstreamerPlays(String scheme) throws Exception {
    try (Live live = new Live(s -> {})) {
      List<String> said =
          run(
              "gst-launch-1.0",
              "-m",
              "playbin",
              "uri=" + live.url(scheme),
              "flags=video+audio+native-video+native-audio+soft-volume",
              "video-sink=capsfilter caps=video/x-raw,width=320,height=240"
                  + " ! fakesink num-buffers=50",
              "audio-sink=capsfilter caps=audio/x-raw,rate=8000 ! fakesink num-buffers=100");
      assertThat(said).anyMatch(ServedPlayersLabTest::isEnd);
      assertThat(
              said.stream()
                  .takeWhile(line -> !line.startsWith("Setting pipeline to NULL"))
                  .filter(line -> line.matches("(?i).*(warning|error|critical).*")))
          .isEmpty();
    }
  }
}

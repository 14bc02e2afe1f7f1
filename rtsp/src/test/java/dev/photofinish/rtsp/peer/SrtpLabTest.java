package dev.photofinish.rtsp.peer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.camera.CameraReport;
import dev.photofinish.camera.KeyExchange;
import dev.photofinish.camera.Knob;
import dev.photofinish.camera.SimulatedCamera;
import dev.photofinish.camera.lab.Needs;
import dev.photofinish.rtsp.client.Camera;
import dev.photofinish.rtsp.client.CameraListener;
import dev.photofinish.rtsp.client.CameraStream;
import dev.photofinish.rtsp.client.ClientOptions;
import dev.photofinish.rtsp.client.MediaStatistics;
import dev.photofinish.rtsp.client.RtspClient;
import dev.photofinish.rtsp.client.RtspTransport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** SRTP with GStreamer: our client with its server, its client with our camera. */
@Tag("lab")
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD) // a peer may say nothing
class SrtpLabTest {
  private static final Duration BOUND = Duration.ofSeconds(50);

  @TempDir private Path folder;

  @BeforeAll
  static void needs() throws Exception {
    Needs.programs(Assumptions::abort, "gst-launch-1.0", "gst-inspect-1.0");
    Process inspect = new ProcessBuilder("gst-inspect-1.0", "--exists", "srtpdec").start();
    Needs.that(
        inspect.waitFor() == 0 ? Optional.empty() : Optional.of("no srtpdec of GStreamer"),
        Assumptions::abort);
  }

  /** Each report of ours that the server decrypts is a line of its own. */
  @ParameterizedTest
  @CsvSource({"TCP", "UDP"})
  void theServerOfGstreamerIsPlayedAndReadsOurReports(RtspTransport transport) throws Exception {
    try (GstServer server = new GstServer("gst-srtp-server.py", folder);
        RtspClient client = new RtspClient()) {
      Camera camera =
          Camera.at("rtsp://127.0.0.1:" + server.port() + "/srtp")
              .withOptions(ClientOptions.builder().transport(transport).build());
      CameraStream stream = client.open(camera, CameraListener.NONE);
      assertThat(server.line()).isEqualTo("report");
      List<MediaStatistics> media = stream.statistics().streams();
      stream.close();
      System.out.println(media);
      assertThat(media).hasSize(2).allMatch(m -> m.packets() > 20 && m.lost() == 0);
      assertThat(media).allMatch(m -> m.stream().encrypted());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "tcp, aes-cm-128-hmac-sha1-80",
    "udp, aes-cm-128-hmac-sha1-80",
    "tcp, aes-cm-128-hmac-sha1-32"
  })
  void theClientOfGstreamerPlaysTheCamera(String transport, String suite) throws Exception {
    try (SimulatedCamera camera =
        SimulatedCamera.builder()
            .set(Knob.SRTP, KeyExchange.MIKEY)
            .set("srtp-suite", suite)
            .start()) {
      String scheme = transport.equals("tcp") ? "rtspt:" : "rtspu:";
      Process player =
          new ProcessBuilder(
                  "gst-launch-1.0",
                  "-m",
                  "playbin",
                  "uri=" + camera.url().replace("rtsp:", scheme),
                  "flags=video+native-video",
                  "video-sink=capsfilter caps=video/x-raw,width=320,height=240"
                      + " ! fakesink num-buffers=50")
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("player.log").toFile())
              .start();
      try {
        assertThat(player.waitFor(BOUND.toSeconds(), TimeUnit.SECONDS)).isTrue();
        // Its exit status would tell of a slow answer to its TEARDOWN too.
        assertThat(folder.resolve("player.log")).content().contains("Got EOS from element");
      } finally {
        player.destroyForcibly();
      }
      CameraReport report = camera.report();
      assertThat(report.requests("PLAY")).isEqualTo(1);
    }
  }
}

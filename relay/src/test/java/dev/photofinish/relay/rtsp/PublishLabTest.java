package dev.photofinish.relay.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.camera.lab.Needs;
import dev.photofinish.relay.Relay;
import dev.photofinish.relay.RelayedCameraOptions;
import dev.photofinish.rtsp.client.Camera;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** FFmpeg publishes, stops and publishes again; our reader stays. */
@Tag("lab")
class PublishLabTest {
  @TempDir private Path folder;

  private Process ffmpeg(String transport, String url) throws Exception {
    return new ProcessBuilder(
            "ffmpeg",
            "-nostdin",
            "-v",
            "warning",
            "-re",
            "-f",
            "lavfi",
            "-i",
            "testsrc=size=320x240:rate=25",
            "-f",
            "lavfi",
            "-i",
            "sine",
            "-c:v",
            "libx264",
            "-preset",
            "ultrafast",
            "-tune",
            "zerolatency",
            "-g",
            "10",
            "-c:a",
            "aac",
            "-f",
            "rtsp",
            "-rtsp_transport",
            transport,
            url)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve(transport).toFile())
        .start();
  }

  @ParameterizedTest
  @ValueSource(strings = {"tcp", "udp"})
  void readersStayBetweenTwoRunsOfFfmpeg(String transport) throws Exception {
    Needs.programs(Assumptions::abort, "ffmpeg");
    try (Relay relay = Relay.start();
        RtspServer server = LoopbackServer.of(relay).build().start()) {
      relay.addPublished("pushed", RelayedCameraOptions.defaults());
      String url = "rtsp://127.0.0.1:" + server.address().getPort() + "/pushed";
      try (Viewer viewer = new Viewer(Camera.at(url))) {
        for (int run = 1; run <= 2; run++) {
          int video = viewer.numbers(0).size();
          int audio = viewer.numbers(1).size();
          Process ffmpeg = ffmpeg(transport, url);
          try {
            viewer.await(
                "run " + run,
                v -> v.numbers(0).size() > video + 50 && v.numbers(1).size() > audio + 20);
          } finally {
            ffmpeg.destroyForcibly().waitFor();
          }
        }
        assertThat(viewer.states()).noneMatch(state -> state.startsWith("RECONNECTING"));
        assertThat(viewer.stream().statistics().lost()).isZero();
        assertThat(viewer.stream().streams())
            .extracting(s -> s.codec())
            .containsExactly("H264", "MPEG4-GENERIC");
      }
    }
    assertThat(Files.readString(folder.resolve(transport))).doesNotContain("rror");
  }
}

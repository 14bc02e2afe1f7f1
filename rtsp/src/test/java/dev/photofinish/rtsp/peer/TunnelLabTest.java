package dev.photofinish.rtsp.peer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.camera.lab.Needs;
import dev.photofinish.rtsp.client.Camera;
import dev.photofinish.rtsp.client.CameraStream;
import dev.photofinish.rtsp.client.RtspClient;
import dev.photofinish.rtsp.client.StreamStatistics;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The HTTP tunnel of a server that nobody here wrote. */
@Tag("lab")
class TunnelLabTest {
  @TempDir private Path folder;

  @Test
  void playsFromGstreamersServer() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    String script = Path.of("src/test/resources/gst-server.py").toAbsolutePath().toString();
    Process server =
        new ProcessBuilder("/usr/bin/python3", script, String.valueOf(port))
            .redirectError(folder.resolve("server.log").toFile())
            .start();
    try (BufferedReader said =
            new BufferedReader(
                new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8));
        RtspClient client = new RtspClient()) {
      Needs.that(
          "ready".equals(said.readLine())
              ? Optional.empty()
              : Optional.of("no GStreamer RTSP server for Python"),
          Assumptions::abort);
      Viewer viewer = new Viewer();
      CameraStream stream = client.open(Camera.at("rtsph://127.0.0.1:" + port + "/pcmu"), viewer);
      viewer.watch(Duration.ofSeconds(5));
      stream.close();
      StreamStatistics end = stream.ended().toCompletableFuture().get();
      assertThat(end.streams()).hasSize(2).allMatch(media -> media.packets() > 20);
      assertThat(end.lost()).isZero();
      assertThat(end.outages()).isEmpty();
    } finally {
      server.destroy();
    }
  }
}

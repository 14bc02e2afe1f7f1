package dev.photofinish.rtsp.peer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.rtsp.client.Camera;
import dev.photofinish.rtsp.client.CameraStream;
import dev.photofinish.rtsp.client.RtspClient;
import dev.photofinish.rtsp.client.StreamStatistics;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The HTTP tunnel of a server that nobody here wrote. */
@Tag("lab")
class TunnelLabTest {
  @TempDir private Path folder;

  @Test
  void playsFromGstreamersServer() throws Exception {
    try (GstServer server = new GstServer("gst-server.py", folder);
        RtspClient client = new RtspClient()) {
      Viewer viewer = new Viewer();
      CameraStream stream =
          client.open(Camera.at("rtsph://127.0.0.1:" + server.port() + "/pcmu"), viewer);
      viewer.watch(Duration.ofSeconds(5));
      stream.close();
      StreamStatistics end = stream.ended().toCompletableFuture().get();
      assertThat(end.streams()).hasSize(2).allMatch(media -> media.packets() > 20);
      assertThat(end.lost()).isZero();
      assertThat(end.outages()).isEmpty();
    }
  }
}

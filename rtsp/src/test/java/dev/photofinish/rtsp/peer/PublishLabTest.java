package dev.photofinish.rtsp.peer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.camera.SimulatedCamera;
import dev.photofinish.rtsp.client.Camera;
import dev.photofinish.rtsp.client.CameraListener;
import dev.photofinish.rtsp.client.CameraStream;
import dev.photofinish.rtsp.client.ClientOptions;
import dev.photofinish.rtsp.client.MediaStream;
import dev.photofinish.rtsp.client.PublishListener;
import dev.photofinish.rtsp.client.RtpPacket;
import dev.photofinish.rtsp.client.RtspClient;
import dev.photofinish.rtsp.client.RtspTransport;
import dev.photofinish.rtsp.client.StreamPublisher;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A camera's video, sent on to GStreamer's RTSP server. */
@Tag("lab")
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD) // a peer may say nothing
class PublishLabTest {
  private static final int FRAMES = 20;

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(names = {"TCP", "UDP"})
  void gstreamersServerTakesWhatIsPublished(RtspTransport transport) throws Exception {
    CompletableFuture<StreamPublisher> publisher = new CompletableFuture<>();
    try (SimulatedCamera camera = SimulatedCamera.builder().start();
        GstServer server = new GstServer("gst-record-server.py", folder);
        RtspClient client = new RtspClient()) {
      Camera to =
          Camera.at("rtsp://127.0.0.1:" + server.port() + "/record")
              .withOptions(ClientOptions.builder().transport(transport).build());
      CameraListener sender =
          new CameraListener() {
            @Override
            public void described(CameraStream stream, List<MediaStream> streams) {
              publisher.complete(client.publish(to, streams, PublishListener.NONE));
            }

            @Override
            public void packet(CameraStream stream, RtpPacket packet) {
              publisher.join().send(packet);
            }
          };
      try (CameraStream stream = client.open(Camera.at(camera.url()).withMedia("video"), sender)) {
        String first = server.line();
        assertThat(first).isIn("key", "delta");
        int keys = 0;
        for (int i = 0; i < FRAMES || keys == 0; i++) {
          keys += "key".equals(server.line()) ? 1 : 0;
        }
        assertThat(stream.streams()).hasSize(1);
        assertThat(publisher.join().lost()).isZero();
      }
    }
  }
}

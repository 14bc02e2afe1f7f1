package dev.photofinish.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.camera.SimulatedCamera;
import dev.photofinish.camera.lab.Needs;
import dev.photofinish.relay.RelayedCameraOptions.WhileAway;
import dev.photofinish.relay.rtsp.RtspServer;
import dev.photofinish.rtsp.client.Camera;
import java.io.DataInputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A player that sees the card while the camera is away, and then the camera again. */
@Tag("lab")
class CardLabTest {
  private static final int WIDTH = 320;
  private static final int HEIGHT = 240;
  private static final int MOST_FRAMES = 500;

  @TempDir private Path folder;

  @Test
  void ffmpegDecodesTheCardAndThenTheCamera() throws Exception {
    Needs.programs(Assumptions::abort, "ffmpeg");
    try (SimulatedCamera camera = SimulatedCamera.builder().start();
        Relay relay = Relay.start();
        RtspServer server =
            RtspServer.builder(relay)
                .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .eventLoopGroup(relay.eventLoops())
                .build()) {
      relay.add(
          "door",
          Camera.at(camera.url()),
          RelayedCameraOptions.defaults().withWhileAway(WhileAway.CARD));
      server.start();
      Path log = folder.resolve("log");
      Process player =
          new ProcessBuilder(
                  ("ffmpeg -nostdin -v warning -rtsp_transport tcp -i rtsp://127.0.0.1:%d/door -map"
                          + " 0:v -fps_mode passthrough -pix_fmt yuv420p -flush_packets 1 -f rawvideo"
                          + " -")
                      .formatted(server.address().getPort())
                      .split(" "))
              .redirectError(log.toFile())
              .start();
      try (DataInputStream pictures = new DataInputStream(player.getInputStream())) {
        assertThat(isCard(pictures)).isFalse();
        camera.reboot(Duration.ofSeconds(3));
        skipTo(pictures, true);
        skipTo(pictures, false);
        for (int i = 0; i < 10; i++) {
          assertThat(isCard(pictures)).as("the camera's picture stays").isFalse();
        }
      } finally {
        player.destroyForcibly();
      }
      assertThat(log).content().doesNotContain("error", "non-existing");
    }
  }

  private static void skipTo(DataInputStream pictures, boolean card) throws Exception {
    int frames = 0;
    while (isCard(pictures) != card) {
      frames++;
      assertThat(frames).isLessThan(MOST_FRAMES);
    }
  }

  /** Whether the next picture is grey at its corners, where the camera has bars. */
  private static boolean isCard(DataInputStream pictures) throws Exception {
    int length = WIDTH * HEIGHT * 3 / 2;
    byte[] picture = pictures.readNBytes(length);
    assertThat(picture).hasSize(length);
    return (picture[0] & 0xff) == 128 && (picture[WIDTH * HEIGHT - 1] & 0xff) == 128;
  }
}

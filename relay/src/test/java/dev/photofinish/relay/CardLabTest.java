package dev.photofinish.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.camera.SimulatedCamera;
import dev.photofinish.camera.lab.Needs;
import dev.photofinish.relay.RelayedCameraOptions.WhileAway;
import dev.photofinish.relay.rtsp.LoopbackServer;
import dev.photofinish.relay.rtsp.RtspServer;
import dev.photofinish.rtsp.client.Camera;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A player that sees the card while the camera is away, and then the camera again. */
@Tag("lab")
class CardLabTest {
  private static final int WIDTH = 320;
  private static final int HEIGHT = 240;

  /** Of more than a minute: there is no waiting for what never comes. */
  private static final int MOST_FRAMES = 2000;

  private static final RelayedCameraOptions CARD =
      RelayedCameraOptions.defaults().withWhileAway(WhileAway.CARD);

  @TempDir private Path folder;

  @BeforeEach
  void needsFfmpeg() {
    Needs.programs(Assumptions::abort, "ffmpeg");
  }

  private static RtspServer serve(Relay relay) throws Exception {
    return LoopbackServer.of(relay).build().start();
  }

  private Process start(String log, String command) throws IOException {
    return new ProcessBuilder(command.split(" "))
        .redirectError(folder.resolve(log).toFile())
        .start();
  }

  /**
   * Times are counted in ticks: what was late comes closer together than pictures of 25 a second.
   */
  private Process player(String url, int depth) throws IOException {
    return start(
        "player",
        "ffmpeg -nostdin -v warning -rtsp_transport tcp -i %s -map 0:v -fps_mode passthrough"
                .formatted(url)
            + " -enc_time_base 1:90000 -pix_fmt %s -flush_packets 1 -f rawvideo -"
                .formatted(depth == 8 ? "yuv420p" : "yuv420p10be"));
  }

  private Process publisher(String url, String encoder, String pixels) throws IOException {
    return start(
        "publisher",
        ("ffmpeg -nostdin -v warning -re -f lavfi -i smptebars=size=%dx%d:rate=25 -pix_fmt %s"
                + " -c:v %s -preset ultrafast -tune zerolatency -g 10 -f rtsp -rtsp_transport tcp"
                + " %s")
            .formatted(WIDTH, HEIGHT, pixels, encoder, url));
  }

  @Test
  void ffmpegDecodesTheCardAndThenTheCamera() throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().start();
        Relay relay = Relay.start();
        RtspServer server = serve(relay)) {
      relay.add("door", Camera.at(camera.url()), CARD);
      Process player = player("rtsp://127.0.0.1:%d/door".formatted(server.address().getPort()), 8);
      try (DataInputStream pictures = new DataInputStream(player.getInputStream())) {
        assertThat(isCard(pictures, 8)).isFalse();
        camera.reboot(Duration.ofSeconds(3));
        skipTo(pictures, 8, true);
        comesBack(pictures, 8);
      } finally {
        player.destroyForcibly();
      }
      assertThat(folder.resolve("player")).content().doesNotContain("error", "non-existing");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "libx265, yuv420p, 8",
    "libx265, yuv420p10le, 10",
    "libx265, yuv422p, 8",
    "libx265, gray, 8",
    "libx264, yuv422p10le, 8"
  })
  void samplesOfThePublisherMayBeOfAnyFormat(String encoder, String pixels, int depth)
      throws Exception {
    try (Relay relay = Relay.start();
        RtspServer server = serve(relay)) {
      relay.addPublished("door", CARD);
      String url = "rtsp://127.0.0.1:%d/door".formatted(server.address().getPort());
      Process publisher = publisher(url, encoder, pixels);
      Process player = player(url, depth);
      try (DataInputStream pictures = new DataInputStream(player.getInputStream())) {
        assertThat(isCard(pictures, depth)).isFalse();
        publisher.destroyForcibly().waitFor();
        skipTo(pictures, depth, true);
        publisher = publisher(url, encoder, pixels);
        comesBack(pictures, depth);
      } finally {
        player.destroyForcibly();
        publisher.destroyForcibly();
      }
      assertThat(folder.resolve("player")).content().isEmpty();
    }
  }

  private static void comesBack(DataInputStream pictures, int depth) throws IOException {
    skipTo(pictures, depth, false);
    for (int i = 0; i < 10; i++) {
      assertThat(isCard(pictures, depth)).as("the camera's picture stays").isFalse();
    }
  }

  private static void skipTo(DataInputStream pictures, int depth, boolean card) throws IOException {
    int frames = 0;
    while (isCard(pictures, depth) != card) {
      frames++;
      assertThat(frames).isLessThan(MOST_FRAMES);
    }
  }

  /** Whether the next picture is grey at its corners, where the camera has bars. */
  private static boolean isCard(DataInputStream pictures, int depth) throws IOException {
    int sample = depth == 8 ? 1 : 2;
    int length = WIDTH * HEIGHT * 3 / 2 * sample;
    byte[] picture = pictures.readNBytes(length);
    assertThat(picture).hasSize(length);
    return isGrey(picture, 0, depth) && isGrey(picture, (WIDTH * HEIGHT - 1) * sample, depth);
  }

  private static boolean isGrey(byte[] picture, int at, int depth) {
    int grey = depth == 8 ? 128 : 512;
    int luma = picture[at] & 0xff;
    return (depth == 8 ? luma : (luma << 8) | (picture[at + 1] & 0xff)) == grey;
  }
}

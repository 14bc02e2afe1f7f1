package dev.photofinish.camera.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.camera.Player;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalTime;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** FFmpeg decodes what the encoder makes, sample for sample. */
@Tag("lab")
class H264EncoderLabTest {

  private static final int WIDTH = 320;
  private static final int HEIGHT = 240;
  private static final int FRAME_BYTES = WIDTH * HEIGHT * 3 / 2;
  private static final int FRAMES = 300;
  private static final int KEY_EVERY = 270;

  @TempDir private Path folder;

  @Test
  void ffmpegDecodesEveryFrameExactly() throws Exception {
    Path coded = folder.resolve("card.h264");
    Path decoded = folder.resolve("card.yuv");
    Files.write(coded, coded());

    assertThat(
            Player.run(
                folder,
                "ffmpeg",
                "-nostdin",
                "-hide_banner",
                "-v",
                "warning",
                "-i",
                coded.toString(),
                "-pix_fmt",
                "yuv420p",
                "-f",
                "rawvideo",
                decoded.toString()))
        .isEmpty();

    byte[] frames = Files.readAllBytes(decoded);
    assertThat(frames.length).isEqualTo(FRAMES * FRAME_BYTES);
    for (int i = 0; i < FRAMES; i++) {
      byte[] frame = Arrays.copyOfRange(frames, i * FRAME_BYTES, (i + 1) * FRAME_BYTES);
      assertThat(Arrays.equals(frame, expected(i))).as("frame %d", i).isTrue();
    }
  }

  /**
   * Ticks over the hour, so that every digit of the clock changes, and past 255 frames a sequence.
   */
  private static LocalTime time(int frame) {
    return LocalTime.of(9, 59, 55).plusNanos(frame * 40_000_000L);
  }

  /** An Annex B byte stream. */
  private static byte[] coded() {
    H264Encoder encoder = new H264Encoder(25);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < FRAMES; i++) {
      for (byte[] unit : encoder.encode(i, time(i), i % KEY_EVERY == 0)) {
        out.writeBytes(new byte[] {0, 0, 0, 1});
        out.writeBytes(unit);
      }
    }
    return out.toByteArray();
  }

  private static byte[] expected(int number) {
    byte[] frame = new byte[FRAME_BYTES];
    Tile[] tiles = TestCard.frame(number, time(number));
    for (int at = 0; at < tiles.length; at++) {
      int column = at % TestCard.COLUMNS;
      int row = at / TestCard.COLUMNS;
      byte[] samples = TestCard.samples(tiles[at], column);
      copy(samples, 0, 16, frame, row * 16 * WIDTH + column * 16, WIDTH);
      int chroma = WIDTH * HEIGHT + row * 8 * WIDTH / 2 + column * 8;
      copy(samples, 256, 8, frame, chroma, WIDTH / 2);
      copy(samples, 320, 8, frame, chroma + WIDTH * HEIGHT / 4, WIDTH / 2);
    }
    return frame;
  }

  private static void copy(byte[] from, int at, int size, byte[] to, int start, int stride) {
    for (int line = 0; line < size; line++) {
      System.arraycopy(from, at + line * size, to, start + line * stride, size);
    }
  }
}

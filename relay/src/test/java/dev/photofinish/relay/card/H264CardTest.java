package dev.photofinish.relay.card;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.camera.lab.Needs;
import dev.photofinish.rtp.format.Codec;
import dev.photofinish.rtp.format.FrameFormat;
import dev.photofinish.rtp.format.H264Sps;
import io.netty.buffer.Unpooled;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The picture that says since when a camera is away. */
class H264CardTest {
  private static final List<String> LINES = List.of("CAMERA AWAY", "SINCE 12:34:56");

  @TempDir Path folder;

  private static FrameFormat format(int width, int height) {
    // Constrained Baseline, level 3.1
    byte[] sps = HexFormat.of().parseHex("6742c01f");
    return FrameFormat.video(Codec.H264, 90_000)
        .withSize(width, height)
        .withParameterSets(List.of(FrameFormat.parameterSet(sps)));
  }

  private static H264Card card(int width, int height) {
    return H264Card.of(format(width, height)).orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({"640, 360", "1920, 1080", "160, 120", "64, 48"})
  void aDecoderSeesTheTextOnGrey(int width, int height) throws Exception {
    byte[] decoded = decode(card(width, height), 2);
    assertThat(decoded).hasSize(2 * width * height * 3 / 2);
    CardText text = new CardText(LINES, width, height);
    byte[] expected = new byte[width * height * 3 / 2];
    Arrays.fill(expected, (byte) 128);
    int ink = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        if (text.ink(x, y)) {
          expected[y * width + x] = (byte) 235;
          ink++;
        }
      }
    }
    assertThat(ink).isPositive();
    assertThat(Arrays.copyOf(decoded, expected.length)).isEqualTo(expected);
    assertThat(Arrays.copyOfRange(decoded, expected.length, decoded.length)).isEqualTo(expected);
  }

  private byte[] decode(H264Card card, int pictures) throws Exception {
    Needs.programs(Assumptions::abort, "ffmpeg");
    Path stream = folder.resolve("card.h264");
    try (OutputStream out = Files.newOutputStream(stream)) {
      for (int i = 0; i < pictures; i++) {
        for (byte[] unit : card.draw(LINES)) {
          out.write(new byte[] {0, 0, 0, 1});
          out.write(unit);
        }
      }
    }
    Process ffmpeg =
        new ProcessBuilder(
                ("ffmpeg -nostdin -v error -xerror -err_detect explode -f h264 -i %s"
                        + " -fps_mode passthrough -pix_fmt yuv420p -f rawvideo -")
                    .formatted(stream)
                    .split(" "))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (InputStream output = ffmpeg.getInputStream()) {
      byte[] decoded = output.readAllBytes();
      assertThat(ffmpeg.waitFor()).isZero();
      return decoded;
    }
  }

  @Test
  void itIsOfTheSizeAndLevelOfTheCamera() {
    H264Sps sps = H264Sps.of(Unpooled.wrappedBuffer(card(1280, 722).draw(LINES).get(0)));
    assertThat(sps.width()).isEqualTo(1280);
    assertThat(sps.height()).isEqualTo(722);
    assertThat(sps.level()).isEqualTo(31);
  }

  @Test
  void itIsNoLargerThanAKeyFrame() {
    byte[] slice = card(1920, 1080).draw(LINES).get(2);
    assertThat(slice.length).isLessThan(200_000);
  }

  @Test
  void itSaysSinceWhenAndForHowLong() {
    Instant since = Instant.parse("2026-03-09T23:05:10Z");
    assertThat(H264Card.lines(since, since.plusSeconds(90_061), ZoneOffset.UTC))
        .containsExactly("CAMERA AWAY", "SINCE 23:05:10", "2026-03-09", "FOR 25:01:01");
  }

  @Test
  void allThatItSaysHasGlyphs() {
    String all = String.join("", H264Card.lines(Instant.EPOCH, Instant.EPOCH, ZoneOffset.UTC));
    for (char character : (all + "0123456789").replace(" ", "").toCharArray()) {
      boolean ink = false;
      for (int x = 0; x < Font.WIDTH; x++) {
        for (int y = 0; y < Font.HEIGHT; y++) {
          ink |= Font.ink(character, x, y);
        }
      }
      assertThat(ink).as(String.valueOf(character)).isTrue();
    }
  }

  @Test
  void otherCodecsAndSizesThatAreNotKnownHaveNone() {
    assertThat(H264Card.of(FrameFormat.video(Codec.H265, 90_000))).isEmpty();
    assertThat(H264Card.of(format(0, 0))).isEmpty();
  }
}

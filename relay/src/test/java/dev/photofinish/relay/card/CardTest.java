package dev.photofinish.relay.card;

import static dev.photofinish.rtp.format.Codec.AV1;
import static dev.photofinish.rtp.format.Codec.H264;
import static dev.photofinish.rtp.format.Codec.H265;
import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.rtp.format.Codec;
import dev.photofinish.rtp.format.FrameFormat;
import dev.photofinish.rtp.format.H264Sps;
import dev.photofinish.rtp.format.H265Sps;
import io.netty.buffer.Unpooled;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The picture that says since when a camera is away. */
class CardTest {
  private static final List<String> LINES =
      List.of("CAMERA AWAY", "SINCE 12:34:56", "2026-03-09", "FOR 25:01:01");

  @TempDir Path folder;

  private static Card card(FrameFormat format) {
    return Card.of(format).orElseThrow();
  }

  private static List<byte[]> twoPictures(Card card) {
    List<byte[]> units = new ArrayList<>(card.draw(LINES));
    units.addAll(card.draw(LINES));
    return units;
  }

  /** The samples of two cards, in 4:2:0. */
  private static byte[] expected(int width, int height) {
    CardText text = new CardText(LINES, width, height);
    int length = width * height * 3 / 2;
    byte[] expected = new byte[2 * length];
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
    System.arraycopy(expected, 0, expected, length, length);
    return expected;
  }

  @ParameterizedTest
  @CsvSource({
    "H264, 640, 360",
    "H264, 1920, 1080",
    "H264, 160, 120",
    "H264, 64, 48",
    "H265, 640, 360",
    "H265, 1920, 1080",
    "H265, 160, 120",
    "H265, 64, 48",
    "H265, 32, 32",
    "H265, 1366, 768",
    "H265, 854, 482",
    "H265, 1080, 1920",
    "H265, 3840, 2160",
    "H265, 8192, 4320"
  })
  void aDecoderSeesTheTextOnGrey(Codec codec, int width, int height) throws Exception {
    List<byte[]> units = twoPictures(card(CardFormats.of(codec, width, height)));
    String name = codec == H264 ? "h264" : "hevc";
    assertThat(new CardDecoder(folder).ffmpeg(units, name, "yuv420p"))
        .isEqualTo(expected(width, height));
  }

  @Test
  void aCameraOfTenBitsHasACardOfTenBits() throws Exception {
    List<byte[]> units = twoPictures(card(CardFormats.h265(640, 360, 1, 10)));
    byte[] decoded = new CardDecoder(folder).ffmpeg(units, "hevc", "yuv420p10be");
    byte[] expected = expected(640, 360);
    byte[] samples = new byte[decoded.length / 2];
    for (int i = 0; i < samples.length; i++) {
      int sample = (decoded[2 * i] & 0xff) << 8 | (decoded[2 * i + 1] & 0xff);
      samples[i] = (byte) (sample >> 2);
      assertThat(sample & 3).isZero();
    }
    assertThat(samples).isEqualTo(expected);
    assertThat(sequence(units.get(1)).profile()).as("Main 10").isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({"0, 8", "2, 8", "2, 10", "3, 8", "1, 12"})
  void camerasOfOtherSamplesHaveACardOfMainProfile(int chroma, int depth) {
    H265Sps sps = sequence(card(CardFormats.h265(640, 360, chroma, depth)).draw(LINES).get(1));
    assertThat(sps.profile()).isEqualTo(1);
    assertThat(sps.chroma()).isEqualTo(1);
    assertThat(sps.lumaDepth()).isZero();
  }

  @Test
  @Tag("lab")
  void gstreamerSeesTheTextOnGrey() throws Exception {
    List<byte[]> units = twoPictures(card(CardFormats.of(H265, 1366, 768)));
    byte[] decoded = new CardDecoder(folder).gstreamer(units);
    // Its rows of luma are of 1,368 bytes.
    assertThat(decoded).hasSize(2 * (1368 * 768 + 2 * 684 * 384));
    byte[] expected = expected(1366, 768);
    for (int y = 0; y < 768; y++) {
      assertThat(Arrays.copyOfRange(decoded, y * 1368, y * 1368 + 1366))
          .as("row " + y)
          .isEqualTo(Arrays.copyOfRange(expected, y * 1366, (y + 1) * 1366));
    }
  }

  private static H265Sps sequence(byte[] unit) {
    return H265Sps.of(Unpooled.wrappedBuffer(unit));
  }

  @Test
  void inH264ItIsOfTheSizeAndLevelOfTheCamera() {
    byte[] unit = card(CardFormats.of(H264, 1280, 722)).draw(LINES).get(0);
    H264Sps sps = H264Sps.of(Unpooled.wrappedBuffer(unit));
    assertThat(sps.width()).isEqualTo(1280);
    assertThat(sps.height()).isEqualTo(722);
    assertThat(sps.level()).isEqualTo(31);
  }

  @ParameterizedTest
  @CsvSource({
    "176, 144, 90",
    "960, 576, 90",
    "1280, 722, 93",
    "1920, 1080, 120",
    "4096, 2160, 150",
    "8192, 4320, 180",
    "8192, 8192, 153"
  })
  void inH265ItIsOfTheSizeOfTheCameraAndALevelThatFits(int width, int height, int level) {
    H265Sps sps = sequence(card(CardFormats.of(H265, width, height)).draw(LINES).get(1));
    assertThat(sps.width()).isEqualTo(width);
    assertThat(sps.height()).isEqualTo(height);
    assertThat(sps.level()).isEqualTo(level);
  }

  @ParameterizedTest
  @EnumSource(names = {"H264", "H265"})
  void oddSizesLoseARowAndAColumn(Codec codec) {
    List<byte[]> even = card(CardFormats.of(codec, 640, 360)).draw(LINES);
    List<byte[]> odd = card(CardFormats.of(codec, 641, 361)).draw(LINES);
    assertThat(odd.toArray(byte[][]::new)).isDeepEqualTo(even.toArray(byte[][]::new));
  }

  @ParameterizedTest
  @CsvSource({"H264, 1920, 1080", "H264, 3840, 2160", "H265, 1920, 1080", "H265, 8192, 4320"})
  void itIsNoLargerThanAKeyFrame(Codec codec, int width, int height) {
    int bytes = 0;
    for (byte[] unit : card(CardFormats.of(codec, width, height)).draw(LINES)) {
      bytes += unit.length;
    }
    assertThat(bytes).isLessThan(100_000);
  }

  @Test
  void itSaysSinceWhenAndForHowLong() {
    Instant since = Instant.parse("2026-03-09T23:05:10Z");
    assertThat(Card.lines(since, Duration.ofSeconds(90_061), ZoneOffset.UTC))
        .containsExactly("CAMERA AWAY", "SINCE 23:05:10", "2026-03-09", "FOR 25:01:01");
  }

  @Test
  void allThatItSaysHasGlyphs() {
    String all = String.join("", Card.lines(Instant.EPOCH, Duration.ZERO, ZoneOffset.UTC));
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
    assertThat(Card.of(CardFormats.of(AV1, 640, 360))).isEmpty();
    assertThat(Card.of(FrameFormat.video(H265, 90_000).withSize(640, 360))).isEmpty();
    assertThat(Card.of(CardFormats.of(H264, 0, 0))).isEmpty();
    assertThat(Card.of(CardFormats.of(H265, 1, 360))).isEmpty();
  }
}

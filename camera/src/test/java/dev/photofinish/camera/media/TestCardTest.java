package dev.photofinish.camera.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The picture and the tone: a frozen picture must differ from a live one. */
class TestCardTest {
  private static final LocalTime NOON = LocalTime.NOON;

  @Test
  void consecutiveFramesDiffer() {
    for (long frame = 0; frame < 100; frame++) {
      assertThat(TestCard.frame(frame, NOON)).isNotEqualTo(TestCard.frame(frame + 1, NOON));
    }
  }

  @Test
  void theSquareMovesOnePlaceAFrameAndComesRound() {
    assertThat(squareOf(0)).isZero();
    assertThat(squareOf(1)).isEqualTo(1);
    assertThat(squareOf(TestCard.COLUMNS)).isZero();
  }

  private static int squareOf(long frame) {
    return List.of(TestCard.frame(frame, NOON)).indexOf(Tile.SQUARE) % TestCard.COLUMNS;
  }

  @Test
  void theTimeIsBurntIn() {
    assertThat(TestCard.frame(7, NOON)).isEqualTo(TestCard.frame(7, NOON));
    assertThat(TestCard.frame(7, NOON)).isNotEqualTo(TestCard.frame(7, NOON.plusSeconds(1)));
  }

  /** What the encoder's prediction from above relies on. */
  @Test
  void theLastLineOfEveryTileIsPlainBarUnlessItsLowerHalfFollows() {
    for (Tile tile : TestCard.frame(123_456, LocalTime.of(23, 59, 58))) {
      if (tile.shape() != Tile.Shape.UPPER) {
        byte[] bars = TestCard.samples(Tile.BARS, 5);
        byte[] drawn = TestCard.samples(tile, 5);
        for (int x = 0; x < TestCard.MACROBLOCK; x++) {
          assertThat(drawn[15 * 16 + x]).isEqualTo(bars[15 * 16 + x]);
        }
      }
    }
  }

  @Test
  void aKeyFrameComesEachSecondAndAfterAGap() {
    VideoSource video = new VideoSource(25, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
    int key = size(video.unit(0, true));
    int delta = size(video.unit(1, true));
    assertThat(key).isGreaterThan(2 * delta);
    assertThat(size(video.unit(25, true))).isGreaterThan(2 * delta);
    assertThat(size(video.unit(27, false))).isGreaterThan(2 * delta);
  }

  private static int size(List<byte[]> payloads) {
    return payloads.stream().mapToInt(payload -> payload.length).sum();
  }

  @Test
  void timestampsFollowTheRatesOfTheMedia() {
    VideoSource video = new VideoSource(30, Clock.systemUTC());
    assertThat(video.timestamp(1)).isEqualTo(3000);
    assertThat(video.timestamp(30L * 3600 * 24)).isEqualTo(90_000L * 3600 * 24);
    assertThat(new ToneSource(G711.PCMA).timestamp(3)).isEqualTo(3 * 160);
  }

  @Test
  void theToneGoesOnWithoutAStepFromPacketToPacket() {
    ToneSource tone = new ToneSource(G711.PCMU);
    assertThat(tone.unit(0, true)).singleElement().satisfies(p -> assertThat(p).hasSize(160));
    // 440 Hz at 50 packets a second: 8.8 periods a packet, so that five packets are 44 whole ones
    assertThat(tone.unit(5, true).get(0)).isEqualTo(tone.unit(0, true).get(0));
    assertThat(tone.unit(1, true).get(0)).isNotEqualTo(tone.unit(0, true).get(0));
  }
}

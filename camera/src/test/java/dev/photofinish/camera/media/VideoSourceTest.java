package dev.photofinish.camera.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The times, key frames and parameter sets of the test picture. */
class VideoSourceTest {
  private static final Clock CLOCK = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);

  /** Of both parameter sets, RFC 6184 section 5.7.1. */
  private static final int STAP_A = 24;

  private static LongStream keyFrames(VideoSource video) {
    return LongStream.range(0, 100).filter(video::key);
  }

  private static int nalType(byte[] payload) {
    return payload[0] & 0x1f;
  }

  @Test
  void aKeyFrameComesEverySecond() {
    assertThat(keyFrames(new VideoSource(25, CLOCK))).containsExactly(0L, 25L, 50L, 75L);
  }

  @Test
  void aKeyFrameComesAfterAsManyFramesAsAreAskedFor() {
    assertThat(keyFrames(new VideoSource(25, 40, CLOCK))).containsExactly(0L, 40L, 80L);
    assertThat(keyFrames(new VideoSource(25, 100_000, CLOCK))).containsExactly(0L);
  }

  @Test
  void framesAreDueAtTheirRateWithoutAddingUpARounding() {
    VideoSource video = new VideoSource(30, CLOCK);
    assertThat(video.dueNanos(1)).isEqualTo(33_333_333L);
    assertThat(video.dueNanos(30 * 3600L)).isEqualTo(3_600_000_000_000L);
  }

  @Test
  void behindAGapAFrameIsAKeyFrameWhereverItStands() {
    VideoSource video = new VideoSource(25, CLOCK);
    assertThat(video.unit(0, true)).extracting(VideoSourceTest::nalType).startsWith(STAP_A);
    assertThat(video.unit(7, true)).extracting(VideoSourceTest::nalType).doesNotContain(STAP_A);
    assertThat(video.unit(8, false)).extracting(VideoSourceTest::nalType).startsWith(STAP_A);
  }
}

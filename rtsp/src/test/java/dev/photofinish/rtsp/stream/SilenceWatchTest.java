package dev.photofinish.rtsp.stream;

import static dev.photofinish.rtsp.stream.SilenceWatch.Finding.DEAD;
import static dev.photofinish.rtsp.stream.SilenceWatch.Finding.NOTHING;
import static dev.photofinish.rtsp.stream.SilenceWatch.Finding.STALLED_OUT;
import static dev.photofinish.rtsp.stream.SilenceWatch.Finding.SUSPECT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.rtsp.stream.SilenceWatch.Finding;
import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Silence, in virtual milliseconds. */
class SilenceWatchTest {
  private static final long MS = 1_000_000;

  private SilenceWatch watch = new SilenceWatch(Duration.ofSeconds(1), Duration.ofSeconds(10));

  private Finding at(long millis) {
    return watch.check(millis * MS);
  }

  private void media(long millis) {
    watch.media(millis, millis * MS);
  }

  private long deadline() {
    return watch.deadline().orElseThrow() / MS;
  }

  @Test
  void nothingIsWatchedBeforeTheStart() {
    assertThat(watch.deadline()).isEqualTo(OptionalLong.empty());
    assertThat(at(100_000)).isEqualTo(NOTHING);
  }

  @Test
  void silenceIsAskedAboutAfterTheSuspectTime() {
    watch.start(0);
    media(40);
    assertThat(deadline()).isEqualTo(1040);
    assertThat(at(1039)).isEqualTo(NOTHING);
    assertThat(at(1040)).isEqualTo(SUSPECT);
    assertThat(at(1040)).isEqualTo(NOTHING);
  }

  @Test
  void noAnswerWithinASecondIsDeath() {
    watch.start(0);
    at(1000);
    assertThat(deadline()).isEqualTo(2000);
    assertThat(at(1999)).isEqualTo(NOTHING);
    assertThat(at(2000)).isEqualTo(DEAD);
    assertThat(watch.deadline()).isEqualTo(OptionalLong.empty());
  }

  @Test
  void mediaAnswersTheQuestion() {
    watch.start(0);
    at(1000);
    media(1500);
    assertThat(watch.isStalled()).isFalse();
    assertThat(at(2000)).isEqualTo(NOTHING);
    assertThat(deadline()).isEqualTo(2500);
  }

  @Test
  void anAnswerWithoutMediaIsAStallAndIsAskedAgain() {
    watch.start(0);
    at(1000);
    watch.answer(1010 * MS);
    assertThat(watch.isStalled()).isTrue();
    assertThat(deadline()).isEqualTo(3010);
    assertThat(at(3010)).isEqualTo(SUSPECT);
    assertThat(at(4010)).isEqualTo(DEAD);
  }

  @Test
  void answersWithoutMediaHoldUntilTheStallTimeout() {
    watch.start(0);
    at(1000);
    watch.answer(1010 * MS);
    at(3010);
    watch.answer(3020 * MS);
    at(7020);
    watch.answer(7030 * MS);
    assertThat(deadline()).isEqualTo(10_000);
    assertThat(at(9999)).isEqualTo(NOTHING);
    assertThat(at(10_000)).isEqualTo(STALLED_OUT);
  }

  @Test
  void aCameraMaySleepAtNight() {
    watch = new SilenceWatch(Duration.ofSeconds(1), Duration.ZERO);
    watch.start(0);
    long now = 1000;
    for (int night = 0; night < 1000; night++) {
      assertThat(at(now)).isEqualTo(SUSPECT);
      watch.answer((now + 5) * MS);
      now = deadline();
    }
    assertThat(now).isGreaterThan(9_000_000);
    at(now);
    assertThat(at(now + 1000)).isEqualTo(DEAD);
  }

  @Test
  void answersWhileMediaFlowsChangeNothing() {
    watch.start(0);
    watch.answer(500 * MS);
    assertThat(deadline()).isEqualTo(1000);
    assertThat(watch.isStalled()).isFalse();
  }

  @Test
  void aSlowCameraIsGivenTwentyTimesItsUsualGap() {
    watch.start(0);
    for (int second = 0; second <= 10; second++) {
      media(second * 1000L);
    }
    assertThat(deadline()).isEqualTo(30_000);
  }

  @Test
  void packetsOfOnePictureSayNothingAboutTheRate() {
    watch.start(0);
    for (int picture = 0; picture <= 10; picture++) {
      for (int packet = 0; packet < 30; packet++) {
        watch.media(picture, (picture * 1000L + packet) * MS);
      }
    }
    assertThat(deadline()).isEqualTo(10_029 + 20 * 971);
  }

  @Test
  void oneHiccupDoesNotMakeTheWatchPatient() {
    watch.start(0);
    for (int picture = 0; picture < 30; picture++) {
      media(picture * 40L);
    }
    media(5000);
    assertThat(deadline()).isEqualTo(6000);
  }

  @Test
  void whileNothingIsReadNothingIsSuspected() {
    watch.start(0);
    watch.stop();
    assertThat(at(60_000)).isEqualTo(NOTHING);
    watch.start(60_000 * MS);
    assertThat(deadline()).isEqualTo(61_000);
  }
}

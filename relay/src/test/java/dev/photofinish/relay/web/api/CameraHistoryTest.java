package dev.photofinish.relay.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.relay.RelayState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/** The past of a camera at times that the test sets. */
class CameraHistoryTest {
  private final SettableClock clock = new SettableClock();
  private final CameraHistory history = new CameraHistory(clock);

  /** Stands still until it is set. */
  private static final class SettableClock extends Clock {
    private Instant now = Instant.parse("2026-03-01T22:00:00Z");

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }

    private void pass(Duration time) {
      now = now.plus(time);
    }
  }

  @Test
  void countsTheTimeWithoutPictureOfToday() {
    history.state(RelayState.PLAYING, "");
    clock.pass(Duration.ofHours(1));
    history.state(RelayState.STALLED, "no packets");
    clock.pass(Duration.ofMinutes(10));
    history.state(RelayState.AWAY, "reset"); // goes on
    clock.pass(Duration.ofMinutes(5));
    assertThat(history.withoutPictureToday()).isEqualTo(Duration.ofMinutes(15));
    history.state(RelayState.PLAYING, "");
    clock.pass(Duration.ofMinutes(30));
    assertThat(history.withoutPictureToday()).isEqualTo(Duration.ofMinutes(15));
    assertThat(history.outages())
        .containsExactly(
            new CameraHistory.CameraOutage(
                Instant.parse("2026-03-01T23:00:00Z"),
                Instant.parse("2026-03-01T23:15:00Z"),
                "no packets"));
  }

  @Test
  void aDayBeginsAtMidnight() {
    history.state(RelayState.AWAY, "reset");
    clock.pass(Duration.ofHours(3));
    assertThat(history.withoutPictureToday()).isEqualTo(Duration.ofHours(1));
    history.state(RelayState.PLAYING, "");
    clock.pass(Duration.ofHours(24));
    assertThat(history.withoutPictureToday()).isZero();
  }

  @Test
  void aCameraThatNobodyReadsIsNotMissed() {
    history.state(RelayState.IDLE, "");
    clock.pass(Duration.ofHours(1));
    assertThat(history.withoutPictureToday()).isZero();
  }

  @Test
  void saysSinceWhenOutagesAreKnown() {
    Instant begin = clock.instant();
    for (int i = 0; i < CameraHistory.MOST_OUTAGES + 7; i++) {
      assertThat(history.outagesSince())
          .isEqualTo(i <= CameraHistory.MOST_OUTAGES ? begin : history.outages().get(0).from());
      clock.pass(Duration.ofSeconds(1));
      history.state(RelayState.AWAY, "reset");
      clock.pass(Duration.ofSeconds(1));
      history.state(RelayState.PLAYING, "");
    }
  }

  @Test
  void keepsABoundedPast() {
    for (int i = 0; i < 1000; i++) {
      history.log("line " + i);
      history.state(i % 2 == 0 ? RelayState.AWAY : RelayState.PLAYING, "");
      history.state(RelayState.PLAYING, "");
    }
    assertThat(history.lines()).hasSize(CameraHistory.MOST_LINES);
    assertThat(history.lines().get(199).text()).isEqualTo("line 999");
    assertThat(history.outages()).hasSize(CameraHistory.MOST_OUTAGES);
  }
}

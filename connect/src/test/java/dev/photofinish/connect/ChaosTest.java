package dev.photofinish.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.race.Result;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Cleanup: thousands of races in {@link Chaos}. Descriptors, channels, timers and buffers are
 * counted before and after: nothing is left.
 */
@Tag("cleanup")
class ChaosTest {
  private final long seed = Long.getLong("photofinish.seed", System.nanoTime());

  @Test
  @Timeout(120)
  void nothingIsLeft() throws Exception {
    races(Io.EPOLL, 700);
  }

  @ParameterizedTest
  @Tag("exhaustive")
  @CsvSource({"EPOLL, 10000", "NIO, 1000", "IO_URING, 1000"})
  @Timeout(600)
  void nothingIsLeftOfMany(Io io, int count) throws Exception {
    races(io, count);
  }

  private void races(Io io, int count) throws Exception {
    System.out.println("seed: -Dphotofinish.seed=" + seed);
    try (Leaks leaks = new Leaks()) {
      Chaos.round(io, seed, 200, () -> false); // what is made once is there before counting
      int descriptors = Chaos.descriptors();
      String before = Chaos.open();
      Chaos.Tally tally = Chaos.round(io, seed, count, () -> false);
      Eventually.holds(
          "no descriptor is left of " + before + ", there are " + Chaos.open(),
          () -> Chaos.descriptors() <= descriptors);
      assertThat(tally.races()).isGreaterThanOrEqualTo(count);
      assertThat(tally.results()).containsOnlyKeys(Result.values());
      leaks.expectNone();
      System.out.println(io + ": " + tally);
    }
  }
}

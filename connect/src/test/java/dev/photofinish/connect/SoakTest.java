package dev.photofinish.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.race.Result;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A million races in {@link Chaos}, in rounds on each transport in turn: after each of them there
 * are as many descriptors and threads as before the first, and after all of them as much is on the
 * heap.
 *
 * <p>{@code -Dphotofinish.races} asks for another number of races, {@code -Dphotofinish.minutes}
 * ends it after a time, however many there were.
 */
@Tag("soak")
class SoakTest {
  private static final List<Io> TRANSPORTS = List.of(Io.values());

  /** Long, since each ends with a wait for the last timers: of lost questions, of handshakes. */
  private static final int ROUND = 30_000;

  private static final long PROGRESS_NANOS = Duration.ofSeconds(10).toNanos();
  private static final long HEAP_TOLERANCE = 16L << 20;
  private static final int THREAD_TOLERANCE = 4; // the JDK's own pools

  private final long seed = Long.getLong("photofinish.seed", System.nanoTime());
  private final long most = Long.getLong("photofinish.races", 1_000_000);
  private final long minutes = Long.getLong("photofinish.minutes", Duration.ofDays(1).toMinutes());
  private final long startedAt = System.nanoTime();

  private final Map<Result, Long> results = new TreeMap<>();
  private final Map<Io, Long> racesOf = new EnumMap<>(Io.class);
  private long races;
  private long attempts;
  private long toldAt = startedAt;

  @Test
  void aMillionRacesLeaveNothingBehind() throws Exception {
    System.out.printf(
        "soak: %,d races, at most %,d minutes, -Dphotofinish.seed=%d%n", most, minutes, seed);
    try (Leaks leaks = new Leaks()) {
      for (Io io : TRANSPORTS) {
        Chaos.round(io, seed, 1_000, () -> false); // what is made once is there before counting
      }
      int descriptors = Chaos.descriptors();
      int threads = threads();
      long heap = heapAfterCollection();
      soak(descriptors, threads);
      leaks.expectNone();
      assertThat(heapAfterCollection()).as("heap").isLessThan(heap + HEAP_TOLERANCE);
    }
    tell();
    System.out.printf("soak: %s, by transport %s%n", results, racesOf);
    assertThat(results).containsOnlyKeys(Result.values());
  }

  private void soak(int descriptors, int threads) throws Exception {
    Random seeds = new Random(seed);
    for (int round = 0; !isEnough(); round++) {
      Io io = TRANSPORTS.get(round % TRANSPORTS.size());
      int count = (int) Math.min(ROUND, most - races);
      add(io, Chaos.round(io, seeds.nextLong(), count, this::isTime));
      Eventually.holds("no descriptor is left", () -> Chaos.descriptors() <= descriptors);
      Eventually.holds("no thread is left", () -> threads() <= threads + THREAD_TOLERANCE);
    }
  }

  private void add(Io io, Chaos.Tally tally) {
    races += tally.races();
    attempts += tally.attempts();
    racesOf.merge(io, tally.races(), Long::sum);
    tally.results().forEach((result, count) -> results.merge(result, count, Long::sum));
  }

  private boolean isEnough() {
    return races >= most || isTime();
  }

  /** Asked before each race, so it also tells how far the soak is. */
  private boolean isTime() {
    if (System.nanoTime() - toldAt >= PROGRESS_NANOS) {
      tell();
    }
    return elapsed().compareTo(Duration.ofMinutes(minutes)) >= 0;
  }

  private void tell() {
    toldAt = System.nanoTime();
    System.out.printf(
        "soak: %,d s: %,d races, %,d attempts, %d descriptors, %d threads, %,d MiB%n",
        elapsed().toSeconds(),
        races,
        attempts,
        Chaos.descriptors(),
        threads(),
        (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) >> 20);
  }

  private Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - startedAt);
  }

  private static int threads() {
    return ManagementFactory.getThreadMXBean().getThreadCount();
  }

  private static long heapAfterCollection() {
    System.gc();
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}

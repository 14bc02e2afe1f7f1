package dev.photofinish.connect.loss;

import dev.photofinish.connect.Connection;
import dev.photofinish.connect.Connector;
import dev.photofinish.connect.RaceFuture;
import dev.photofinish.connect.route.Target;
import dev.photofinish.race.RaceOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntPredicate;

/**
 * Many races of one target at once. They start one by one, so that none waits for another on the
 * processor; meanwhile a metronome measures how long the machine kept a thread waiting.
 *
 * @param millis each race's time to its decision, ascending; {@link Double#POSITIVE_INFINITY} for a
 *     race that was lost
 * @param stallMillis the longest that the metronome was late
 */
record LossyRaces(List<Double> millis, double stallMillis) {
  private static final long GAP_NANOS = TimeUnit.MILLISECONDS.toNanos(3);

  static LossyRaces run(Connector connector, Target target, RaceOptions options, int count) {
    return run(connector, target, options, count, race -> true);
  }

  /**
   * @param counts which races, from 1, are looked at
   */
  static LossyRaces run(
      Connector connector, Target target, RaceOptions options, int count, IntPredicate counts) {
    try (Metronome metronome = Metronome.start()) {
      List<RaceFuture> races = new ArrayList<>();
      List<RaceFuture> others = new ArrayList<>();
      for (int i = 1; i <= count; i++) {
        RaceFuture race = connector.connect(target, options);
        (counts.test(i) ? races : others).add(race);
        LockSupport.parkNanos(GAP_NANOS);
      }
      others.forEach(LossyRaces::decidedMillis);
      List<Double> millis = races.stream().map(LossyRaces::decidedMillis).sorted().toList();
      return new LossyRaces(millis, metronome.longestMillis());
    }
  }

  private static double decidedMillis(RaceFuture race) {
    try {
      Connection won = race.join();
      won.channel().close().syncUninterruptibly();
      return won.report().decidedAt() / 1e6;
    } catch (CompletionException lost) {
      return Double.POSITIVE_INFINITY;
    }
  }

  int before(long limitMillis) {
    return (int) millis.stream().filter(time -> time < limitMillis).count();
  }

  /** The time within which {@code percent} % of the races were decided: the nearest rank. */
  double percentile(int percent) {
    return millis.get(Math.max(0, (int) Math.ceil(millis.size() * percent / 100.0) - 1));
  }

  @Override
  public String toString() {
    return "%d races: p50 %.1f, p90 %.1f, p95 %.1f, p99 %.1f, max %.1f ms (machine stalled %.0f ms)"
        .formatted(
            millis.size(),
            percentile(50),
            percentile(90),
            percentile(95),
            percentile(99),
            percentile(100),
            stallMillis);
  }
}

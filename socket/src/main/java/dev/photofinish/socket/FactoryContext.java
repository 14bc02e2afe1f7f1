package dev.photofinish.socket;

import dev.photofinish.host.HistorySession;
import dev.photofinish.host.SharedHistory;
import dev.photofinish.host.ThisProcess;
import dev.photofinish.race.DialLimiter;
import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.RaceReport;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * What the races of a factory share.
 *
 * @param races that had turns in looking afresh: counted where the history is kept, since some
 *     clients make a factory for each connection
 */
record FactoryContext(
    Resolver names,
    SharedHistory history,
    AtomicLong races,
    DialLimiter limiter,
    Consumer<RaceReport> onDecided) {
  private static final AtomicLong RACES_OF_THIS_PROCESS = new AtomicLong();

  static FactoryContext ofThisProcess(Resolver names) {
    return new FactoryContext(
        names, ThisProcess.history(), RACES_OF_THIS_PROCESS, ThisProcess.limiter(), report -> {});
  }

  FactoryContext with(SharedHistory other) {
    return new FactoryContext(names, other, new AtomicLong(), limiter, onDecided);
  }

  FactoryContext with(DialLimiter other) {
    return new FactoryContext(names, history, races, other, onDecided);
  }

  FactoryContext with(Consumer<RaceReport> listener) {
    return new FactoryContext(names, history, races, limiter, listener);
  }

  HistorySession learning(RaceOptions options, long now) {
    return HistorySession.of(options, history, races.incrementAndGet(), now);
  }
}

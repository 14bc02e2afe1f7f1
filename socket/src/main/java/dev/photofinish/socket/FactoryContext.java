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
 * The parts that the races of a factory share.
 *
 * @param races the number of races so far, some of which look afresh: counted where the history is
 *     kept, since some clients make a factory for each connection
 */
record FactoryContext(
    Resolver resolver,
    SharedHistory history,
    AtomicLong races,
    DialLimiter limiter,
    Consumer<RaceReport> onDecided) {
  private static final AtomicLong RACES_OF_THIS_PROCESS = new AtomicLong();

  static FactoryContext ofThisProcess(Resolver resolver) {
    return new FactoryContext(
        resolver,
        ThisProcess.history(),
        RACES_OF_THIS_PROCESS,
        ThisProcess.limiter(),
        report -> {});
  }

  FactoryContext with(SharedHistory other) {
    return new FactoryContext(resolver, other, new AtomicLong(), limiter, onDecided);
  }

  FactoryContext with(DialLimiter other) {
    return new FactoryContext(resolver, history, races, other, onDecided);
  }

  FactoryContext with(Consumer<RaceReport> listener) {
    return new FactoryContext(resolver, history, races, limiter, listener);
  }

  HistorySession historySession(RaceOptions options, long now) {
    return HistorySession.of(options, history, races.incrementAndGet(), now);
  }
}

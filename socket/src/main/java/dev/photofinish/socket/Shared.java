package dev.photofinish.socket;

import dev.photofinish.host.Learning;
import dev.photofinish.host.SharedHistory;
import dev.photofinish.host.ThisProcess;
import dev.photofinish.race.Budget;
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
record Shared(
    Names names,
    SharedHistory history,
    AtomicLong races,
    Budget budget,
    Consumer<RaceReport> onDecided) {
  private static final AtomicLong RACES_OF_THIS_PROCESS = new AtomicLong();

  static Shared ofThisProcess(Names names) {
    return new Shared(
        names, ThisProcess.history(), RACES_OF_THIS_PROCESS, ThisProcess.budget(), report -> {});
  }

  Shared with(SharedHistory other) {
    return new Shared(names, other, new AtomicLong(), budget, onDecided);
  }

  Shared with(Budget other) {
    return new Shared(names, history, races, other, onDecided);
  }

  Shared with(Consumer<RaceReport> listener) {
    return new Shared(names, history, races, budget, listener);
  }

  Learning learning(RaceOptions options, long now) {
    return Learning.of(options, history, races.incrementAndGet(), now);
  }
}

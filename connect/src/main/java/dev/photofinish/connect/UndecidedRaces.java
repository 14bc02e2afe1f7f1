package dev.photofinish.connect;

import dev.photofinish.connect.route.Target;
import dev.photofinish.race.RaceOptions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;

/** The undecided races of one connector: begins them, and cancels them when it closes. */
final class UndecidedRaces {
  private static final AtomicLong NUMBERS = new AtomicLong();

  private final AtomicLong begun = new AtomicLong();
  private final Set<RaceFuture> undecided = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  RaceFuture begin(
      RaceContext context, Target target, RaceOptions options, AttemptInitializer initializer) {
    if (closed) {
      throw new IllegalStateException("the connector is closed; expected one that is open");
    }
    RaceDriver race =
        new RaceDriver(
            context,
            NUMBERS.incrementAndGet(),
            begun.incrementAndGet(),
            target,
            options,
            initializer);
    undecided.add(race.future());
    begin(race);
    if (closed) {
      race.future().cancel(false);
    }
    return race.future();
  }

  private static void begin(RaceDriver race) {
    try {
      race.begin();
    } catch (RejectedExecutionException e) {
      throw new IllegalStateException(
          "the event loops have ended; expected a connector that is open", e);
    }
  }

  void ended(RaceFuture race) {
    undecided.remove(race);
  }

  int count() {
    return undecided.size();
  }

  /** Cancels every race, and begins no more. */
  void close() {
    closed = true;
    undecided.forEach(race -> race.cancel(false));
  }
}

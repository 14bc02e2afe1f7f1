package dev.photofinish.rtsp.client;

import dev.photofinish.connect.Connection;
import dev.photofinish.connect.RaceException;
import dev.photofinish.connect.RaceFuture;
import dev.photofinish.race.Result;
import dev.photofinish.race.Strategy;
import dev.photofinish.rtsp.dialogue.EndReason;
import dev.photofinish.rtsp.limit.LimitObserver;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A stream's races, one at a time; those that were not cancelled are reported. */
final class RaceRunner {
  /** Takes what becomes of the races. */
  interface Listener {
    /**
     * The dialogue of an attempt ended while the race was running, or is going to: {@link
     * EndReason.Kind#NOT_RTSP}.
     */
    void attemptEnded(EndReason end);

    void won(Connection winner);

    void lost(RaceException failure);

    /** The race could not be run. */
    void broken(Throwable failure);
  }

  private final AttemptFactory attempts;
  private final Destination destination;
  private final LimitObserver observer;
  private final Listener listener;
  private @Nullable RaceFuture race;

  RaceRunner(
      AttemptFactory attempts, Destination destination, LimitObserver observer, Listener listener) {
    this.attempts = attempts;
    this.destination = destination;
    this.observer = observer;
    this.listener = listener;
  }

  /**
   * @param places how many attempts may be connected at one time
   */
  void start(Strategy strategy, int places) {
    RaceFuture started = attempts.start(destination, strategy, places, observer, this::ended);
    race = started;
    CompletableFuture<?> unused =
        started.whenComplete((connection, failure) -> decided(started, connection, failure));
  }

  void cancel() {
    if (race != null) {
      RaceFuture cancelled = race;
      race = null;
      observer.release();
      cancelled.cancel(false);
    }
  }

  private void ended(RacingConnection connection, EndReason end) {
    if (end.kind() == EndReason.Kind.AT_CAPACITY) {
      observer.full(connection.tracked(), end);
    }
    if (end.kind() != EndReason.Kind.NOT_RTSP) {
      observer.endedInRace(
          connection.tracked(), connection, end, connection.connection().openRequest());
    }
    listener.attemptEnded(end);
  }

  private void decided(
      RaceFuture finished, @Nullable Connection connection, @Nullable Throwable failure) {
    if (race != finished) {
      return;
    }
    race = null;
    observer.release();
    if (connection != null) {
      listener.won(connection);
    } else if (failure instanceof RaceException lost) {
      if (lost.report().result() == Result.TIMED_OUT) {
        observer.habits().raceTimedOut();
      }
      listener.lost(lost);
    } else if (failure != null) {
      listener.broken(failure);
    }
  }
}

package dev.photofinish.race;

import dev.photofinish.race.address.Candidate;
import dev.photofinish.race.address.Family;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something that happened to a race; a driver passes it to {@link Race#handle} with its time. */
public sealed interface RaceEvent {
  /**
   * The contract's rule 8, the order of what happens in one instant: progress and readiness, then
   * failures and evictions, then resolution answers, then the cancel; among equals the lower
   * attempt number first.
   */
  Comparator<RaceEvent> ORDER =
      Comparator.comparingInt(RaceEvent::rank).thenComparingInt(RaceEvent::attempt);

  /** Hands this event to the handler's method for it; a handler that lacks one does not compile. */
  void deliver(Handler handler);

  /** The place of its kind in the order of one instant. */
  int rank();

  /** The number of the attempt that it happened to, 0 if to none. */
  int attempt();

  /** The side of a race that takes events. */
  interface Handler {
    void reached(int attempt, Stage stage);

    void ended(Ended event);

    void resolved(Resolved event);

    void cancelled();
  }

  /**
   * The attempt moved on to {@code stage}; {@link Stage#READY} is the finish line and implies the
   * stages before.
   */
  record Reached(int attempt, Stage stage) implements RaceEvent {
    @Override
    public void deliver(Handler handler) {
      handler.reached(attempt, stage);
    }

    @Override
    public int rank() {
      return 0;
    }
  }

  /**
   * The network or the peer ended the attempt.
   *
   * @param detail human-readable: what exactly was seen, without credentials
   */
  record Ended(int attempt, Cause cause, @Nullable String detail) implements RaceEvent {
    public Ended(int attempt, Cause cause) {
      this(attempt, cause, null);
    }

    @Override
    public void deliver(Handler handler) {
      handler.ended(this);
    }

    @Override
    public int rank() {
      return 1;
    }
  }

  /**
   * An answer for one family of one endpoint; an empty list is a negative answer. Each family of
   * each endpoint is answered once: a later one for the same pair is ignored.
   *
   * @param endpoint the index, from 0, of the target's endpoint
   */
  record Resolved(int endpoint, Family family, List<Candidate> candidates) implements RaceEvent {
    public Resolved {
      candidates = List.copyOf(candidates);
    }

    @Override
    public void deliver(Handler handler) {
      handler.resolved(this);
    }

    @Override
    public int rank() {
      return 2;
    }

    @Override
    public int attempt() {
      return 0;
    }
  }

  /** The caller does not want the race any more. */
  record Cancelled() implements RaceEvent {
    @Override
    public void deliver(Handler handler) {
      handler.cancelled();
    }

    @Override
    public int rank() {
      return 3;
    }

    @Override
    public int attempt() {
      return 0;
    }
  }
}

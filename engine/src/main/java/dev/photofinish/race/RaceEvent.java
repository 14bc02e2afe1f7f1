package dev.photofinish.race;

import dev.photofinish.race.address.Candidate;
import dev.photofinish.race.address.Family;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something that happened to a race; a driver passes it to {@link Race#handle} with its time. */
public sealed interface RaceEvent {

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
  }

  /**
   * The attempt moved on to {@code stage}; {@link Stage#READY} is the finish line and implies the
   * stages before.
   */
  record Reached(int attempt, Stage stage) implements RaceEvent {}

  /**
   * The network or the peer ended the attempt.
   *
   * @param detail for people: what exactly was seen, without credentials
   */
  record Ended(int attempt, Cause cause, @Nullable String detail) implements RaceEvent {
    public Ended(int attempt, Cause cause) {
      this(attempt, cause, null);
    }
  }

  /**
   * The race has to wait for a place in the {@link DialLimiter} and does not begin; comes first if
   * at all.
   */
  record Queued() implements RaceEvent {}

  /** The race that had to wait has its place: it begins, and its times count from here. */
  record Admitted() implements RaceEvent {}

  /** The caller does not want the race any more. */
  record Cancelled() implements RaceEvent {}
}

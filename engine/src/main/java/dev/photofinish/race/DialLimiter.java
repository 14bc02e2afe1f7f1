package dev.photofinish.race;

import dev.photofinish.race.address.Candidate;
import org.jspecify.annotations.Nullable;

/**
 * What the races of a process share: how many dials at once, how many beyond a race's first.
 *
 * <p>A race enters before it begins, which keeps a place for its first dial; it asks for each dial
 * and tells when one is no more in progress. Times are nanoseconds of one ticker for all races,
 * compared by subtraction. Safe for use by several threads.
 */
public interface DialLimiter {
  /** Every race begins at once, every dial is granted. */
  DialLimiter UNLIMITED = new Unlimited();

  /** Why a dial is throttled. */
  enum Reason {
    /** All places are taken, or first attempts of other races wait for one. */
    MAX_DIALS,
    /** There were enough attempts beyond the first ones lately. */
    EXTRA_ATTEMPTS,
    /** The host was dialled a moment ago. */
    SAME_HOST_GAP
  }

  /** Which dial of its race one is. */
  enum Turn {
    /** The race has sent nothing yet, and has the place that it entered by. */
    FIRST,
    /**
     * The race has the place of its dial before, which was answered when no other was in progress,
     * and goes on to an address that it did not dial yet: no load beyond a first dial's.
     */
    SUCCESSOR,
    /** Any other: it needs a token and a place of its own. */
    EXTRA
  }

  /** What was heard on a dial that is no more in progress. */
  enum Heard {
    /** The host answered: connected, refused, reset. */
    SOMETHING,
    /** Silence, or the network's word that nobody is there. */
    NOTHING,
    /** We closed it before either could be said. */
    UNKNOWN,
    /** Nothing was sent, nor was before: what comes next is the race's first. */
    UNSENT
  }

  /**
   * The dial may not start now.
   *
   * @param askAgainAt when it may be granted, later than the question
   */
  record Refusal(Reason reason, long askAgainAt) {}

  /** A race that waits for its place. */
  interface Racer {
    /** Races to one host wait for each other; hosts take turns. */
    String host();

    /**
     * The race has its place, and may begin; false if it cannot any more, and its place is free.
     * Called once, on any thread, unless it left before; must neither block nor throw.
     */
    boolean admitted();
  }

  /** Asks for a place; false when {@code racer} has to wait until it is admitted. */
  boolean enter(Racer racer, long now);

  /** {@code racer}, which had to wait, will not begin; it may have been admitted meanwhile. */
  void leave(Racer racer, long now);

  /** Asks for a dial; null when it is granted. */
  @Nullable Refusal ask(Candidate candidate, Turn turn, long now);

  /**
   * A dial that was granted became ready, or ended.
   *
   * @param keepsPlace whether the race keeps its place, for a {@link Turn#FIRST} or {@link
   *     Turn#SUCCESSOR}
   */
  void ended(Candidate candidate, long startedAt, Heard heard, boolean keepsPlace, long now);

  /** A race gives back a place that no dial of it has. */
  void unused(long now);

  /** As the name says. */
  final class Unlimited implements DialLimiter {
    private Unlimited() {}

    @Override
    public boolean enter(Racer racer, long now) {
      return true;
    }

    @Override
    public void leave(Racer racer, long now) {
      // nobody waits
    }

    @Override
    public @Nullable Refusal ask(Candidate candidate, Turn turn, long now) {
      return null;
    }

    @Override
    public void ended(
        Candidate candidate, long startedAt, Heard heard, boolean keepsPlace, long now) {
      // nothing is counted
    }

    @Override
    public void unused(long now) {
      // nothing was kept
    }
  }
}

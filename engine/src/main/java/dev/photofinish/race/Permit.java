package dev.photofinish.race;

import dev.photofinish.race.address.Candidate;
import org.jspecify.annotations.Nullable;

/**
 * A race's permit to dial, from a {@link DialLimiter}. It comes with a slot for the first dial;
 * each further one is asked for, and the end of each is reported. Not safe for use by several
 * threads at once.
 */
public interface Permit {
  /** Every dial is granted. */
  Permit UNLIMITED = new Unlimited();

  /** The sign of life on a dial that is no more in progress. */
  enum Heard {
    /** The host answered: connected, refused, reset. */
    SOMETHING,
    /** Silence, or the network's word that nobody is there. */
    NOTHING,
    /** We closed it before either could be said. */
    UNKNOWN,
    /** Nothing was sent. */
    UNSENT
  }

  /**
   * The dial may not start now.
   *
   * @param askAgainAt when it may be granted, later than the question
   */
  record Refusal(DialLimiter.Reason reason, long askAgainAt) {}

  /** How long the race waited in the queue, if it begins {@code now}; 0 if it did not have to. */
  long queuedFor(long now);

  /**
   * Asks for a dial; null when it is granted.
   *
   * @param fresh whether the race has not dialled {@code candidate} yet
   */
  @Nullable Refusal ask(Candidate candidate, boolean fresh, long now);

  /**
   * A dial that was granted became ready, or ended: it is no more in progress.
   *
   * @param goesOn whether the race, which was answered and has nothing else in progress, goes on to
   *     a fresh candidate: that one is no more load than the first
   * @return whether the permit keeps the dial's slot for the next one
   */
  boolean ended(Candidate candidate, long startedAt, Heard heard, boolean goesOn, long now);

  /** Gives back a slot that no dial has; dials in progress are still reported when they end. */
  void close(long now);

  /** A permit that limits nothing. */
  final class Unlimited implements Permit {
    private Unlimited() {}

    @Override
    public long queuedFor(long now) {
      return 0;
    }

    @Override
    public @Nullable Refusal ask(Candidate candidate, boolean fresh, long now) {
      return null;
    }

    @Override
    public boolean ended(
        Candidate candidate, long startedAt, Heard heard, boolean goesOn, long now) {
      return false;
    }

    @Override
    public void close(long now) {
      // nothing was kept
    }
  }
}

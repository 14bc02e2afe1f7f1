package dev.photofinish.race;

import dev.photofinish.race.address.Candidate;

/** Something that a race wants its driver to do. */
public sealed interface RaceCommand {

  /** Hands this command to the driver's method for it; a driver that lacks one does not compile. */
  void run(Driver driver);

  /** The side of a race that touches the world. */
  interface Driver {
    /** Dial {@code candidate}, and report what becomes of it as events of {@code attempt}. */
    void dial(int attempt, Candidate candidate);

    /**
     * Close all that belongs to {@code attempt}, connected or not. Answers that still come are
     * closed on arrival.
     */
    void close(int attempt, Outcome outcome);

    /**
     * The race is over: always the last command, after the losers' {@code close}.
     *
     * @param winner the attempt whose connection the caller gets, or 0 when {@code result} is not
     *     {@link Result#WON}
     */
    void decide(Result result, int winner);
  }

  record Dial(int attempt, Candidate candidate) implements RaceCommand {
    @Override
    public void run(Driver driver) {
      driver.dial(attempt, candidate);
    }
  }

  record Close(int attempt, Outcome outcome) implements RaceCommand {
    @Override
    public void run(Driver driver) {
      driver.close(attempt, outcome);
    }
  }

  record Decide(Result result, int winner) implements RaceCommand {
    @Override
    public void run(Driver driver) {
      driver.decide(result, winner);
    }
  }
}

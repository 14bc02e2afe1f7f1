package dev.photofinish.cli;

import dev.photofinish.race.RaceReport;

/** Runs one race after another to the same target. */
interface Racer extends AutoCloseable {

  /** One race to its decision; the winner is closed. Ends early when {@code stop} is requested. */
  RaceReport race(Stop stop) throws InterruptedException;

  @Override
  void close();
}

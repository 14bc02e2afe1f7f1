package dev.photofinish.cli.race;

import dev.photofinish.connect.observe.RaceListener;
import dev.photofinish.race.RaceReport;
import dev.photofinish.simulation.Prediction;

/** The output of the race command. */
interface RaceOutput extends AutoCloseable {

  /** The listener of running races. */
  default RaceListener listener() {
    return RaceListener.NONE;
  }

  /** Race {@code number} of {@code count} is decided. */
  void race(RaceReport report, int number, int count);

  /** All races are over. */
  void races(Distribution distribution, Prediction prediction);

  @Override
  default void close() {}
}

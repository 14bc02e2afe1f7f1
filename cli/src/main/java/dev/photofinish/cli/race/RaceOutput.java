package dev.photofinish.cli.race;

import dev.photofinish.connect.observe.RaceListener;
import dev.photofinish.race.RaceReport;
import dev.photofinish.simulation.Prediction;

/** Where the race command tells how it goes. */
interface RaceOutput extends AutoCloseable {

  /** Who hears races while they are on. */
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

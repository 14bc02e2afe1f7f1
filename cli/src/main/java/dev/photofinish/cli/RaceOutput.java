package dev.photofinish.cli;

import dev.photofinish.race.RaceReport;

/** Where the race command tells how it goes. */
interface RaceOutput {

  /** Race {@code number} of {@code count} is decided. */
  void race(RaceReport report, int number, int count);

  /** All races are over. */
  void races(Distribution distribution, Prediction prediction);
}

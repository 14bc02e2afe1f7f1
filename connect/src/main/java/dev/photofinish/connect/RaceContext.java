package dev.photofinish.connect;

import dev.photofinish.host.SharedHistory;
import dev.photofinish.race.Budget;
import java.util.function.LongSupplier;

/** What all races of one connector share. */
interface RaceContext {
  Transport transport();

  /** In nanoseconds, the same for whoever shares the history and the budget. */
  LongSupplier clock();

  RaceListener listener();

  Names names();

  Tls tls();

  /** What earlier races learnt of addresses. */
  SharedHistory history();

  /** What the races share with all others of the process. */
  Budget budget();

  /** Where dials leave and what they go through. */
  Route route();

  /** Which of the route's interfaces are there. */
  ChosenInterfaces interfaces();

  /** The race was decided. */
  void ended(RaceDriver race);
}

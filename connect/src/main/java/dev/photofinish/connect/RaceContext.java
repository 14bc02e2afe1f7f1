package dev.photofinish.connect;

import dev.photofinish.host.SharedHistory;
import dev.photofinish.race.DialLimiter;
import java.util.function.LongSupplier;

/** What all races of one connector share. */
interface RaceContext {
  Transport transport();

  /** In nanoseconds, the same for whoever shares the history and the limiter. */
  LongSupplier clock();

  RaceListener listener();

  Resolver names();

  Tls tls();

  /** What earlier races learnt of addresses. */
  SharedHistory history();

  /** What the races share with all others of the process. */
  DialLimiter limiter();

  /** Where dials leave and what they go through. */
  Route route();

  /** Which of the route's interfaces are there. */
  ChosenInterfaces interfaces();

  /** The race was decided. */
  void ended(RaceDriver race);
}

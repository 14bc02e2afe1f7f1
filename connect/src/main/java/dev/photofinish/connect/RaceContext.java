package dev.photofinish.connect;

import dev.photofinish.connect.channel.ChosenInterfaces;
import dev.photofinish.connect.channel.Transport;
import dev.photofinish.connect.dns.Resolver;
import dev.photofinish.connect.observe.RaceListener;
import dev.photofinish.connect.route.Route;
import dev.photofinish.host.SharedHistory;
import dev.photofinish.race.DialLimiter;
import java.util.function.LongSupplier;

/** The parts that all races of one connector share. */
interface RaceContext {
  Transport transport();

  /** In nanoseconds, the same for all who share the history and the limiter. */
  LongSupplier clock();

  RaceListener listener();

  Resolver resolver();

  Tls tls();

  /** What earlier races learnt of addresses. */
  SharedHistory history();

  /** What the races share with all others of the process. */
  DialLimiter limiter();

  /** Where dials leave and what they go through. */
  Route route();

  /** Which of the route's interfaces are there. */
  ChosenInterfaces interfaces();

  /** The race is over. */
  void ended(RaceFuture race);
}

package dev.photofinish.connect;

import dev.photofinish.connect.channel.ChosenInterfaces;
import dev.photofinish.connect.channel.Transport;
import dev.photofinish.connect.dns.Resolver;
import dev.photofinish.connect.observe.RaceListener;
import dev.photofinish.connect.route.Route;
import dev.photofinish.host.SharedHistory;
import dev.photofinish.race.DialLimiter;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** The parts that the races of one connector share. */
record ConnectorContext(
    Transport transport,
    LongSupplier clock,
    RaceListener listener,
    Resolver resolver,
    Tls tls,
    SharedHistory history,
    DialLimiter limiter,
    Route route,
    ChosenInterfaces interfaces,
    Consumer<RaceFuture> onEnd)
    implements RaceContext {
  @Override
  public void ended(RaceFuture race) {
    onEnd.accept(race);
  }
}

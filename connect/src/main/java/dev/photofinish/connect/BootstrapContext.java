package dev.photofinish.connect;

import dev.photofinish.connect.channel.ChosenInterfaces;
import dev.photofinish.connect.channel.Transport;
import dev.photofinish.connect.dns.Resolver;
import dev.photofinish.connect.observe.RaceListener;
import dev.photofinish.connect.route.Route;
import dev.photofinish.host.SharedHistory;
import dev.photofinish.race.DialLimiter;
import java.util.function.LongSupplier;

/** The parts that a connector's races share, with the channels and the route of a bootstrap. */
record BootstrapContext(RaceContext shared, Transport transport, Route route)
    implements RaceContext {
  @Override
  public LongSupplier clock() {
    return shared.clock();
  }

  @Override
  public RaceListener listener() {
    return shared.listener();
  }

  @Override
  public Resolver resolver() {
    return shared.resolver();
  }

  @Override
  public DialLimiter limiter() {
    return shared.limiter();
  }

  @Override
  public Tls tls() {
    return shared.tls();
  }

  @Override
  public SharedHistory history() {
    return shared.history();
  }

  @Override
  public ChosenInterfaces interfaces() {
    return shared.interfaces();
  }

  @Override
  public void ended(RaceFuture race) {
    shared.ended(race);
  }
}

package dev.photofinish.connect;

import dev.photofinish.host.SharedHistory;
import dev.photofinish.race.DialLimiter;
import java.util.function.LongSupplier;

/** What a connector's races share, with the channels and the local address of a bootstrap. */
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
  public Resolver names() {
    return shared.names();
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
  public void ended(RaceDriver race) {
    shared.ended(race);
  }
}

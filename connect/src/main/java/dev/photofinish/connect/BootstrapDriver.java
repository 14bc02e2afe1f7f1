package dev.photofinish.connect;

import dev.photofinish.connect.bootstrap.BootstrapFailure;
import dev.photofinish.connect.bootstrap.BootstrapRace;
import dev.photofinish.connect.bootstrap.RacedChannelFuture;
import dev.photofinish.connect.route.Target;
import dev.photofinish.race.RaceOptions;
import io.netty.channel.ChannelFuture;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Connects a bootstrap with a race of a connector's. */
record BootstrapDriver(BootstrapRace race, UndecidedRaces races, RaceContext shared) {
  ChannelFuture connect(Target target, RaceOptions options) {
    RaceFuture raced =
        races.begin(context(), target, options, new FinishLines(options.finishLine()));
    RacedChannelFuture future = race.future(raced.loop(), () -> raced.cancel(false));
    var unused =
        raced.whenCompleteAsync(
            (won, lost) -> {
              if (won != null) {
                race.won(won.channel(), future);
              } else {
                race.lost(failure(lost), future);
              }
            },
            raced.executor());
    return future;
  }

  private RaceContext context() {
    return new BootstrapContext(
        shared, race.transport(shared.transport()), race.route(shared.route()));
  }

  private static @Nullable IOException failure(Throwable lost) {
    return lost instanceof RaceException race ? BootstrapFailure.of(race.report(), race) : null;
  }
}

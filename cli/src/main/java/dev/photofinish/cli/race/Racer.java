package dev.photofinish.cli.race;

import dev.photofinish.cli.command.StopSignal;
import dev.photofinish.connect.Connection;
import dev.photofinish.connect.Connector;
import dev.photofinish.connect.RaceException;
import dev.photofinish.connect.RaceFuture;
import dev.photofinish.connect.TlsSettings;
import dev.photofinish.connect.observe.RaceListener;
import dev.photofinish.connect.route.Route;
import dev.photofinish.connect.route.Target;
import dev.photofinish.host.SharedHistory;
import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.RaceReport;
import dev.photofinish.race.limiter.SharedDialLimiter;
import dev.photofinish.rtsp.client.Camera;
import dev.photofinish.rtsp.client.CameraRaces;
import io.netty.channel.ChannelFuture;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Runs one race after another to the same target.
 *
 * @param start begins a race
 * @param leave gives the winner up; the future is complete when its connection is closed
 */
record Racer(Supplier<RaceFuture> start, Function<Connection, ChannelFuture> leave, Runnable end)
    implements AutoCloseable {

  /** A target that is no RTSP address: the finish line is TCP or TLS. */
  static Racer to(
      Target target,
      RaceOptions options,
      SharedDialLimiter limiter,
      Route route,
      boolean tlsInsecure,
      SharedHistory history,
      RaceListener listener) {
    Connector connector =
        Connector.builder()
            .limiter(limiter)
            .tls(tlsInsecure ? TlsSettings.insecure() : TlsSettings.systemTrust())
            .route(route)
            .history(history)
            .listener(listener)
            .build();
    return new Racer(
        () -> connector.connect(target, options), won -> won.channel().close(), connector::close);
  }

  static Racer to(
      Camera camera, SharedDialLimiter limiter, SharedHistory history, RaceListener listener) {
    CameraRaces races = new CameraRaces(camera, listener, history, limiter);
    return new Racer(races::race, won -> won.channel().closeFuture(), races::close);
  }

  /** One race to its decision; empty when {@code stop} was requested before. */
  Optional<RaceReport> race(StopSignal stop) throws InterruptedException {
    RaceFuture future = start.get();
    var cancelling = stop.onRequest(() -> future.cancel(false));
    try {
      Connection won = future.await();
      leave.apply(won).await();
      return Optional.of(won.report());
    } catch (RaceException e) {
      return Optional.of(e.report());
    } catch (CancellationException e) {
      return Optional.empty();
    } finally {
      cancelling.cancel(false);
    }
  }

  @Override
  public void close() {
    end.run();
  }
}

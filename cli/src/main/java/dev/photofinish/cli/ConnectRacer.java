package dev.photofinish.cli;

import dev.photofinish.connect.Connection;
import dev.photofinish.connect.Connector;
import dev.photofinish.connect.RaceException;
import dev.photofinish.connect.RaceFuture;
import dev.photofinish.connect.RaceListener;
import dev.photofinish.connect.Target;
import dev.photofinish.connect.TlsSettings;
import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.RaceReport;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;

/** Races whose finish line is TCP or TLS. */
final class ConnectRacer implements Racer {
  private final AtomicReference<RaceReport> latest = new AtomicReference<>();
  private final Connector connector;
  private final Target target;
  private final RaceOptions options;

  ConnectRacer(Target target, RaceOptions options, boolean tlsInsecure) {
    this.target = target;
    this.options = options;
    connector =
        Connector.builder()
            .tls(tlsInsecure ? TlsSettings.insecure() : TlsSettings.systemTrust())
            .listener(
                new RaceListener() {
                  @Override
                  public void decided(long race, RaceReport report) {
                    latest.set(report);
                  }
                })
            .build();
  }

  @Override
  public RaceReport race(Stop stop) throws InterruptedException {
    RaceFuture future = connector.connect(target, options);
    var cancelling = stop.onRequest(() -> future.cancel(false));
    try {
      Connection won = future.await();
      won.channel().close().sync();
      return won.report();
    } catch (RaceException e) {
      return e.report();
    } catch (CancellationException e) {
      return Objects.requireNonNull(latest.get(), "a cancelled race reports too");
    } finally {
      cancelling.cancel(false);
    }
  }

  @Override
  public void close() {
    connector.close();
  }
}

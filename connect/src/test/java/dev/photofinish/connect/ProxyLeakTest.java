package dev.photofinish.connect;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.photofinish.connect.ProxyPeer.Answer;
import dev.photofinish.connect.route.Endpoint;
import dev.photofinish.connect.route.ProxySettings.Kind;
import dev.photofinish.connect.route.Target;
import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.Strategy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The descriptors of races through a proxy: counted alone, with nothing beside it. */
@Timeout(120)
class ProxyLeakTest {
  /** One connection for each race: the next attempt is never due. */
  private static final RaceOptions OPTIONS =
      RaceOptions.builder()
          .connectionRacing(Strategy.FIRST_WINS)
          .racingDelay(Duration.ofSeconds(2))
          .racingTimeout(Duration.ofSeconds(20))
          .build();

  private final Peers peers = new Peers();

  @AfterEach
  void close() {
    peers.close();
  }

  @ParameterizedTest
  @EnumSource
  void cancellingInTheMiddleOfTheTunnelLeavesNothing(Kind kind) {
    ProxyPeer.Running proxy =
        ProxyPeer.start(peers, new Endpoint("::1", 9), Answer.SAYS_NOTHING, false);
    try (Connector connector =
        Connectors.builder().tls(TlsSettings.insecure()).proxy(proxy.settings(kind)).build()) {
      long before = descriptors();
      AtomicInteger connected = proxy.connections();
      for (int i = 0; i < 20; i++) {
        RaceFuture race = connector.connect(Target.parse("tls://camera.invalid:322"), OPTIONS);
        int connections = i + 1;
        Eventually.holds("the proxy is connected to", () -> connected.get() >= connections);
        race.cancel(true);
        assertThatThrownBy(race::await).isInstanceOf(CancellationException.class);
      }
      Eventually.holds("no race is on", () -> connector.racing() == 0);
      // The event loops themselves may have been opened meanwhile: a few, not one a race.
      Eventually.holds("every socket is closed", () -> descriptors() < before + 15);
    }
  }

  private static long descriptors() {
    String[] open = Path.of("/proc/self/fd").toFile().list();
    return open == null ? 0 : open.length;
  }
}

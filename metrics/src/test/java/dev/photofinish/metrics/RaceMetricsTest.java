package dev.photofinish.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.photofinish.connect.Connector;
import dev.photofinish.connect.RaceException;
import dev.photofinish.connect.route.Target;
import dev.photofinish.race.Cause;
import dev.photofinish.race.Outcome;
import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.RaceReport;
import dev.photofinish.race.Result;
import dev.photofinish.race.Stage;
import dev.photofinish.race.Strategy;
import dev.photofinish.race.address.Candidate;
import dev.photofinish.race.address.Family;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class RaceMetricsTest {
  private static final RaceOptions FIRST_WINS =
      RaceOptions.builder().connectionRacing(Strategy.FIRST_WINS).build();

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final RaceMetrics metrics = new RaceMetrics(registry);

  @Test
  void racesAreCountedByResultAndStrategyWithTheirTime() throws Exception {
    try (ServerSocket server = listening();
        Connector connector = Connector.builder().listener(metrics).build()) {
      Target lives = target(server);
      connector.connectBlocking(lives, FIRST_WINS).close();
      connector.connectBlocking(lives, FIRST_WINS).close();
      lose(connector, refusing());
    }

    assertThat(decisions("first-wins", "won")).isEqualTo(2);
    assertThat(decisions("none", "failed")).isEqualTo(1);
    assertThat(registry.get("photofinish.race.decision").timers())
        .allSatisfy(timer -> assertThat(timer.totalTime(TimeUnit.NANOSECONDS)).isPositive());
    assertThat(attempts("won", "none")).isEqualTo(2);
    assertThat(attempts("failed", "refused")).isEqualTo(1);
    assertThat(registry.get("photofinish.connect").tag("family", "ipv4").timer().count())
        .isEqualTo(2);
    assertThat(registry.get("photofinish.attempts.extra").counter().count()).isZero();
    assertThat(registry.find("photofinish.dns").timer()).isNull();
    assertThat(gauge("photofinish.races.active")).isZero();
    assertThat(gauge("photofinish.attempts.active")).isZero();
  }

  @Test
  void whatIsOnIsAGauge() {
    metrics.started(1, Target.parse("camera.example:554"), FIRST_WINS);
    metrics.attemptStarted(1, 1, candidate());
    metrics.attemptStarted(1, 2, candidate());
    assertThat(gauge("photofinish.races.active")).isEqualTo(1);
    assertThat(gauge("photofinish.attempts.active")).isEqualTo(2);
    assertThat(registry.get("photofinish.attempts.extra").counter().count()).isEqualTo(1);

    metrics.attemptEnded(1, 1, Outcome.EVICTED, Cause.CLOSED, "closed by the peer");
    assertThat(gauge("photofinish.attempts.active")).isEqualTo(1);
    assertThat(registry.get("photofinish.evictions").counter().count()).isEqualTo(1);
    assertThat(attempts("evicted", "closed")).isEqualTo(1);
  }

  @Test
  void namesThatWereAskedForAreTimedAndNumericAddressesAreNot() {
    long ms = 1_000_000;
    metrics.decided(
        1,
        new RaceReport(
            "192.0.2.9:554,camera.example:554",
            Strategy.HYBRID,
            FIRST_WINS,
            List.of(
                new RaceReport.Answer(0, 0, Family.IPV6, List.of()),
                new RaceReport.Answer(0, 0, Family.IPV4, List.of(candidate())),
                new RaceReport.Answer(12 * ms, 1, Family.IPV6, List.of()),
                new RaceReport.Answer(18 * ms, 1, Family.IPV4, List.of(candidate()))),
            List.of(
                new RaceReport.Attempt(
                    1, candidate(), 0, -1, -1, 20 * ms, Stage.STARTED, Outcome.FAILED, null, null)),
            Result.FAILED,
            null,
            20 * ms));

    assertThat(dns("ipv6", "nothing")).isEqualTo(12);
    assertThat(dns("ipv4", "addresses")).isEqualTo(18);
    assertThat(registry.get("photofinish.dns").timers()).hasSize(2);
  }

  @Test
  void noTagHoldsAnAddressOrAName() throws Exception {
    try (ServerSocket server = listening();
        Connector connector = Connector.builder().listener(metrics).build()) {
      connector.connectBlocking(target(server), FIRST_WINS).close();
      lose(connector, refusing());
    }

    List<Meter> meters = // but for the histograms, which this registry shows as gauges
        registry.getMeters().stream().filter(m -> m.getId().getTag("le") == null).toList();
    assertThat(meters)
        .flatExtracting(meter -> meter.getId().getTags())
        .extracting(Tag::getValue)
        .isSubsetOf("first-wins", "none", "won", "failed", "refused", "ipv4");
    assertThat(meters)
        .extracting(Meter::getId)
        .allSatisfy(id -> assertThat(id.getDescription()).isNotBlank());
  }

  @Test
  void oneRegistryHasOne() {
    assertThatThrownBy(() -> new RaceMetrics(registry))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("expected one RaceMetrics for each registry");
  }

  private long decisions(String strategy, String result) {
    return registry
        .get("photofinish.race.decision")
        .tags("strategy", strategy, "result", result)
        .timer()
        .count();
  }

  private double attempts(String outcome, String cause) {
    return registry
        .get("photofinish.attempts")
        .tags("outcome", outcome, "cause", cause)
        .counter()
        .count();
  }

  private double dns(String family, String answer) {
    return registry
        .get("photofinish.dns")
        .tags("family", family, "answer", answer)
        .timer()
        .totalTime(TimeUnit.MILLISECONDS);
  }

  private double gauge(String name) {
    return registry.get(name).gauge().value();
  }

  private static void lose(Connector connector, Target target) throws InterruptedException {
    assertThatThrownBy(
            () ->
                connector
                    .connect(
                        target, RaceOptions.builder().racingTimeout(Duration.ofSeconds(20)).build())
                    .await())
        .isInstanceOf(RaceException.class);
  }

  private static ServerSocket listening() throws Exception {
    return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  private static Target target(ServerSocket server) {
    return Target.parse("127.0.0.1:" + server.getLocalPort());
  }

  private static Target refusing() throws Exception {
    try (ServerSocket server = listening()) {
      return target(server);
    }
  }

  private static Candidate candidate() {
    return new Candidate(new InetSocketAddress("192.0.2.9", 554));
  }
}

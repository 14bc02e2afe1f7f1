package dev.photofinish.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.photofinish.connect.observe.RaceListener;
import dev.photofinish.connect.route.Endpoint;
import dev.photofinish.connect.route.Target;
import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.RaceReport;
import dev.photofinish.race.Result;
import dev.photofinish.race.Strategy;
import dev.photofinish.race.limiter.DialLimiterOptions;
import dev.photofinish.race.limiter.SharedDialLimiter;
import dev.photofinish.race.report.ReportMap;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Races that share a limiter of dials, on real sockets. */
@Timeout(120)
class DialLimiterTest {
  private static final RaceOptions PATIENT =
      RaceOptions.builder()
          .connectionRacing(Strategy.FIRST_WINS)
          .racingTimeout(Duration.ofSeconds(6))
          .build();

  private static final RaceOptions LONG =
      RaceOptions.builder().racingTimeout(Duration.ofMinutes(1)).build();

  private final SharedDialLimiter one =
      new SharedDialLimiter(DialLimiterOptions.builder().maxDials(1).build());
  private final List<String> told = Collections.synchronizedList(new ArrayList<>());

  private final RaceListener listener =
      new RaceListener() {
        @Override
        public void queued(long race, Target target, RaceOptions options) {
          told.add("queued");
        }

        @Override
        public void started(long race, Target target, RaceOptions options) {
          told.add("started");
        }

        @Override
        public void decided(long race, RaceReport report) {
          told.add("decided");
        }
      };

  private static Target target(ServerSocket server) {
    return Target.of(new Endpoint("127.0.0.1", server.getLocalPort()));
  }

  @Test
  void aRaceWaitsForItsPlaceAndItsTimeCountsFromThere() throws Exception {
    try (BlackHole hole = new BlackHole("127.0.0.1");
        ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Connector connector = Connector.builder().limiter(one).listener(listener).build()) {
      RaceFuture lost = connector.connect(Target.of(hole.endpoint()), PATIENT);
      Eventually.holds("the first race", () -> told.contains("started"));
      RaceOptions hurried = PATIENT.toBuilder().racingTimeout(Duration.ofSeconds(2)).build();
      RaceFuture second = connector.connect(target(server), hurried);
      assertThatThrownBy(lost::await).isInstanceOf(RaceException.class);
      try (Connection won = second.await()) {
        assertThat(won.report().queuedFor()).isPositive();
        assertThat(ReportMap.of(won.report())).containsKey("queued");
      }
      assertThat(told.subList(0, 2)).containsExactly("started", "queued");
      assertThat(Collections.frequency(told, "started")).isEqualTo(2);
      assertThat(one.taken()).isZero();
    }
  }

  @Test
  void theReportTellsWhatWasThrottled() throws Exception {
    try (BlackHole hole = new BlackHole("127.0.0.1");
        Connector connector = Connector.builder().limiter(one).build()) {
      RaceFuture race = connector.connect(Target.of(hole.endpoint()), PATIENT);
      assertThatThrownBy(race::await)
          .isInstanceOfSatisfying(
              RaceException.class,
              lost -> {
                assertThat(lost.report().attempts()).hasSize(1);
                assertThat(lost.report().throttled())
                    .singleElement()
                    .satisfies(w -> assertThat(w.attempt()).isEqualTo(2));
              });
      assertThat(one.taken()).isZero();
    }
  }

  @Test
  void whoWaitsCanBeCancelled() throws Exception {
    try (BlackHole hole = new BlackHole("127.0.0.1");
        Connector connector = Connector.builder().limiter(one).listener(listener).build()) {
      RaceFuture first = connector.connect(Target.of(hole.endpoint()), LONG);
      Eventually.holds("the limiter", () -> one.taken() == 1);
      List<RaceFuture> waiting = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        waiting.add(connector.connect(Target.of(hole.endpoint()), PATIENT));
      }
      Eventually.holds("the limiter", () -> one.waiting() == 100);
      waiting.forEach(race -> race.cancel(false));
      assertThatThrownBy(waiting.get(7)::await).isInstanceOf(CancellationException.class);
      Eventually.holds("the limiter", () -> one.waiting() == 0);
      assertThat(one.taken()).isEqualTo(1);
      first.cancel(false);
      Eventually.holds("the limiter", () -> one.taken() == 0);
      Eventually.holds("the limiter", () -> connector.racing() == 0);
      assertThat(Collections.frequency(told, "decided")).isEqualTo(101);
    }
  }

  @Test
  void thousandRacesFindTheirTurnOnOnePlace() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Connector connector = Connector.builder().limiter(one).build()) {
      Thread accepting = new Thread(() -> acceptAll(server));
      accepting.setDaemon(true);
      accepting.start();
      List<RaceFuture> races = new ArrayList<>();
      for (int i = 0; i < 1000; i++) {
        races.add(connector.connect(target(server), LONG));
      }
      for (RaceFuture race : races) {
        try (Connection won = race.get(110, TimeUnit.SECONDS)) {
          assertThat(won.report().result()).isEqualTo(Result.WON);
        }
      }
      assertThat(one.taken()).isZero();
      assertThat(one.waiting()).isZero();
    }
  }

  private static void acceptAll(ServerSocket server) {
    try {
      while (true) {
        server.accept().close();
      }
    } catch (java.io.IOException e) {
      // the test is over
    }
  }

  @Test
  void aClosedConnectorLeavesNoPlaceTaken() throws Exception {
    try (BlackHole hole = new BlackHole("127.0.0.1")) {
      Connector connector = Connector.builder().limiter(one).build();
      for (int i = 0; i < 50; i++) {
        var unused = connector.connect(Target.of(hole.endpoint()), RaceOptions.defaults());
      }
      connector.close();
      Eventually.holds("the limiter", () -> one.taken() == 0 && one.waiting() == 0);
    }
  }
}

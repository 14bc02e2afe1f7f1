package dev.photofinish.connect.loss;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.camera.lab.Acceptor;
import dev.photofinish.camera.lab.Fault;
import dev.photofinish.camera.lab.Lab;
import dev.photofinish.camera.lab.Needs;
import dev.photofinish.connect.Connection;
import dev.photofinish.connect.Connector;
import dev.photofinish.connect.route.Endpoint;
import dev.photofinish.connect.route.Target;
import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.RaceReport;
import dev.photofinish.race.Strategy;
import dev.photofinish.race.address.Via;
import java.net.NetworkInterface;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One server behind two cables, as behind Wi-Fi and LTE; the routes prefer the first. */
@Tag("lab")
@Tag("packet-loss")
@Timeout(300)
class TwoWaysOutTest {
  private static final String SERVER = "198.19.255.1";
  private static final int PORT = 9000;
  private static final Target TARGET = Target.of(new Endpoint(SERVER, PORT));
  private static final RaceOptions OPTIONS =
      RaceOptions.builder()
          .connectionRacing(Strategy.FIRST_WINS)
          .racingDelay(Duration.ofMillis(500))
          .build();

  @BeforeAll
  static void needsALab() {
    Needs.lab(Assumptions::abort);
  }

  @Test
  void aSilentWayOutCostsOneDelay() throws Exception {
    try (Lab first = Lab.open();
        Lab second = Lab.open()) {
      String wifi = connect(first, 10);
      String lte = connect(second, 20);
      first.server().inflict(Fault.loseSyns(100));
      try (Connector connector = Connector.builder().interfaces(wifi, lte).build();
          Connection won = connector.connectBlocking(TARGET, OPTIONS)) {
        assertThat(ways(won.report())).containsExactly(wifi, lte);
        assertThat(Objects.requireNonNull(won.report().winner()).number()).isEqualTo(2);
      }
      first.server().heal();
      try (Connector connector = Connector.builder().interfaces(lte, wifi).build();
          Connection won = connector.connectBlocking(TARGET, OPTIONS)) {
        assertThat(ways(won.report())).as("though the routes prefer the other").startsWith(lte);
        assertThat(second.server().clientPorts(PORT)).isNotEmpty();
        assertThat(first.server().clientPorts(PORT)).isEmpty();
      }
    }
  }

  private static List<String> ways(RaceReport report) {
    return report.attempts().stream()
        .map(attempt -> Objects.requireNonNull(attempt.candidate().via()))
        .map(Via::networkInterface)
        .map(String::valueOf)
        .toList();
  }

  /** Makes the server reachable over this lab's cable and gives the name of our end. */
  private static String connect(Lab lab, int metric) throws Exception {
    lab.server().run("ip", "address", "add", SERVER + "/32", "dev", "lo");
    lab.server()
        .startJava(Duration.ofMinutes(5), Acceptor.class, String.valueOf(PORT))
        .awaitLine(Acceptor.READY, Duration.ofMinutes(1));
    String gateway = lab.server4().getHostAddress();
    String ours = gateway.substring(0, gateway.lastIndexOf('.')) + ".1";
    String name =
        NetworkInterface.networkInterfaces()
            .filter(i -> i.inetAddresses().anyMatch(a -> a.getHostAddress().equals(ours)))
            .findFirst()
            .orElseThrow()
            .getName();
    ip("route", "add", SERVER + "/32", "via", gateway, "dev", name, "metric", "" + metric);
    return name;
  }

  /** Goes away with the cable. */
  private static void ip(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("ip"));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).inheritIO().start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
  }
}

package dev.photofinish.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.photofinish.connect.channel.LocalAddresses;
import dev.photofinish.connect.route.Endpoint;
import dev.photofinish.connect.route.Route;
import dev.photofinish.connect.route.Target;
import dev.photofinish.option.InvalidOptionException;
import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.RaceReport;
import dev.photofinish.race.Strategy;
import dev.photofinish.race.address.Addresses;
import dev.photofinish.race.address.Candidate;
import dev.photofinish.race.report.ReportMap;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Dialling from chosen local addresses and interfaces. */
@Timeout(120)
class RouteTest {
  private static final RaceOptions OPTIONS =
      RaceOptions.builder()
          .connectionRacing(Strategy.FIRST_WINS)
          .racingDelay(Duration.ofSeconds(2)) // who connects does so before the next attempt
          .racingTimeout(Duration.ofSeconds(20))
          .build();

  private final Peers peers = new Peers();

  @AfterEach
  void close() {
    peers.close();
  }

  private static List<String> dialled(RaceReport report) {
    return report.attempts().stream()
        .map(RaceReport.Attempt::candidate)
        .map(Candidate::local)
        .map(local -> Addresses.text(Objects.requireNonNull(local)))
        .toList();
  }

  @Test
  void severalLocalAddressesAreDialledFromInTurn() {
    InetAddress first = Addresses.parse("127.0.0.7");
    InetAddress second = Addresses.parse("127.0.0.8");
    RaceOptions hurried =
        OPTIONS.toBuilder()
            .racingDelay(Duration.ofMillis(100))
            .racingTimeout(Duration.ofSeconds(6))
            .build();
    try (BlackHole hole = new BlackHole("127.0.0.1");
        Connector connector = Connectors.builder().localAddresses(first, second).build()) {
      RaceException lost =
          catchThrowableOfType(
              RaceException.class,
              () -> connector.connect(Target.of(hole.endpoint()), hurried).await());
      assertThat(dialled(lost.report())).startsWith("127.0.0.7", "127.0.0.8", "127.0.0.7");
    }
  }

  @Test
  void onlyFamiliesOfTheLocalAddressesAreDialled(@TempDir Path folder) throws Exception {
    Path hosts = folder.resolve("hosts");
    Files.writeString(hosts, "::1 camera.example\n127.0.0.1 camera.example\n");
    int port = peers.mute("127.0.0.1").port();
    try (Connector connector =
            Connectors.builder()
                .hostsFile(hosts)
                .localAddresses(Addresses.parse("127.0.0.9"))
                .build();
        Connection won =
            connector.connectBlocking(Target.of(new Endpoint("camera.example", port)), OPTIONS)) {
      assertThat(dialled(won.report())).containsExactly("127.0.0.9");
      assertThat(won.channel().localAddress()).asString().startsWith("/127.0.0.9:");
    }
  }

  @ParameterizedTest
  @EnumSource
  void anInterfaceIsDialledThrough(Io io) throws Exception {
    Target target = Target.of(peers.mute("127.0.0.1"));
    try (Loops loops = io.open();
        Connector connector =
            Connectors.builder().eventLoopGroup(loops.group()).interfaces("lo").build();
        Connection won = connector.connectBlocking(target, OPTIONS)) {
      RaceReport.Attempt winner = Objects.requireNonNull(won.report().winner());
      assertThat(winner.candidate()).asString().endsWith(" from 127.0.0.1 (lo)");
      assertThat(ReportMap.of(won.report()).get("attempts"))
          .asString()
          .contains("interface=lo", "local=127.0.0.1");
    }
  }

  @Test
  void anInterfaceThatIsNotThereIsSaidWithThoseThatAre() {
    assertThatThrownBy(() -> Connectors.builder().interfaces("lo", "nosuch0").build())
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContainingAll("interface: 'nosuch0'", "lo");
  }

  /** One that has gone since. */
  @Test
  void withoutAnyOfItsInterfacesARaceIsLost() {
    Route route = new Route(List.of(), List.of("nosuch0"), null);
    LocalAddresses none = LocalAddresses.present(route);
    assertThat(none.ways()).isEmpty();
    assertThat(none.none())
        .contains("interface nosuch0: not there or without an address; expected one of")
        .contains("lo");
    Route both = new Route(List.of(), List.of("nosuch0", "lo"), null);
    assertThat(LocalAddresses.present(both).none()).isNull();
    assertThat(LocalAddresses.present(both).ways()).isNotEmpty().allMatch(way -> way.path() == 1);
  }

  @Test
  void whatCannotBeReachedFromThereIsSaid() {
    try (Connector connector =
        Connectors.builder().localAddresses(Addresses.parse("127.0.0.9")).build()) {
      for (String target : List.of("[2001:db8::1]:554", "192.0.2.1:554")) {
        RaceException lost =
            catchThrowableOfType(
                RaceException.class,
                () -> connector.connect(Target.parse(target), OPTIONS).await());
        assertThat(lost).hasMessageContaining("cannot be dialled from 127.0.0.9");
        assertThat(lost.report().attempts()).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "local-address | 192.0.2.1,",
        "local-address | camera.example",
        "local-address | 0.0.0.0",
        "local-address | 224.0.0.1",
        "local-address | ::",
        "interface | eth0,,eth1",
        "proxy | ftp://proxy.example:21"
      })
  void whatIsWrongIsSaid(String option, String value) {
    assertThatThrownBy(() -> Route.OPTIONS.read(Map.of(option, value)))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageStartingWith(option + ": ");
  }

  @Test
  void eitherInterfacesOrAddresses() {
    Map<String, String> both = Map.of("local-address", "127.0.0.1", "interface", "lo");
    assertThatThrownBy(() -> Route.OPTIONS.read(both))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContaining("either interfaces or local addresses");
  }
}

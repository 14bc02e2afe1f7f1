package dev.photofinish.connect;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.photofinish.camera.lab.Needs;
import dev.photofinish.connect.channel.ChosenInterfaces;
import dev.photofinish.connect.channel.LocalAddresses;
import dev.photofinish.connect.route.Route;
import dev.photofinish.connect.route.Target;
import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.Strategy;
import dev.photofinish.race.address.Addresses;
import dev.photofinish.race.address.Via;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A way out that goes away is told, once. */
class ChosenInterfacesTest {
  private static final Via LAN = Via.from(Addresses.parse("192.0.2.9"), "eth0", 0);
  private static final String IS_MISSING = ": not there or without an address; ";

  private final LogLines log = new LogLines();
  private final ChosenInterfaces interfaces = new ChosenInterfaces();

  @AfterEach
  void close() {
    log.close();
  }

  private void saw(String... missing) {
    interfaces.saw(new LocalAddresses(true, List.of(LAN), List.of(missing)));
  }

  @Test
  void eachChangeIsOneLine() {
    saw();
    saw("wwan0");
    saw("wwan0");
    saw("wwan0", "wlan0");
    assertThat(log.at(Level.WARN))
        .containsExactly(
            "interface wwan0" + IS_MISSING + "192.0.2.9 (eth0) is left",
            "interface wlan0" + IS_MISSING + "192.0.2.9 (eth0) is left");
    assertThat(log.at(Level.INFO)).isEmpty();
    saw("wlan0");
    saw("wlan0");
    assertThat(log.at(Level.INFO)).containsExactly("interface wwan0: there again");
    saw("wwan0", "wlan0");
    assertThat(log.at(Level.WARN)).hasSize(3);
  }

  @Test
  void theLastOneToGoLeavesNoWayOut() {
    Route route = Route.builder().interfaces(List.of("nosuch0")).build();
    assertThat(interfaces.present(route).ways()).isEmpty();
    assertThat(interfaces.present(route).ways()).isEmpty();
    assertThat(log.at(Level.WARN))
        .containsExactly("interface nosuch0" + IS_MISSING + "no way out is left");
  }

  @Test
  @Tag("lab")
  void aModemThatIsUnpluggedIsToldOnceAndTheOtherWayWins() throws Exception {
    Needs.lab(Assumptions::abort);
    RaceOptions options = RaceOptions.builder().connectionRacing(Strategy.FIRST_WINS).build();
    ip("link", "add", "pfmodem0", "type", "veth", "peer", "name", "pfmodem1");
    ip("address", "add", "198.18.77.1/32", "dev", "pfmodem0");
    try (Peers peers = new Peers();
        Connector connector = Connectors.builder().interfaces("pfmodem0", "lo").build()) {
      ip("link", "delete", "pfmodem0");
      Target target = Target.of(peers.mute("127.0.0.1"));
      connector.connectBlocking(target, options).close();
      connector.connectBlocking(target, options).close();
      assertThat(log.at(Level.WARN))
          .singleElement()
          .asString()
          .startsWith("interface pfmodem0" + IS_MISSING)
          .contains("127.0.0.1 (lo)");
    } finally {
      new ProcessBuilder("ip", "link", "delete", "pfmodem0").start().waitFor(60, SECONDS);
    }
  }

  private static void ip(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("ip"));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).inheritIO().start();
    assertThat(process.waitFor(60, SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
  }

  /** A bootstrap's own local address takes the interfaces' place for its race alone. */
  @Test
  void racesWithoutInterfacesSayNothingOfThem() {
    saw("wwan0");
    interfaces.present(Route.DIRECT);
    saw("wwan0");
    assertThat(log.at(Level.WARN)).hasSize(1);
    assertThat(log.at(Level.INFO)).isEmpty();
  }
}

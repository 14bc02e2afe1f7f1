package dev.photofinish.cli.discover;

import dev.photofinish.cli.config.InterfaceName;
import dev.photofinish.option.InvalidOptionException;
import dev.photofinish.option.Option;
import dev.photofinish.option.OptionTable;
import dev.photofinish.option.OptionType;
import java.net.NetworkInterface;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.StringTokenizer;

/**
 * The options by which cameras are looked for.
 *
 * @param interfaces empty for every suitable one
 * @param count of the cameras to wait for; 0 waits the whole timeout
 */
record DiscoverOptions(
    Duration timeout,
    Duration cameraTimeout,
    List<NetworkInterface> interfaces,
    int count,
    int port) {
  private static final String INTERFACE = "interface";
  private static final String INTERFACES = "names of network interfaces separated by ','";
  private static final int PORT = 3702;
  private static final int LAST_PORT = 65_535;
  private static final int MOST = 1024;

  static final OptionTable<Builder, DiscoverOptions> OPTIONS =
      OptionTable.of(
          Builder::new,
          Builder::build,
          Option.of(
              "timeout",
              "3s",
              "how long to wait for answers to the probe",
              OptionType.duration(Duration.ofMillis(1), Duration.ofMinutes(10)),
              (b, v) -> b.timeout = v),
          Option.of(
              INTERFACE,
              "",
              "where to look, such as eth0,wlan0; else on every one that can multicast",
              OptionType.text(INTERFACES, (option, text) -> interfaces(text)),
              (b, v) -> b.interfaces = v),
          Option.of(
              "count",
              "0",
              "stop looking when so many cameras have answered; 0 waits the whole timeout",
              OptionType.integer(0, MOST),
              (b, v) -> b.count = v),
          Option.of(
              "camera-timeout",
              "10s",
              "how long a camera has to say its streams",
              OptionType.duration(Duration.ofMillis(1), Duration.ofMinutes(10)),
              (b, v) -> b.cameraTimeout = v),
          Option.of(
              "discovery-port",
              "" + PORT,
              "UDP port of the probe; another one only for tests",
              OptionType.integer(1, LAST_PORT),
              (b, v) -> b.port = v));

  /** Collects the options. */
  static final class Builder {
    private Duration timeout = Duration.ofSeconds(3);
    private Duration cameraTimeout = Duration.ofSeconds(10);
    private List<NetworkInterface> interfaces = List.of();
    private int count;
    private int port = PORT;

    DiscoverOptions build() {
      return new DiscoverOptions(timeout, cameraTimeout, interfaces, count, port);
    }
  }

  private static List<NetworkInterface> interfaces(String text) {
    StringTokenizer names = new StringTokenizer(text, ",");
    List<NetworkInterface> found = new ArrayList<>();
    while (names.hasMoreTokens()) {
      found.add(InterfaceName.find(INTERFACE, names.nextToken().strip()));
    }
    if (found.isEmpty()) {
      throw new InvalidOptionException(INTERFACE, text, INTERFACES);
    }
    return found;
  }
}

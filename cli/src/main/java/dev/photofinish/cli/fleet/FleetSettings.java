package dev.photofinish.cli.fleet;

import dev.photofinish.cli.command.Lifetime;
import dev.photofinish.cli.command.UsageException;
import dev.photofinish.cli.config.FileName;
import dev.photofinish.cli.config.HostAndPort;
import dev.photofinish.fleet.FleetOptions;
import dev.photofinish.fleet.FleetTls;
import dev.photofinish.option.InvalidOptionException;
import dev.photofinish.option.Option;
import dev.photofinish.option.OptionTable;
import dev.photofinish.option.OptionType;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a node on the command line.
 *
 * @param node what the node is started with
 * @param rtsp where readers read
 * @param web where its API is, or is asked; null for none
 * @param users the file with the users who may read; null for none
 * @param anyone whether anyone may read, though it listens on more than the loopback
 * @param duration null for until an interrupt
 */
record FleetSettings(
    FleetOptions node,
    InetSocketAddress rtsp,
    @Nullable InetSocketAddress web,
    @Nullable Path users,
    boolean anyone,
    @Nullable Duration duration) {
  private static final String NONE = "none";
  private static final OptionType<@Nullable Path> FILE = OptionType.orWord(FileName.TYPE, NONE);

  static final OptionTable<Builder, FleetSettings> OPTIONS =
      OptionTable.of(
          Builder::new,
          Builder::build,
          Option.of(
              "listen",
              "127.0.0.1:25520",
              "the address by which other nodes reach this one: HOST:PORT",
              HostAndPort.TYPE,
              (b, v) -> b.listen = v),
          Option.of(
              "join",
              NONE,
              "nodes of the fleet, HOST:PORT,HOST:PORT, the same at all nodes; none begins one",
              OptionType.orWord(OptionType.text(), NONE),
              (b, v) -> b.join = v),
          Option.of(
              "zone",
              NONE,
              "the zone that this node is in",
              OptionType.orWord(OptionType.text(), NONE),
              (b, v) -> b.zone = v),
          Option.of(
              "rtsp",
              "127.0.0.1:8554",
              "where readers read: HOST:PORT, port 0 is any free one",
              HostAndPort.TYPE,
              (b, v) -> b.rtsp = v),
          Option.of(
              "web",
              "127.0.0.1:8081",
              "where the node's page and API are, or are asked: HOST:PORT, or off",
              OptionType.orWord(HostAndPort.TYPE, "off"),
              (b, v) -> b.web = v),
          Option.of(
              "state",
              NONE,
              "a folder to keep the list of cameras in",
              FILE,
              (b, v) -> b.state = v),
          Option.of(
              "certificate",
              NONE,
              "this node's certificate, a PEM file, for an address that is not of the loopback",
              FILE,
              (b, v) -> b.certificate = v),
          Option.of(
              "key",
              NONE,
              "the key of the certificate, RSA, a PEM file",
              FILE,
              (b, v) -> b.key = v),
          Option.of(
              "authority",
              NONE,
              "the certificate that has signed those of all nodes, a PEM file",
              FILE,
              (b, v) -> b.authority = v),
          Option.of(
              "fleet-stable-after",
              "10s",
              "for how long nothing must change before a side of a partition goes on",
              OptionType.duration(Duration.ofSeconds(1), Duration.ofMinutes(5)),
              (b, v) -> b.stableAfter = v),
          Option.of(
              "quorum",
              "0",
              "nodes that a side needs to go on; 0 is the majority of those that were there",
              OptionType.integer(0, 1_000),
              (b, v) -> b.quorum = v),
          Option.of(
              "lease",
              NONE,
              "what decides which side of a partition goes on: none for majority or quorum, or"
                  + " kubernetes",
              OptionType.text(
                  "none or kubernetes",
                  (option, text) -> {
                    if (!text.equals(NONE) && !text.equals("kubernetes")) {
                      throw new InvalidOptionException(option, text, "none or kubernetes");
                    }
                    return text.equals("kubernetes");
                  }),
              (b, v) -> b.lease = v),
          Option.of(
              "site-max-dials",
              "16",
              "most dials in progress to the cameras of one site, the same at all nodes",
              OptionType.integer(1, 1_000_000),
              (b, v) -> b.siteDials = v),
          Option.of(
              "users",
              NONE,
              "a file with who may read, made by photofinish user; the same at all nodes",
              FILE,
              (b, v) -> b.users = v),
          Option.of(
              "anyone",
              "off",
              "let anyone read, though it listens on more than the loopback",
              OptionType.toggle(),
              (b, v) -> b.anyone = v),
          Option.of(
              "duration",
              Lifetime.ENDLESS,
              "how long to run, such as 30s",
              Lifetime.TYPE,
              (b, v) -> b.duration = v));

  /** Users may read; anyone may, and may change where cameras are, on the loopback alone. */
  void check() {
    if (users == null) {
      checkLoopback("rtsp", rtsp, "--users FILE, a loopback address");
    }
    if (web != null) {
      checkLoopback("web", web, "a loopback address");
    }
  }

  private void checkLoopback(String option, InetSocketAddress address, String expected) {
    if (!anyone && !address.getAddress().isLoopbackAddress()) {
      throw new UsageException(
          "--" + option + ": it has no logins; expected " + expected + ", or --anyone");
    }
  }

  /** Collects the options. */
  static final class Builder {
    private InetSocketAddress listen = FleetOptions.defaults().listen();
    private @Nullable String join;
    private @Nullable String zone;
    private InetSocketAddress rtsp = new InetSocketAddress(InetAddress.getLoopbackAddress(), 8554);
    private @Nullable InetSocketAddress web =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 8081);
    private @Nullable Path state;
    private @Nullable Path certificate;
    private @Nullable Path key;
    private @Nullable Path authority;
    private Duration stableAfter = Duration.ofSeconds(10);
    private int quorum;
    private boolean lease;
    private int siteDials = FleetOptions.defaults().siteDials();
    private @Nullable Path users;
    private boolean anyone;
    private @Nullable Duration duration;

    private FleetSettings build() {
      FleetTls tls =
          certificate == null || key == null || authority == null
              ? null
              : new FleetTls(certificate, key, authority);
      if (tls == null && (certificate != null || key != null || authority != null)) {
        throw new InvalidOptionException(
            "certificate",
            String.valueOf(certificate),
            "certificate, key and authority, or none of them");
      }
      FleetOptions node =
          FleetOptions.defaults()
              .withListen(listen, tls)
              .withJoin(join == null ? List.of() : List.of(join.split(",", -1)))
              .withZone(zone == null ? "" : zone)
              .withState(state)
              .withStableAfter(stableAfter)
              .withQuorum(quorum)
              .withSiteDials(siteDials);
      return new FleetSettings(
          lease ? node.withKubernetesLease() : node, rtsp, web, users, anyone, duration);
    }
  }
}

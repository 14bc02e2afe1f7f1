package dev.photofinish.cli.fleet;

import dev.photofinish.cli.command.Lifetime;
import dev.photofinish.cli.command.UsageException;
import dev.photofinish.cli.config.FileName;
import dev.photofinish.cli.config.HostAndPort;
import dev.photofinish.cli.relay.ServerTls;
import dev.photofinish.fleet.FleetOptions;
import dev.photofinish.fleet.FleetTls;
import dev.photofinish.option.InvalidOptionException;
import dev.photofinish.option.Option;
import dev.photofinish.option.OptionTable;
import dev.photofinish.option.OptionType;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a node on the command line.
 *
 * @param node what the node is started with
 * @param certificate of the node, for other nodes, readers and page; {@code self-signed} for one
 *     that is made, for readers and page alone; null for none
 * @param key of the certificate; null for none
 * @param authority that nodes trust; null where they have no TLS
 * @param duration null for until an interrupt
 */
record FleetSettings(
    FleetOptions node,
    @Nullable Path certificate,
    @Nullable Path key,
    @Nullable Path authority,
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
              "state",
              NONE,
              "a folder to keep the list of cameras in",
              FILE,
              (b, v) -> b.state = v),
          Option.of(
              "certificate",
              NONE,
              "this node's certificate, a PEM file, for other nodes, rtsps and web-tls; or"
                  + " self-signed, for the last two: one is made at each start, and its"
                  + " fingerprint shown",
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
              "the certificate that has signed those of all nodes, a PEM file, for an address that"
                  + " is not of the loopback",
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
              "duration",
              Lifetime.ENDLESS,
              "how long to run, such as 30s",
              Lifetime.TYPE,
              (b, v) -> b.duration = v));

  /**
   * Wrong use where files of TLS are missing, or are for nothing.
   *
   * @param isServed whether readers or the page are served over TLS
   */
  void check(boolean isServed) {
    boolean isMade = ServerTls.isSelfSigned(certificate);
    boolean isWhole = certificate != null && (isMade ? key == null : key != null);
    boolean isNone = certificate == null && key == null;
    if (authority != null && (!isWhole || isMade)) {
      throw new UsageException(
          "--authority: it is for certificates of nodes; expected --certificate and --key beside it");
    }
    if (!isNone && !isWhole) {
      throw new UsageException(
          "--certificate, --key: each needs the other; expected both, --certificate self-signed, or"
              + " none of them");
    }
    if (!isNone && authority == null && !isServed) {
      throw new UsageException(
          "--certificate: nothing is served with it; expected --authority for nodes, or --rtsps or"
              + " --web-tls");
    }
  }

  /** Collects the options. */
  static final class Builder {
    private InetSocketAddress listen = FleetOptions.defaults().listen();
    private @Nullable String join;
    private @Nullable String zone;
    private @Nullable Path state;
    private @Nullable Path certificate;
    private @Nullable Path key;
    private @Nullable Path authority;
    private Duration stableAfter = Duration.ofSeconds(10);
    private int quorum;
    private boolean lease;
    private int siteDials = FleetOptions.defaults().siteDials();
    private @Nullable Duration duration;

    private FleetSettings build() {
      FleetTls tls =
          certificate == null || key == null || authority == null
              ? null
              : new FleetTls(certificate, key, authority);
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
          lease ? node.withKubernetesLease() : node, certificate, key, authority, duration);
    }
  }
}

package dev.photofinish.fleet;

import dev.photofinish.fleet.camera.FleetCamera;
import dev.photofinish.fleet.times.Takeover;
import dev.photofinish.option.InvalidOptionException;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a node of a fleet: immutable, changed by the {@code with} methods.
 *
 * @param listen the address by which other nodes reach this one; 127.0.0.1:25520 by default, port 0
 *     is any free one. One that was made of a name keeps the name: other nodes, and certificates,
 *     know this one by it then, and it may have another address after a restart
 * @param join addresses of nodes of the fleet, {@code host:port}, the same at all nodes; with none,
 *     the default, this node begins a fleet of its own
 * @param zone that this node is in; empty, the default, for none
 * @param state the folder that the list of cameras is kept in; null, the default, to keep nothing
 * @param tls by which nodes know each other; null, the default, for none, on the loopback alone
 * @param stableAfter for which nothing must change before a side of a partition decides which one
 *     goes on; 10 s by default, 1 s to 5 min
 * @param quorum nodes that a side needs to go on; 0, the default, for the majority of those that
 *     were there
 * @param siteDials most dials in progress to the cameras of one site; 16 by default, 1 to 1000000
 * @param pekko settings of Pekko that take precedence, by their path
 */
public record FleetOptions(
    InetSocketAddress listen,
    List<String> join,
    String zone,
    @Nullable Path state,
    @Nullable FleetTls tls,
    Duration stableAfter,
    int quorum,
    int siteDials,
    Map<String, Object> pekko) {
  /** The port of a node where no other is given. */
  public static final int PORT = 25_520;

  private static final Pattern NODE =
      Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._-]+):[1-9][0-9]{0,4}");

  private static final FleetOptions DEFAULTS =
      new FleetOptions(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), PORT),
          List.of(),
          "",
          null,
          null,
          Duration.ofSeconds(10),
          0,
          16,
          Map.of());

  /** Refuses what two nodes cannot agree on safely. */
  public FleetOptions {
    join = List.copyOf(join);
    pekko = Map.copyOf(pekko);
    for (String node : join) {
      if (!NODE.matcher(node).matches()) {
        throw new InvalidOptionException("join", node, "HOST:PORT, or several with commas between");
      }
    }
    if (listen.isUnresolved() || listen.getAddress().isAnyLocalAddress()) {
      throw new InvalidOptionException(
          "listen", text(listen), "the one address by which other nodes reach this one");
    }
    if (tls == null && !listen.getAddress().isLoopbackAddress()) {
      throw new InvalidOptionException(
          "listen",
          text(listen),
          "a loopback address, or a certificate, key and authority: without them anyone who"
              + " reaches the address could join the fleet, and read the cameras and their"
              + " passwords");
    }
    if (stableAfter.toMillis() < 1_000 || stableAfter.toMinutes() > 5) {
      throw new InvalidOptionException("fleet-stable-after", stableAfter, "1 s to 5 min");
    }
    if (quorum < 0) {
      throw new InvalidOptionException("quorum", quorum, "0 or more nodes");
    }
    if (siteDials < 1 || siteDials > 1_000_000) {
      throw new InvalidOptionException("site-max-dials", siteDials, "1 to 1000000 dials");
    }
  }

  private static String text(InetSocketAddress address) {
    return NetUtil.toSocketAddressString(address);
  }

  /**
   * The times by which cameras are taken over with these options.
   *
   * @throws IllegalArgumentException if two nodes could hold a camera with them
   */
  public Takeover times() {
    return Takeover.of(PekkoConfig.of(this));
  }

  /** The host by which other nodes reach this one: the name that was given, or the address. */
  String host() {
    return listen.getAddress().isLoopbackAddress()
        ? listen.getAddress().getHostAddress()
        : listen.getHostString();
  }

  public static FleetOptions defaults() {
    return DEFAULTS;
  }

  public FleetOptions withListen(InetSocketAddress address) {
    return withListen(address, tls);
  }

  /** For an address that is not of the loopback, which needs TLS. */
  public FleetOptions withListen(InetSocketAddress address, @Nullable FleetTls files) {
    return new FleetOptions(
        address, join, zone, state, files, stableAfter, quorum, siteDials, pekko);
  }

  public FleetOptions withJoin(List<String> nodes) {
    return new FleetOptions(listen, nodes, zone, state, tls, stableAfter, quorum, siteDials, pekko);
  }

  /**
   * These options in a zone; empty for none.
   *
   * @throws InvalidOptionException for a name with blanks or commas, or of more than 64 characters
   */
  public FleetOptions withZone(String name) {
    if (!name.isEmpty()) {
      FleetCamera.checkZone("zone", name);
    }
    return new FleetOptions(listen, join, name, state, tls, stableAfter, quorum, siteDials, pekko);
  }

  public FleetOptions withState(@Nullable Path folder) {
    return new FleetOptions(listen, join, zone, folder, tls, stableAfter, quorum, siteDials, pekko);
  }

  public FleetOptions withStableAfter(Duration time) {
    return new FleetOptions(listen, join, zone, state, tls, time, quorum, siteDials, pekko);
  }

  public FleetOptions withQuorum(int nodes) {
    return new FleetOptions(listen, join, zone, state, tls, stableAfter, nodes, siteDials, pekko);
  }

  /** The same at all nodes, so that it holds wherever a site is held. */
  public FleetOptions withSiteDials(int dials) {
    return new FleetOptions(listen, join, zone, state, tls, stableAfter, quorum, dials, pekko);
  }

  /**
   * Lets a lease of Kubernetes decide which side of a partition goes on, so that two never do, even
   * where they disagree on who is in the fleet.
   *
   * @throws InvalidOptionException where {@code pekko-lease-kubernetes_2.13} is not on the class
   *     path, or a quorum is to decide
   */
  public FleetOptions withKubernetesLease() {
    try {
      Class<?> unused =
          Class.forName("org.apache.pekko.coordination.lease.kubernetes.KubernetesLease");
    } catch (ClassNotFoundException e) {
      throw new InvalidOptionException(
          "lease", "kubernetes", "pekko-lease-kubernetes_2.13 1.1.1 on the class path");
    }
    if (quorum > 0) {
      throw new InvalidOptionException("lease", "kubernetes", "a lease, or a quorum");
    }
    Map<String, Object> settings = new HashMap<>(PekkoConfig.KUBERNETES_LEASE);
    settings.putAll(pekko);
    return withPekko(settings);
  }

  public FleetOptions withPekko(Map<String, Object> settings) {
    return new FleetOptions(
        listen, join, zone, state, tls, stableAfter, quorum, siteDials, settings);
  }
}

package dev.photofinish.camera.lab;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Two sides joined by one cable: a server's network namespace and a client's, which is this JVM's
 * own ({@link #open}) or one more ({@link #openApart}). In both directions it is as fast as the
 * machine and loses nothing until {@link Namespace#inflict} says otherwise.
 *
 * <p>A JVM cannot enter a namespace, so what is to be tested stays in this JVM and dials into the
 * lab, and its peers run there as processes; or everything runs as processes.
 *
 * <p>Labs do not disturb each other, in this JVM or another. A lab is taken down, with every
 * process in it, when it is closed, when this JVM is gone for whatever reason, and when its time
 * limit of 10 minutes has passed.
 */
public final class Lab implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofMinutes(10);

  private final AddressPlan plan;
  private final Namespace server;
  private final @Nullable Namespace client;
  private final Guardian guardian;

  private Lab(AddressPlan plan, @Nullable Namespace client) {
    this.plan = plan;
    this.client = client;
    server = new Namespace(serverName(plan));
    guardian =
        Guardian.start(
            LIMIT,
            plan,
            clientEnd(),
            Stream.of(server, client).flatMap(Stream::ofNullable).map(Namespace::name).toList());
  }

  /** Why this machine cannot have a lab, quoting what was tried; empty if it can. */
  public static Optional<String> missing() {
    return Probe.MISSING;
  }

  /** A lab whose client side is the network namespace of this JVM. */
  public static Lab open() {
    return open(false);
  }

  /** A lab whose client side is a namespace of its own: {@link #client()}. */
  public static Lab openApart() {
    return open(true);
  }

  private static Lab open(boolean apart) {
    AddressPlan plan = claim();
    Lab lab = new Lab(plan, apart ? new Namespace(clientName(plan)) : null);
    try {
      lab.build();
      return lab;
    } catch (RuntimeException e) {
      lab.close();
      throw e;
    }
  }

  /** Creating a namespace is atomic, so the one that succeeds has the number to itself. */
  static AddressPlan claim() {
    for (int lab = 0; lab < AddressPlan.LABS; lab++) {
      AddressPlan plan = new AddressPlan(lab);
      try {
        Command.run("ip", "netns", "add", serverName(plan));
        return plan;
      } catch (LabException e) {
        if (!String.valueOf(e.getMessage()).contains("File exists")) {
          throw e;
        }
      }
    }
    throw new LabException("all " + AddressPlan.LABS + " labs of this machine are in use", null);
  }

  static String serverName(AddressPlan plan) {
    return "photofinish-" + plan.lab() + "-server";
  }

  private static String clientName(AddressPlan plan) {
    return "photofinish-" + plan.lab() + "-client";
  }

  private String clientEnd() {
    return "pf" + plan.lab() + "client";
  }

  /** The network device of the server's end of the cable, in its namespace. */
  public String serverEnd() {
    return "pf" + plan.lab() + "server";
  }

  private void build() {
    Command.run(
        "ip",
        "link",
        "add",
        clientEnd(),
        "type",
        "veth",
        "peer",
        serverEnd(),
        "netns",
        server.name());
    if (client != null) {
      Command.run("ip", "netns", "add", client.name());
      Command.run("ip", "link", "set", clientEnd(), "netns", client.name());
    }
    batch(client, end(clientEnd(), plan.client4(), plan.client6()) + clientRoutes());
    batch(server, end(serverEnd(), plan.server4(), plan.server6()) + serverRoutes());
    server.run("sysctl", "-q", "-w", "net.ipv4.ip_forward=0");
    server.heal();
  }

  /** Without duplicate address detection and link-local addresses it works at once. */
  private static String end(String device, InetAddress ip4, InetAddress ip6) {
    return """
        link set lo up
        link set %1$s addrgenmode none up
        addr add %2$s/30 dev %1$s
        addr add %3$s/126 dev %1$s nodad
        """
        .formatted(device, ip4.getHostAddress(), ip6.getHostAddress());
  }

  private String clientRoutes() {
    return """
        route add %s via %s
        route add %s via %s
        route add unreachable %s
        route add unreachable %s
        """
        .formatted(
            plan.blackHoles4(),
            plan.server4().getHostAddress(),
            plan.blackHoles6(),
            plan.server6().getHostAddress(),
            plan.unreachables4(),
            plan.unreachables6());
  }

  private String serverRoutes() {
    return """
        route add blackhole %s
        route add blackhole %s
        """
        .formatted(plan.blackHoles4(), plan.blackHoles6());
  }

  private static void batch(@Nullable Namespace namespace, String lines) {
    List<String> enter = namespace == null ? List.of() : namespace.enter();
    Command.run(Command.join(enter, List.of("ip", "-batch", "-")), lines);
  }

  public Namespace server() {
    return server;
  }

  /** The client's namespace, of a lab from {@link #openApart}. */
  public Namespace client() {
    if (client == null) {
      throw new IllegalStateException(
          "the client's side is this JVM's own network: use openApart() for a namespace");
    }
    return client;
  }

  /** The client's IPv4 address, as the server reaches it. */
  public InetAddress client4() {
    return plan.client4();
  }

  /** The client's IPv6 address, as the server reaches it. */
  public InetAddress client6() {
    return plan.client6();
  }

  /** The server's IPv4 address, as the client reaches it. */
  public InetAddress server4() {
    return plan.server4();
  }

  /** The server's IPv6 address, as the client reaches it. */
  public InetAddress server6() {
    return plan.server6();
  }

  /** An IPv4 address whose packets vanish on the server's side. */
  public InetAddress blackHole4() {
    return plan.blackHole4();
  }

  /** An IPv6 address whose packets vanish on the server's side. */
  public InetAddress blackHole6() {
    return plan.blackHole6();
  }

  /** An IPv4 address that the client has no route to: a dial fails at once, nothing is sent. */
  public InetAddress unreachable4() {
    return plan.unreachable4();
  }

  /** An IPv6 address that the client has no route to: a dial fails at once, nothing is sent. */
  public InetAddress unreachable6() {
    return plan.unreachable6();
  }

  /** Kills the processes in it and returns when nothing of it is left. */
  @Override
  public void close() {
    guardian.release();
  }

  private static final class Probe {
    static final Optional<String> MISSING = find();

    private static Optional<String> find() {
      try (Lab lab = open()) {
        lab.server().inflict(Fault.loseEverything(50), Fault.reset(9), Fault.silence(9));
        lab.server().clientPorts(9);
        return Optional.empty();
      } catch (LabException e) {
        return Optional.of(String.valueOf(e.getMessage()));
      }
    }
  }
}

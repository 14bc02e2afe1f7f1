package dev.photofinish.camera.lab;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Several hosts, each a network namespace, on one bridge that this JVM is on as well. As a {@link
 * Lab} it is as fast as the machine and loses nothing until {@link Namespace#inflict} says
 * otherwise, and is taken down when it is closed, when this JVM is gone, and when its time limit
 * has passed. IPv4 alone.
 */
public final class Lan implements AutoCloseable {
  private static final int MOST = AddressPlan.BLACK_HOLE - 2;
  private static final int PREFIX = 26;

  private final AddressPlan plan;
  private final List<Namespace> hosts;
  private final Guardian guardian;

  private Lan(AddressPlan plan, int hosts, Duration limit) {
    this.plan = plan;
    this.hosts = IntStream.range(0, hosts).mapToObj(i -> new Namespace(name(plan, i))).toList();
    this.guardian =
        Guardian.start(limit, plan, bridge(), this.hosts.stream().map(Namespace::name).toList());
  }

  /**
   * A network with so many hosts.
   *
   * @param hosts 1 to 62
   * @param limit after which it is taken down, even while it is used
   */
  public static Lan open(int hosts, Duration limit) {
    if (hosts < 1 || hosts > MOST) {
      throw new IllegalArgumentException(
          "hosts: " + hosts + " is not valid; expected 1 to " + MOST);
    }
    Lan lan = new Lan(Lab.claim(), hosts, limit);
    try {
      lan.build();
      return lan;
    } catch (RuntimeException e) {
      lan.close();
      throw e;
    }
  }

  /** The first is the one that a lab of this number would have: to claim the number. */
  private static String name(AddressPlan plan, int host) {
    return host == 0 ? Lab.serverName(plan) : "photofinish-" + plan.lab() + "-host" + (host + 1);
  }

  private String bridge() {
    return "pf" + plan.lab() + "bridge";
  }

  private void build() {
    Command.run(
        List.of("ip", "-batch", "-"),
        """
        link add %1$s type bridge forward_delay 0
        addr add %2$s/%3$d dev %1$s
        link set %1$s up
        """
            .formatted(bridge(), address().getHostAddress(), PREFIX));
    for (int i = 0; i < hosts.size(); i++) {
      Namespace host = hosts.get(i);
      if (i > 0) {
        Command.run("ip", "netns", "add", host.name());
      }
      String cable = "pf" + plan.lab() + "host" + (i + 1);
      Command.run(
          List.of("ip", "-batch", "-"),
          """
          link add %1$s type veth peer eth0 netns %2$s
          link set %1$s master %3$s addrgenmode none up
          """
              .formatted(cable, host.name(), bridge()));
      Command.run(
          Command.join(host.enter(), List.of("ip", "-batch", "-")),
          """
          link set lo up
          link set eth0 addrgenmode none up
          addr add %s/%d dev eth0
          """
              .formatted(address(i).getHostAddress(), PREFIX));
      host.heal();
    }
  }

  /** Its hosts, in the order of their addresses. */
  public List<Namespace> hosts() {
    return hosts;
  }

  /** The address of a host, from 0. */
  public InetAddress address(int host) {
    return plan.host4(host + 2);
  }

  /** The address of this JVM, as the hosts reach it. */
  public InetAddress address() {
    return plan.host4(1);
  }

  /** Loses every packet between a host and some others, from 0: of those that come, go, or both. */
  public void part(int host, List<Integer> others, boolean coming, boolean going) {
    List<String> peers = new ArrayList<>();
    others.forEach(other -> peers.add(address(other).getHostAddress()));
    String set = "{ " + String.join(", ", peers) + " } drop";
    hosts
        .get(host)
        .inflict(
            new Fault(
                coming ? List.of("ip saddr " + set) : List.of(),
                going ? List.of("ip daddr " + set) : List.of()));
  }

  /** Loses every packet between a host, from 0, and all others and this JVM. */
  public void cutOff(int host) {
    hosts.get(host).inflict(Fault.loseEverything(100));
  }

  /** Kills the processes in it and returns when nothing of it is left. */
  @Override
  public void close() {
    guardian.release();
  }
}

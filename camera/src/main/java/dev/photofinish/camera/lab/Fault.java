package dev.photofinish.camera.lab;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The treatment that a namespace gives to the packets of others: nftables statements for its input
 * and output hooks. Faults are values; {@link Namespace#inflict} puts them in force.
 *
 * @param input statements for packets that arrive at the namespace
 * @param output statements for packets that leave it
 */
public record Fault(List<String> input, List<String> output) {

  public Fault {
    input = List.copyOf(input);
    output = List.copyOf(output);
  }

  /**
   * Loses each TCP SYN that arrives, first or repeated, with the same probability. Everything else
   * passes.
   *
   * @param percent 0 to 100
   */
  public static Fault loseSyns(int percent) {
    return onArrival("tcp flags & (syn|ack) == syn " + drop(percent));
  }

  /**
   * Loses each packet, in either direction, with the same probability. ICMPv6 passes: it carries
   * neighbour discovery, and ARP is not filtered either.
   *
   * @param percent 0 to 100
   */
  public static Fault loseEverything(int percent) {
    return bothWays("meta l4proto != icmpv6 " + drop(percent));
  }

  /**
   * Loses each RTP datagram that leaves, to an even port, with the same probability, and counts
   * those lost: {@code nft list ruleset} has the counter.
   *
   * @param percent 0 to 100
   */
  public static Fault loseRtp(int percent) {
    String rtp = "udp dport & 1 == 0 ";
    return new Fault(List.of(), List.of(rtp + drop(percent).replace("drop", "counter drop")));
  }

  /** Answers everything sent to {@code port} with a RST: live connections die, new ones fail. */
  public static Fault reset(int port) {
    return onArrival("tcp dport " + port + " reject with tcp reset");
  }

  /**
   * Answers what these clients send to {@code port} with a RST: their connections die, new ones
   * come up. The server hears nothing of it.
   *
   * @param clientPorts of the connections to kill, from {@link Namespace#clientPorts}
   */
  public static Fault reset(int port, Collection<Integer> clientPorts) {
    return onArrival(
        "tcp dport " + port + " tcp sport " + set(clientPorts) + " reject with tcp reset");
  }

  /** Loses every TCP packet from and to {@code port}, of connections live and new. */
  public static Fault silence(int port) {
    return new Fault(
        List.of("tcp dport " + port + " drop"), List.of("tcp sport " + port + " drop"));
  }

  /**
   * Loses every packet of these clients' connections to {@code port}; new connections work.
   *
   * @param clientPorts of the connections to silence, from {@link Namespace#clientPorts}
   */
  public static Fault silence(int port, Collection<Integer> clientPorts) {
    String clients = set(clientPorts);
    return new Fault(
        List.of("tcp dport " + port + " tcp sport " + clients + " drop"),
        List.of("tcp sport " + port + " tcp dport " + clients + " drop"));
  }

  private static Fault onArrival(String statement) {
    return new Fault(List.of(statement), List.of());
  }

  private static Fault bothWays(String statement) {
    return new Fault(List.of(statement), List.of(statement));
  }

  /** At 100 % without a draw: {@code numgen} would be asked for nothing. */
  private static String drop(int percent) {
    if (percent < 0 || percent > 100) {
      throw new IllegalArgumentException(
          "percent: " + percent + " is not valid; expected 0 to 100");
    }
    return percent == 100 ? "drop" : "numgen random mod 100 < " + percent + " drop";
  }

  private static String set(Collection<Integer> ports) {
    if (ports.isEmpty()) {
      throw new IllegalArgumentException("clientPorts: empty; expected at least one live client");
    }
    return ports.stream().map(String::valueOf).collect(Collectors.joining(", ", "{ ", " }"));
  }
}

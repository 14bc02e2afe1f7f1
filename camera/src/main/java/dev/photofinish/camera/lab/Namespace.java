package dev.photofinish.camera.lab;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** One side of a {@link Lab}: a network of its own, with its programs, its names and its faults. */
public final class Namespace {
  private static final String TABLE = "inet photofinish";

  private final String name;

  Namespace(String name) {
    this.name = name;
  }

  /** As {@code ip netns} knows it. */
  public String name() {
    return name;
  }

  /** Starts a program here. It is killed when the lab closes, or {@code limit} has passed. */
  public LabProcess start(Duration limit, String... command) {
    return LabProcess.start(enter(), limit, List.of(command));
  }

  /** Starts a Java program here, with this JVM's class path. */
  public LabProcess startJava(Duration limit, Class<?> main, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(Arrays.asList(arguments));
    return LabProcess.start(enter(), limit, command);
  }

  /** Runs a short program here to its end and returns what it printed. */
  public String run(String... command) {
    return Command.run(Command.join(enter(), List.of(command)), "");
  }

  /** Puts these faults in force, in this order, instead of the ones before, in one instant. */
  public void inflict(Fault... faults) {
    Command.run(Command.join(enter(), List.of("nft", "-f", "-")), ruleset(List.of(faults)));
  }

  /** Ends every fault. */
  public void heal() {
    inflict();
  }

  static String ruleset(List<Fault> faults) {
    List<String> input = faults.stream().flatMap(fault -> fault.input().stream()).toList();
    List<String> output = faults.stream().flatMap(fault -> fault.output().stream()).toList();
    return "table %1$s\ndelete table %1$s\ntable %1$s {\n%2$s%3$s}\n"
        .formatted(TABLE, chain("input", input), chain("output", output));
  }

  private static String chain(String hook, List<String> statements) {
    return "chain %1$s {\ntype filter hook %1$s priority 0;\n%2$s}\n"
        .formatted(
            hook, statements.stream().map(line -> line + "\n").collect(Collectors.joining()));
  }

  /** The client ports of the established connections to {@code port} of this namespace. */
  public List<Integer> clientPorts(int port) {
    return run("ss", "-Htn", "state", "established", "sport = :" + port)
        .lines()
        .map(line -> line.strip().split("\\s+"))
        .map(columns -> columns[3])
        .map(peer -> Integer.valueOf(peer.substring(peer.lastIndexOf(':') + 1)))
        .toList();
  }

  /**
   * Sets how often a SYN that starts here is repeated at the same interval of 1 s before the
   * interval doubles ({@code net.ipv4.tcp_syn_linear_timeouts}): 4 is the kernel's default from 6.5
   * on, 0 gives the classic repetitions after 1, 3 and 7 s. Older kernels know only these.
   */
  public void synLinearTimeouts(int count) {
    run("sysctl", "-q", "-w", "net.ipv4.tcp_syn_linear_timeouts=" + count);
  }

  /** Names for the programs that are started here from now on, instead of the machine's. */
  public void hosts(Map<String, InetAddress> names) {
    try {
      Files.write(
          Files.createDirectories(hostsDirectory()).resolve("hosts"),
          names.entrySet().stream()
              .map(entry -> entry.getValue().getHostAddress() + " " + entry.getKey())
              .toList());
    } catch (IOException e) {
      throw new LabException(hostsDirectory() + ": " + e.getMessage(), e);
    }
  }

  private Path hostsDirectory() {
    return Path.of("/etc/netns", name);
  }

  /** The words that a command begins with to run here. */
  public List<String> enter() {
    return List.of("ip", "netns", "exec", name);
  }
}

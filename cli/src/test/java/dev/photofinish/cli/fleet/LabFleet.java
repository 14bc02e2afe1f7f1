package dev.photofinish.cli.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import dev.photofinish.camera.lab.Lan;
import dev.photofinish.camera.lab.Namespace;
import dev.photofinish.cli.command.StopSignal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A fleet whose nodes are processes in network namespaces, with mutual TLS, the same list of nodes
 * to join, the same configuration file, and a folder each that keeps the list of cameras. Its
 * cameras are in this process, which is on the network too.
 */
final class LabFleet implements AutoCloseable {
  static final int NODES = 3;
  private static final int LINES = 15;
  private static final String STOOD_STILL = "this process stood still";

  /** A machine that is busy stands still for longer than the default. */
  private static final String STABLE_AFTER =
      System.getProperty("photofinish.fleet.stable-after", DemoNodes.STABLE_AFTER);

  private static final Duration BOUND = Duration.ofMinutes(3);

  /** Cameras stay where they are if they have been there for so long. */
  private static final Duration SETTLED = Duration.ofSeconds(2);

  private final Waiting waiting = new Waiting(new StopSignal(), BOUND);
  private final Path folder;
  private final Lan lan;
  private final List<LabCamera> cameras;
  private final @Nullable NodeProcess[] processes = new NodeProcess[NODES];
  private int starts;
  private boolean disturbed;

  /** All nodes run, and no camera is held yet. */
  LabFleet(Path folder, int cameras, Duration limit) throws Exception {
    this.folder = folder;
    this.lan = Lan.open(NODES, limit);
    this.cameras =
        IntStream.rangeClosed(1, cameras)
            .mapToObj(i -> new LabCamera("camera%02d".formatted(i), lan.address()))
            .toList();
    Files.writeString(
        folder.resolve("cameras.toml"),
        this.cameras.stream().map(LabCamera::section).collect(Collectors.joining("\n")));
    NodeCertificates.write(folder, IntStream.range(0, NODES).mapToObj(this::address).toList());
    for (int node = 0; node < NODES; node++) {
      start(node);
    }
  }

  private String address(int node) {
    return lan.address(node).getHostAddress();
  }

  String name(int node) {
    return address(node) + ":25520";
  }

  // ---- Its processes

  /** Starts a node that does not run. */
  void start(int node) throws IOException {
    Namespace host = lan.hosts().get(node);
    List<String> words = new ArrayList<>(host.enter());
    words.addAll(DemoNodes.java());
    Path files = folder.resolve("node" + node);
    List<String> arguments =
        List.of(
            "--listen=" + name(node),
            "--join="
                + IntStream.range(0, NODES).mapToObj(this::name).collect(Collectors.joining(",")),
            "--rtsp=" + address(node) + ":8554",
            "--web=" + address(node) + ":8081",
            "--anyone",
            "--fleet-stable-after=" + STABLE_AFTER,
            "--state=" + Files.createDirectories(files),
            "--certificate=" + files + ".pem",
            "--key=" + files + ".key",
            "--authority=" + folder.resolve("authority.pem"),
            "--config=" + folder.resolve("cameras.toml"));
    starts++;
    processes[node] = NodeProcess.start(folder, "log" + starts + "-" + node, words, arguments);
  }

  NodeProcess node(int node) {
    NodeProcess process = processes[node];
    if (process == null) {
      throw new IllegalStateException("node " + node + " was not started");
    }
    return process;
  }

  /** As a viewer or a client of the API reaches it. */
  NodeProcess.Started started(int node) {
    return new NodeProcess.Started(
        name(node), "rtsp://" + address(node) + ":8554/", "http://" + address(node) + ":8081/");
  }

  /** Waits for the end of a node; its exit code. */
  int awaitEnd(int node) throws Exception {
    Process process = node(node).process();
    until("node " + node + " to end", () -> !process.isAlive());
    return process.exitValue();
  }

  /**
   * Looks whether all nodes but one run. Where the whole machine stood still, nodes that are well
   * have to leave: they are started again, as by a supervisor, and {@link #wasDisturbed} says so.
   *
   * @throws IOException with the end of its log, if one has ended otherwise
   */
  void othersMustRun(int victim) throws IOException {
    mustRun(victim, others(victim));
  }

  /**
   * @param watched nodes that have no reason of their own to stand still
   */
  private void mustRun(int victim, List<Integer> watched) throws IOException {
    List<Integer> ended =
        others(victim).stream().filter(n -> !node(n).process().isAlive()).toList();
    for (int other : ended.isEmpty() ? List.<Integer>of() : watched) {
      disturbed |= node(other).said(STOOD_STILL);
    }
    for (int other : ended) {
      if (!disturbed) {
        node(other).mustRun();
      }
      start(other);
    }
  }

  /** Whether a node that was well had to leave since this was asked last. */
  boolean wasDisturbed() {
    boolean was = disturbed;
    disturbed = false;
    return was;
  }

  /** Whether what happens now says nothing of the failure. */
  boolean isDisturbed() {
    return disturbed;
  }

  void signal(int node, String name) throws Exception {
    long pid = node(node).process().pid();
    Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start();
    if (kill.waitFor() != 0) {
      throw new IOException("no signal reaches node " + node);
    }
  }

  // ---- Its network

  /** Parts a node from the others; if {@code everything}, from cameras and viewers too. */
  void part(int node, boolean coming, boolean going, boolean everything) {
    if (everything) {
      lan.cutOff(node);
    } else {
      lan.part(node, others(node), coming, going);
    }
  }

  void heal(int node) {
    lan.hosts().get(node).heal();
  }

  static List<Integer> others(int node) {
    return IntStream.range(0, NODES).filter(other -> other != node).boxed().toList();
  }

  // ---- What is seen of it

  List<LabCamera> cameras() {
    return cameras;
  }

  void until(String what, Waiting.Condition condition) throws Exception {
    waiting.until(what, condition);
  }

  /**
   * Cameras by their names, with the node that holds each, as a node sees it; empty if it cannot.
   */
  private Map<String, String> seenBy(int node) throws InterruptedException {
    Map<String, String> holders = new TreeMap<>();
    try {
      JsonNode fleet = started(node).client().fleet();
      for (JsonNode camera : fleet.path("cameras")) {
        if (camera.path("state").asText().equals("PLAYING")) {
          holders.put(camera.path("name").asText(), camera.path("node").asText());
        }
      }
      return fleet.path("nodes").size() == NODES ? holders : Map.of();
    } catch (IOException e) {
      return Map.of(); // it starts
    }
  }

  /**
   * Waits until all nodes agree on who holds what, for a while, and all cameras play.
   *
   * @param victim a node that is started again whenever it ends, as a supervisor does
   */
  Map<String, String> awaitSettled(int victim) throws Exception {
    Settling settling = new Settling(victim);
    until("a settled fleet", settling::isSettled);
    return settling.holders;
  }

  private final class Settling {
    private final int victim;
    private Map<String, String> holders = Map.of();
    private long since;

    Settling(int victim) {
      this.victim = victim;
    }

    boolean isSettled() throws IOException, InterruptedException {
      mustRun(victim, List.of(0, 1, 2));
      if (!node(victim).process().isAlive()) {
        disturbed |= node(victim).said(STOOD_STILL);
        start(victim);
      }
      Map<String, String> now = seenBy(0);
      boolean agreed =
          now.size() == cameras.size() && cameras.stream().allMatch(LabCamera::isPlaying);
      for (int node = 1; agreed && node < NODES; node++) {
        agreed = seenBy(node).equals(now);
      }
      if (!agreed || !now.equals(holders)) {
        holders = now;
        since = System.nanoTime();
      }
      return agreed && System.nanoTime() - since >= SETTLED.toNanos();
    }
  }

  /** What its cameras counted, and the ends of the logs of its nodes. */
  String describe() throws IOException {
    StringBuilder text = new StringBuilder();
    cameras.forEach(camera -> text.append(camera).append('\n'));
    try (Stream<Path> files = Files.list(folder)) {
      for (Path log : files.filter(f -> f.toString().endsWith(".err")).sorted().toList()) {
        List<String> lines = Files.readAllLines(log);
        text.append(log.getFileName()).append('\n');
        lines
            .subList(Math.max(0, lines.size() - LINES), lines.size())
            .forEach(line -> text.append("  ").append(line).append('\n'));
      }
    }
    return text.toString();
  }

  /** By the settings of its nodes, without the reconnect. */
  Duration longestGap() throws IOException, InterruptedException {
    return Duration.ofMillis(started(0).client().fleet().path("longestGapMs").asLong());
  }

  @Override
  public void close() {
    for (NodeProcess process : processes) {
      if (process != null) {
        process.close();
      }
    }
    lan.close();
    cameras.forEach(LabCamera::close);
  }
}

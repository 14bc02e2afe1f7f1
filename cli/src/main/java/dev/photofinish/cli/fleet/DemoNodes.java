package dev.photofinish.cli.fleet;

import dev.photofinish.cli.fleet.NodeProcess.Started;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The nodes of a fleet on this machine, each a process of its own, with short times. */
final class DemoNodes implements AutoCloseable {
  /** For how long nothing must change before the nodes that are left decide. */
  static final String STABLE_AFTER = "3s";

  /** The silence after which a node is taken for gone. */
  static final String PAUSE = "4s";

  /** A node ends by itself then, should this program be killed. */
  private static final String LONGEST_LIFE = "--duration=5min";

  private static final Map<String, String> SHORT =
      Map.of(
          "failure-detector.acceptable-heartbeat-pause", PAUSE,
          "failure-detector.heartbeat-interval", "200ms",
          "gossip-interval", "200ms",
          "leader-actions-interval", "200ms",
          "unreachable-nodes-reaper-interval", "200ms",
          "distributed-data.gossip-interval", "200ms",
          "sharding.rebalance-interval", "250ms",
          "sharding.retry-interval", "500ms");

  /** They are short-lived, and several start at once. */
  private static final List<String> JAVA =
      List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m", "-Xlog:disable");

  private static final String ARCHIVE = "-XX:SharedArchiveFile=";

  private final Path folder;
  private final Path cameras;
  private final List<String> more;
  private final List<NodeProcess> processes = new ArrayList<>();
  private final List<Started> nodes = new ArrayList<>();

  /**
   * No node yet.
   *
   * @param cameras a configuration file's text
   * @param more arguments of each node
   */
  DemoNodes(String cameras, String... more) throws IOException {
    this.more = List.of(more);
    folder = Files.createTempDirectory("photofinish-fleet");
    this.cameras = Files.writeString(folder.resolve("cameras.toml"), cameras);
  }

  /**
   * Starts all of a fleet, and waits until they run: the first, which the others join, then these
   * at once. The last brings the list of cameras.
   *
   * @param runs takes each that runs
   */
  void start(Waiting waiting, int count, Consumer<Started> runs)
      throws IOException, InterruptedException, StoppedException {
    for (int i = 0; i < count; i++) {
      begin(i == count - 1);
      if (i == 0 || i == count - 1) {
        awaitStarted(waiting, runs);
      }
    }
  }

  private void begin(boolean isLast) throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--listen=127.0.0.1:0",
                "--rtsp=127.0.0.1:0",
                "--web=127.0.0.1:0",
                "--fleet-stable-after=" + STABLE_AFTER,
                LONGEST_LIFE));
    arguments.addAll(more);
    if (!nodes.isEmpty()) {
      arguments.add("--join=" + nodes.get(0).node());
    }
    if (isLast) {
      arguments.add("--config=" + cameras);
    }
    processes.add(NodeProcess.start(folder, "node" + (processes.size() + 1), java(), arguments));
  }

  private void awaitStarted(Waiting waiting, Consumer<Started> runs)
      throws IOException, InterruptedException, StoppedException {
    for (NodeProcess process : processes.subList(nodes.size(), processes.size())) {
      waiting.until("a node to start", () -> process.started().isPresent());
      Started started = process.started().orElseThrow();
      nodes.add(started);
      runs.accept(started);
    }
  }

  /** This Java, with the archive of classes that it was started with, and short times. */
  static List<String> java() {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home", ""), "bin", "java").toString());
    words.addAll(JAVA);
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith(ARCHIVE))
        .forEach(words::add);
    new TreeMap<>(SHORT)
        .forEach((name, value) -> words.add("-Dpekko.cluster." + name + "=" + value));
    return words;
  }

  /** Those that were started, in this order. */
  List<Started> nodes() {
    return nodes;
  }

  /**
   * Looks whether all run.
   *
   * @throws IOException with the end of its log, if one has ended
   */
  void mustRun() throws IOException {
    for (NodeProcess process : processes) {
      process.mustRun();
    }
  }

  /** The same for all but one. */
  void mustRunBut(Started node) throws IOException {
    for (NodeProcess process : processes) {
      if (process != process(node)) {
        process.mustRun();
      }
    }
  }

  /** The process of a node. */
  NodeProcess process(Started node) {
    return processes.get(nodes.indexOf(node));
  }

  /** Ends all of them at once, and removes their files. */
  @Override
  public void close() {
    processes.forEach(NodeProcess::close);
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

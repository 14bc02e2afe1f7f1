package dev.photofinish.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.photofinish.camera.Audio;
import dev.photofinish.camera.Knob;
import dev.photofinish.camera.SimulatedCamera;
import dev.photofinish.cli.command.StopSignal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The cost of a fleet: the same cameras on three nodes and on one relay, at the same time, so that
 * both meet the same noise. CPU time is that of the processes, heap what a collection leaves.
 */
@Tag("soak")
@Tag("fleet-cost")
class FleetCostSoakTest {
  private static final int NODES = 3;
  private static final Pattern USED = Pattern.compile("used (\\d+)K");
  private static final Duration WARM_UP = Duration.ofSeconds(60);
  private static final List<String> JAVA =
      List.of(
          Path.of(System.getProperty("java.home"), "bin", "java").toString(),
          "-XX:TieredStopAtLevel=1",
          "-XX:+UseSerialGC",
          "-Xmx1g");

  private final int count = Integer.getInteger("photofinish.cameras", 1_000);
  private final Duration time = Duration.ofSeconds(Integer.getInteger("photofinish.seconds", 60));
  private final Waiting waiting = new Waiting(new StopSignal(), Duration.ofMinutes(10));
  private final List<SimulatedCamera> cameras = new ArrayList<>();
  private final List<NodeProcess> nodes = new ArrayList<>();
  private @Nullable Process relay;

  @TempDir private Path folder;

  /** What processes have used. */
  private record Usage(double cpuSeconds, long heap) {
    static Usage of(List<Process> processes) throws Exception {
      double seconds = 0;
      long heap = 0;
      for (Process process : processes) {
        Duration cpu = process.info().totalCpuDuration().orElseThrow();
        seconds += cpu.toNanos() / 1e9;
        heap += heap(process.pid());
      }
      return new Usage(seconds, heap);
    }

    /** In KiB, after a collection. */
    private static long heap(long pid) throws Exception {
      jcmd(pid, "GC.run");
      Matcher used = USED.matcher(jcmd(pid, "GC.heap_info").replaceAll("(?s)Metaspace.*", ""));
      return used.results().mapToLong(r -> Long.parseLong(r.group(1))).sum();
    }

    private static String jcmd(long pid, String command) throws IOException {
      String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
      Process process = new ProcessBuilder(jcmd, Long.toString(pid), command).start();
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @AfterEach
  void close() {
    if (relay != null) {
      relay.destroyForcibly();
    }
    nodes.forEach(NodeProcess::close);
    cameras.forEach(SimulatedCamera::close);
  }

  @Test
  void threeNodesBesideOneProcess() throws Exception {
    IntStream.range(0, count)
        .forEach(
            i ->
                cameras.add(
                    SimulatedCamera.builder()
                        .set(Knob.FPS, 2)
                        .set(Knob.AUDIO, Audio.NONE)
                        .start()));
    Path config =
        Files.writeString(
            folder.resolve("cameras.toml"),
            IntStream.range(0, count)
                .mapToObj(i -> "[camera%04d]%nurl = \"%s\"%n".formatted(i, cameras.get(i).url()))
                .collect(Collectors.joining("\n")));
    List<Process> fleet = startFleet(config);
    Process single = startRelay(config);
    waiting.until(
        "all cameras to be read by both",
        () -> cameras.stream().allMatch(c -> c.report().sessionsOpen() == 2) && isSpread());
    pass(WARM_UP);
    Usage fleetBefore = Usage.of(fleet);
    Usage singleBefore = Usage.of(List.of(single));
    long sent = packets();
    long start = System.nanoTime();
    pass(time);
    double seconds = (System.nanoTime() - start) / 1e9;
    double packets = (packets() - sent) / 2.0 / seconds;
    Usage fleetAfter = Usage.of(fleet);
    Usage singleAfter = Usage.of(List.of(single));
    System.out.printf(
        "fleet cost: %d cameras, %.0f packets/s in all, %.0f s%n", count, packets, seconds);
    print("three nodes", fleetBefore, fleetAfter, seconds);
    print("one relay", singleBefore, singleAfter, seconds);
    assertThat(cameras).allMatch(c -> c.report().sessionsOpen() == 2);
  }

  private void print(String what, Usage before, Usage after, double seconds) {
    double cpu = after.cpuSeconds() - before.cpuSeconds();
    System.out.printf(
        "fleet cost: %s: %.1f CPU s, %.3f ms a camera and second, heap %d MiB, %d KiB a camera%n",
        what, cpu, 1e3 * cpu / seconds / count, after.heap() / 1024, after.heap() / count);
  }

  private long packets() {
    return cameras.stream().mapToLong(c -> c.report().rtpPackets()).sum();
  }

  private void pass(Duration span) throws Exception {
    long start = System.nanoTime();
    waiting.until("time to pass", () -> System.nanoTime() - start >= span.toNanos());
  }

  private List<Process> startFleet(Path config) throws Exception {
    for (int i = 0; i < NODES; i++) {
      List<String> arguments =
          new ArrayList<>(
              List.of("--listen=127.0.0.1:0", "--rtsp=127.0.0.1:0", "--web=127.0.0.1:0"));
      if (i > 0) {
        arguments.add("--join=" + nodes.get(0).started().orElseThrow().node());
      }
      if (i == NODES - 1) {
        arguments.add("--config=" + config);
        waiting.until("two nodes", () -> asked().path("nodes").size() == NODES - 1);
      }
      NodeProcess node = NodeProcess.start(folder, "node" + i, JAVA, arguments);
      nodes.add(node);
      waiting.until("a node to start", () -> node.started().isPresent());
    }
    return nodes.stream().map(NodeProcess::process).toList();
  }

  private JsonNode asked() throws IOException, InterruptedException {
    return nodes.get(0).started().orElseThrow().client().fleet();
  }

  /** Whether every node holds at least half of its share. */
  private boolean isSpread() throws IOException, InterruptedException {
    JsonNode all = asked().path("nodes");
    for (JsonNode node : all) {
      if (node.path("cameras").asInt() < count / NODES / 2) {
        return false;
      }
    }
    return all.size() == NODES;
  }

  private Process startRelay(Path config) throws IOException {
    List<String> words = new ArrayList<>(JAVA);
    words.addAll(
        List.of("-cp", System.getProperty("java.class.path"), "dev.photofinish.cli.Photofinish"));
    words.addAll(
        List.of("relay", "--json", "--config=" + config, "--listen=127.0.0.1:0", "--web=off"));
    Process process =
        new ProcessBuilder(words)
            .redirectOutput(folder.resolve("relay.out").toFile())
            .redirectError(folder.resolve("relay.err").toFile())
            .start();
    relay = process;
    return process;
  }
}

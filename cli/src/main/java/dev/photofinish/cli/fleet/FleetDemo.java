package dev.photofinish.cli.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import dev.photofinish.cli.command.CliContext;
import dev.photofinish.cli.command.Elapsed;
import dev.photofinish.cli.command.ExitCode;
import dev.photofinish.cli.command.Json;
import dev.photofinish.cli.fleet.NodeProcess.Started;
import dev.photofinish.rtsp.client.RtspClient;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The demonstration of a fleet: three nodes as processes of their own and simulated cameras on this
 * machine; one node is killed while viewers at the others look at its cameras.
 */
final class FleetDemo implements AutoCloseable {
  private static final int NODES = 3;
  private static final int VIEWERS = 6;
  private static final int FIRST_PICTURES = 10;
  private static final Duration BOUND = Duration.ofMinutes(2);

  /** Cameras stay where they are if they have been there for so long. */
  private static final Duration SETTLED = Duration.ofSeconds(1);

  private static final Duration STOP_BEHIND_NODES = Duration.ofSeconds(2);
  private static final Duration BETWEEN_PROGRESS = Duration.ofSeconds(4);

  private final CliContext context;
  private final boolean isJson;
  private final Elapsed elapsed = new Elapsed();
  private final Waiting waiting;
  private final List<DemoCamera> cameras = new ArrayList<>();
  private final List<DemoViewer> viewers = new ArrayList<>();
  private final DemoNodes nodes;
  private final RtspClient client = new RtspClient();

  /** Starts the cameras. */
  FleetDemo(CliContext context, boolean isJson, int cameras) throws IOException {
    this.context = context;
    this.isJson = isJson;
    waiting = new Waiting(context.stop(), BOUND);
    IntStream.rangeClosed(1, cameras).forEach(n -> this.cameras.add(DemoCamera.start(n)));
    nodes =
        new DemoNodes(
            this.cameras.stream().map(DemoCamera::section).collect(Collectors.joining("\n")));
  }

  /** Runs it to its end; returns the exit code. */
  int run() throws IOException, InterruptedException {
    try {
      begin();
      Started victim = awaitSettled();
      List<DemoCamera> moving = heldBy(victim, asked(victim));
      List<Started> left = nodes.nodes().stream().filter(n -> !n.equals(victim)).toList();
      view(moving, left);
      DemoReport report = kill(victim, moving, left.get(0));
      (isJson ? report.json() : report.text()).forEach(context::line);
      return report.isKept() ? ExitCode.DONE : ExitCode.NOT_DONE;
    } catch (StoppedException e) {
      return endedEarly();
    } catch (IOException e) {
      // An interrupt from a terminal reaches the nodes too, and they may be gone first.
      if (context.stop().await(STOP_BEHIND_NODES)) {
        return endedEarly();
      }
      throw e;
    }
  }

  private int endedEarly() {
    progress("ended before it was done");
    return ExitCode.NOT_DONE;
  }

  private void begin() throws IOException, InterruptedException, StoppedException {
    progress(
        cameras.size()
            + " simulated cameras; "
            + cameras.stream().filter(DemoCamera::isOneClient).count()
            + " of them take one client, and drop the older for a newer one");
    progress(
        "times are short here: a node is missing after "
            + DemoNodes.PAUSE
            + " of silence, and the others decide after "
            + DemoNodes.STABLE_AFTER
            + " (5s and 10s in a fleet)");
    nodes.start(waiting, NODES, this::say);
  }

  private void say(Started node) {
    if (isJson) {
      context.line(Json.line(node.line()));
    }
    progress("node " + node.node() + " serves " + node.rtsp() + "NAME, page " + node.web());
  }

  /** Waits until all cameras play and none moves any more; returns the node with the most. */
  private Started awaitSettled() throws IOException, InterruptedException, StoppedException {
    Settling settling = new Settling();
    waiting.until(
        "all cameras to play",
        () -> {
          nodes.mustRun();
          return settling.isSettled(asked(nodes.nodes().get(0)));
        });
    Map<String, Long> counts = settling.counts();
    progress(
        "all cameras play: "
            + nodes.nodes().stream()
                .map(n -> counts.getOrDefault(n.node(), 0L) + " at " + n.node())
                .collect(Collectors.joining(", ")));
    return nodes.nodes().stream()
        .max(Comparator.comparingLong(n -> counts.getOrDefault(n.node(), 0L)))
        .orElseThrow();
  }

  /** Follows where cameras are. */
  private static final class Settling {
    private Map<String, String> holders = Map.of();
    private long since = System.nanoTime();

    boolean isSettled(JsonNode fleet) {
      Map<String, String> now = new TreeMap<>();
      boolean playing = !fleet.path("cameras").isEmpty();
      for (JsonNode camera : fleet.path("cameras")) {
        now.put(camera.path("name").asText(), camera.path("node").asText());
        playing &= camera.path("state").asText().equals("PLAYING");
      }
      if (!playing || !now.equals(holders)) {
        holders = now;
        since = System.nanoTime();
      }
      return System.nanoTime() - since >= SETTLED.toNanos();
    }

    Map<String, Long> counts() {
      return holders.values().stream()
          .collect(Collectors.groupingBy(node -> node, Collectors.counting()));
    }
  }

  private static JsonNode asked(Started node) throws IOException, InterruptedException {
    return node.client().fleet();
  }

  private List<DemoCamera> heldBy(Started node, JsonNode fleet) {
    return cameras.stream().filter(c -> holder(fleet, c).equals(node.node())).toList();
  }

  private static String holder(JsonNode fleet, DemoCamera camera) {
    for (JsonNode listed : fleet.path("cameras")) {
      if (listed.path("name").asText().equals(camera.name())) {
        return listed.path("node").asText();
      }
    }
    return "";
  }

  /** Mostly of cameras that are about to move. */
  private void view(List<DemoCamera> moving, List<Started> at)
      throws IOException, InterruptedException, StoppedException {
    List<DemoCamera> looked =
        Stream.concat(
                moving.stream().limit(VIEWERS - 2),
                cameras.stream().filter(c -> !moving.contains(c)).limit(2))
            .toList();
    for (int i = 0; i < looked.size(); i++) {
      viewers.add(DemoViewer.start(client, at.get(i % at.size()), looked.get(i).name()));
    }
    waiting.until(
        "viewers to see pictures",
        () -> viewers.stream().allMatch(v -> v.pictures() >= FIRST_PICTURES));
    progress(viewers.size() + " viewers watch at the two nodes that will stay");
  }

  private DemoReport kill(Started victim, List<DemoCamera> moving, Started left)
      throws IOException, InterruptedException, StoppedException {
    Map<DemoCamera, Duration> before =
        moving.stream().collect(Collectors.toMap(c -> c, DemoCamera::now));
    Map<DemoViewer, Integer> seen = new TreeMap<>(Comparator.comparing(DemoViewer::camera));
    Duration promised = Duration.ofMillis(asked(left).path("longestGapMs").asLong());
    viewers.forEach(DemoViewer::reset);
    nodes.process(victim).close();
    viewers.forEach(v -> seen.put(v, v.pictures()));
    progress("killed " + victim.node() + ", which held " + moving.size() + " cameras (SIGKILL)");
    Progress progress = new Progress();
    waiting.until(
        "the cameras of " + victim.node() + " to play again, and their viewers to see it",
        () -> {
          nodes.mustRunBut(victim);
          long back = before.entrySet().stream().filter(FleetDemo::isBack).count();
          progress.maybe(back + " of " + moving.size() + " play again");
          return back == moving.size()
              && viewers.stream().allMatch(v -> v.pictures() > count(seen, v) + FIRST_PICTURES);
        });
    progress("all cameras play again, and all viewers see new pictures");
    return report(promised, before, asked(left));
  }

  private static int count(Map<DemoViewer, Integer> seen, DemoViewer viewer) {
    return Objects.requireNonNull(seen.get(viewer));
  }

  private static boolean isBack(Map.Entry<DemoCamera, Duration> camera) {
    return camera.getKey().gap(camera.getValue()).isPresent();
  }

  private DemoReport report(Duration promised, Map<DemoCamera, Duration> moved, JsonNode fleet) {
    return new DemoReport(
        promised,
        moved.entrySet().stream()
            .sorted(Comparator.comparing(e -> e.getKey().name()))
            .map(
                e ->
                    new DemoReport.Moved(
                        e.getKey().name(),
                        e.getKey().isOneClient(),
                        holder(fleet, e.getKey()),
                        e.getKey().gap(e.getValue()).orElse(null),
                        e.getKey().camera().report().connectionsPeak()))
            .toList(),
        viewers.stream()
            .map(v -> new DemoReport.Seen(v.camera(), v.node(), v.still(), v.closed()))
            .toList(),
        cameras.stream()
            .filter(DemoCamera::isOneClient)
            .map(c -> c.camera().report())
            .map(r -> new DemoReport.OneClient(r.connectionsPeak(), r.droppedByLimit()))
            .toList());
  }

  // ---- Progress

  /** Says how far it is now and then. */
  private final class Progress {
    private long last = elapsed.nanos();

    private void maybe(String text) {
      if (elapsed.nanos() - last >= BETWEEN_PROGRESS.toNanos()) {
        last = elapsed.nanos();
        progress(text);
      }
    }
  }

  private void progress(String text) {
    if (!isJson) {
      context.line("%7s  %s".formatted(DemoReport.seconds(elapsed.time()), text));
    }
  }

  @Override
  public void close() {
    client.close();
    nodes.close();
    cameras.forEach(DemoCamera::close);
  }
}

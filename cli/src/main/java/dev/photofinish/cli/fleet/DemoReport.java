package dev.photofinish.cli.fleet;

import dev.photofinish.cli.command.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of a demonstration.
 *
 * @param promised the longest gap by the nodes' settings, without the reconnect
 * @param moved the cameras of the node that was killed
 * @param seen what viewers at the other nodes saw
 * @param oneClient the cameras that take one client, all of them
 */
record DemoReport(
    Duration promised, List<Moved> moved, List<Seen> seen, List<OneClient> oneClient) {
  /** A reconnect may take so long beside the promised gap. */
  static final Duration RECONNECT = Duration.ofSeconds(5);

  private static final double MILLIS = 1e3;

  /**
   * A camera that moved.
   *
   * @param node that holds it now
   * @param gap without a connection; null if it does not play yet
   * @param connectionsPeak the most connections that it had at one time
   */
  record Moved(
      String camera,
      boolean isOneClient,
      String node,
      @Nullable Duration gap,
      int connectionsPeak) {}

  /**
   * A viewer.
   *
   * @param still the longest time without a new picture
   * @param closed how often its connection ended
   */
  record Seen(String camera, String node, Duration still, int closed) {}

  /**
   * A camera that takes one client.
   *
   * @param connectionsPeak the most connections that it had at one time
   * @param dropped connections that it closed for a newer one
   */
  record OneClient(int connectionsPeak, int dropped) {}

  /** Whether everything is as the fleet promises. */
  boolean isKept() {
    return moved.stream().allMatch(m -> m.gap() != null && m.gap().compareTo(longest()) <= 0)
        && seen.stream().allMatch(s -> s.closed() == 0)
        && oneClient.stream().allMatch(c -> c.connectionsPeak() <= 1 && c.dropped() == 0);
  }

  private Duration longest() {
    return promised.plus(RECONNECT);
  }

  private int peak() {
    return oneClient.stream().mapToInt(OneClient::connectionsPeak).max().orElse(0);
  }

  private int dropped() {
    return oneClient.stream().mapToInt(OneClient::dropped).sum();
  }

  private int closed() {
    return seen.stream().mapToInt(Seen::closed).sum();
  }

  private @Nullable Duration longestGap() {
    return moved.stream()
        .map(m -> m.gap() == null ? Duration.ZERO : m.gap())
        .max(Comparator.naturalOrder())
        .orElse(null);
  }

  // ---- As text

  List<String> text() {
    List<List<String>> cameras = new ArrayList<>();
    cameras.add(List.of("CAMERA", "TAKES", "NOW HELD BY", "GAP", "CONNECTIONS AT ONCE"));
    for (Moved m : moved) {
      cameras.add(
          List.of(
              m.camera(),
              m.isOneClient() ? "one client" : "several",
              m.node(),
              seconds(m.gap()),
              Integer.toString(m.connectionsPeak())));
    }
    List<List<String>> viewers = new ArrayList<>();
    viewers.add(List.of("VIEWER OF", "AT", "PICTURE STOOD STILL", "CLOSED"));
    for (Seen s : seen) {
      viewers.add(List.of(s.camera(), s.node(), seconds(s.still()), Integer.toString(s.closed())));
    }
    List<String> lines = new ArrayList<>(List.of(""));
    lines.addAll(FleetTable.aligned(cameras));
    lines.add("");
    lines.addAll(FleetTable.aligned(viewers));
    lines.add("");
    lines.addAll(verdict());
    return lines;
  }

  private List<String> verdict() {
    return List.of(
        "longest gap of a camera: "
            + seconds(longestGap())
            + "; promised: at most "
            + seconds(promised)
            + " and one reconnect",
        "%d cameras that take one client: at most %d connection%s of ours at once, %d dropped"
            .formatted(oneClient.size(), peak(), peak() == 1 ? "" : "s", dropped()),
        "%d viewers at nodes that were left: %d closed".formatted(seen.size(), closed()));
  }

  static String seconds(@Nullable Duration time) {
    return time == null
        ? "not yet"
        : String.format(Locale.ROOT, "%.1f s", time.toMillis() / MILLIS);
  }

  // ---- As JSON lines

  List<String> json() {
    List<String> lines = new ArrayList<>();
    for (Moved m : moved) {
      Map<String, Object> line = Json.event("moved");
      line.put("camera", m.camera());
      line.put("oneClient", m.isOneClient());
      line.put("node", m.node());
      line.put("gapMs", m.gap() == null ? null : m.gap().toMillis());
      line.put("connectionsPeak", m.connectionsPeak());
      lines.add(Json.line(line));
    }
    for (Seen s : seen) {
      Map<String, Object> line = Json.event("viewer");
      line.put("camera", s.camera());
      line.put("node", s.node());
      line.put("stillMs", s.still().toMillis());
      line.put("closed", s.closed());
      lines.add(Json.line(line));
    }
    lines.add(Json.line(summary()));
    return lines;
  }

  private Map<String, Object> summary() {
    Map<String, Object> line = Json.event("demonstration");
    line.put("kept", isKept());
    line.put("promisedMs", promised.toMillis());
    Duration longest = longestGap();
    line.put("longestGapMs", longest == null ? null : longest.toMillis());
    line.put("movedCameras", moved.size());
    line.put("oneClientCameras", oneClient.size());
    line.put("oneClientPeak", peak());
    line.put("dropped", dropped());
    line.put("viewers", seen.size());
    line.put("closed", closed());
    return line;
  }
}

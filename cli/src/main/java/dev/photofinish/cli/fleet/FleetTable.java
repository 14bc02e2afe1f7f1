package dev.photofinish.cli.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import dev.photofinish.cli.command.SafeText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The status of a fleet as two tables. */
final class FleetTable {
  private static final String UNREACHABLE = "unreachableSince";

  private FleetTable() {}

  static List<String> of(JsonNode fleet) {
    List<List<String>> nodes = new ArrayList<>();
    nodes.add(List.of("NODE", "ZONE", "CAMERAS", "MBIT/S", ""));
    for (JsonNode node : fleet.path("nodes")) {
      nodes.add(
          List.of(
              text(node, "node"),
              text(node, "zone"),
              text(node, "cameras"),
              String.format(Locale.ROOT, "%.1f", node.path("bitsPerSecond").asLong() / 1e6),
              condition(fleet, node)));
    }
    List<List<String>> cameras = new ArrayList<>();
    cameras.add(List.of("CAMERA", "SITE", "HELD BY", "SINCE", "STATE", "READERS"));
    for (JsonNode camera : fleet.path("cameras")) {
      boolean held = camera.hasNonNull("since");
      cameras.add(
          List.of(
              text(camera, "name"),
              text(camera, "site"),
              held ? text(camera, "node") : "nobody",
              held ? time(camera, "since") : "",
              held ? state(camera) : "",
              held ? text(camera, "readers") : ""));
    }
    List<String> lines = new ArrayList<>(aligned(nodes));
    lines.add("");
    lines.addAll(aligned(cameras));
    for (JsonNode camera : fleet.path("cameras")) {
      if (camera.hasNonNull("unheld")) {
        lines.add(text(camera, "name") + " is held by nobody: " + text(camera, "unheld"));
      }
    }
    return lines;
  }

  /** What is not usual with a node. */
  private static String condition(JsonNode fleet, JsonNode node) {
    List<String> words = new ArrayList<>();
    if (!fleet.path("up").asBoolean() && node.path("node").equals(fleet.path("node"))) {
      words.add("not in the fleet");
    }
    if (node.path("draining").asBoolean()) {
      words.add("draining");
    }
    if (node.hasNonNull(UNREACHABLE)) {
      words.add("unreachable since " + time(node, UNREACHABLE));
    }
    return String.join(", ", words);
  }

  /** What its holder said last, where that one is not reached. */
  private static String state(JsonNode camera) {
    return (camera.hasNonNull(UNREACHABLE) ? "node unreachable, was " : "") + text(camera, "state");
  }

  private static String time(JsonNode object, String field) {
    return Instant.ofEpochMilli(object.path(field).asLong()).toString();
  }

  private static String text(JsonNode object, String field) {
    return SafeText.line(object.path(field).asText());
  }

  static List<String> aligned(List<List<String>> rows) {
    int[] widths = new int[rows.get(0).size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }
}

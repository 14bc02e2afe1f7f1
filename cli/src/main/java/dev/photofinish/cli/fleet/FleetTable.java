package dev.photofinish.cli.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import dev.photofinish.cli.command.SafeText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The status of a fleet as two tables. */
final class FleetTable {
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
              node.path("draining").asBoolean() ? "draining" : ""));
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
              held ? Instant.ofEpochMilli(camera.path("since").asLong()).toString() : "",
              held ? text(camera, "state") : "",
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

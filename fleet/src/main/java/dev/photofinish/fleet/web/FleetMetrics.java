package dev.photofinish.fleet.web;

import dev.photofinish.fleet.FleetNode;
import dev.photofinish.fleet.board.FleetView;
import dev.photofinish.fleet.board.NodeReport;
import java.util.Set;
import java.util.function.ToLongFunction;

/** Figures of the fleet in the text format of Prometheus, as one node sees it. */
final class FleetMetrics {
  private static final String PREFIX = "photofinish_fleet_";

  private final StringBuilder out = new StringBuilder();

  private FleetMetrics() {}

  static String of(FleetNode node) {
    FleetView view = node.view();
    Set<String> held = view.holders().keySet();
    FleetMetrics text = new FleetMetrics();
    text.one("up", "Whether this node takes part in the fleet.", node.isUp() ? 1 : 0);
    text.one("listed_cameras", "Cameras of the list.", node.cameras().size());
    text.one(
        "unheld_cameras",
        "Cameras of the list that no node is known to hold.",
        node.cameras().keySet().stream().filter(name -> !held.contains(name)).count());
    text.one("moves", "Sites that are asked to move and have not yet.", view.moves().size());
    text.nodes("node_cameras", "Cameras that a node holds.", view, r -> r.holdings().size());
    text.nodes(
        "node_bits_per_second",
        "What the cameras of a node send.",
        view,
        NodeReport::bitsPerSecond);
    text.nodes(
        "node_draining", "Whether a node gives away its cameras.", view, r -> r.draining() ? 1 : 0);
    text.nodes(
        "node_unreachable",
        "Whether a node is not reached, and its figures are old.",
        view,
        r -> view.unreachable().containsKey(r.node()) ? 1 : 0);
    return text.out.toString();
  }

  private void head(String name, String help) {
    out.append("# HELP ").append(PREFIX).append(name).append(' ').append(help).append('\n');
    out.append("# TYPE ").append(PREFIX).append(name).append(" gauge\n");
  }

  private void one(String name, String help, long value) {
    head(name, help);
    out.append(PREFIX).append(name).append(' ').append(value).append('\n');
  }

  private void nodes(String name, String help, FleetView view, ToLongFunction<NodeReport> value) {
    head(name, help);
    for (NodeReport report : view.nodes()) {
      out.append(PREFIX).append(name).append("{node=\"").append(report.node());
      out.append("\"} ").append(value.applyAsLong(report)).append('\n');
    }
  }
}

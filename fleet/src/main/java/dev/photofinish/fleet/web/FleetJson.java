package dev.photofinish.fleet.web;

import dev.photofinish.fleet.FleetNode;
import dev.photofinish.fleet.board.FleetView;
import dev.photofinish.fleet.board.Holding;
import dev.photofinish.fleet.board.NodeReport;
import dev.photofinish.fleet.camera.FleetCamera;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The fleet as a node sees it, with the field names of the API; without addresses of cameras. */
final class FleetJson {
  private FleetJson() {}

  /**
   * The fleet as a map.
   *
   * @param sees whether the one who asks may see a camera
   */
  static Map<String, Object> of(FleetNode node, Predicate<String> sees) {
    FleetView view = node.view();
    List<Map<String, Object>> nodes = new ArrayList<>();
    view.nodes().forEach(report -> nodes.add(node(view, report)));
    Map<String, FleetView.Held> holders = view.holders();
    List<Map<String, Object>> cameras = new ArrayList<>();
    node.cameras().values().stream()
        .filter(camera -> sees.test(camera.name()))
        .forEach(camera -> cameras.add(camera(view, camera, holders.get(camera.name()))));
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("node", node.name());
    all.put("up", node.isUp());
    all.put("longestGapMs", node.times().longestGap().toMillis());
    all.put("nodes", nodes);
    all.put("cameras", cameras);
    all.put("moves", node.moves().stream().filter(move -> sees.test(move.camera())).toList());
    all.put("conflicts", node.conflicts().stream().filter(c -> sees.test(c.camera())).toList());
    return all;
  }

  private static Map<String, Object> node(FleetView view, NodeReport report) {
    Map<String, Object> node = new LinkedHashMap<>();
    node.put("node", report.node());
    node.put("zone", report.zone());
    node.put("web", report.web());
    node.put("draining", report.draining());
    node.put("unreachableSince", view.unreachable().get(report.node()));
    node.put("cameras", report.holdings().size());
    node.put("bitsPerSecond", report.bitsPerSecond());
    return node;
  }

  private static Map<String, Object> camera(
      FleetView view, FleetCamera listed, FleetView.@Nullable Held holder) {
    Optional<Holding> held = Optional.ofNullable(holder).map(FleetView.Held::holding);
    Map<String, Object> camera = new LinkedHashMap<>();
    camera.put("name", listed.name());
    camera.put("site", listed.site());
    camera.put("zones", listed.zones());
    camera.put("node", holder == null ? null : holder.node().node());
    camera.put("since", held.map(Holding::since).orElse(null));
    camera.put("state", held.map(Holding::state).orElse(null));
    camera.put("readers", held.map(Holding::readers).orElse(null));
    camera.put(
        "unreachableSince", holder == null ? null : view.unreachable().get(holder.node().node()));
    camera.put("unheld", holder == null ? view.whyUnheld(listed).orElse(null) : null);
    return camera;
  }
}

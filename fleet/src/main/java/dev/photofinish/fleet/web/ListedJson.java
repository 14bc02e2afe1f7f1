package dev.photofinish.fleet.web;

import dev.photofinish.fleet.board.FleetView;
import dev.photofinish.fleet.camera.CameraTable;
import dev.photofinish.fleet.camera.FleetCamera;
import dev.photofinish.option.InvalidOptionException;
import dev.photofinish.relay.web.access.Grants;
import dev.photofinish.relay.web.access.Right;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A camera of the list as a map, with the field names of the API; without passwords. */
final class ListedJson {
  private static final Set<String> SECRET = Set.of("user", "password", "proxy");

  private ListedJson() {}

  /**
   * One that is listed.
   *
   * @param holder null where none is known
   * @param grants of the one who asks: who manages the camera sees its options
   */
  static Map<String, @Nullable Object> of(
      CameraTable list, String name, FleetView.@Nullable Held holder, Grants grants) {
    CameraTable.Entry entry = list.entries().get(name);
    FleetCamera camera = entry == null ? null : entry.camera();
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("name", name);
    if (entry == null || camera == null) {
      return map;
    }
    map.put("url", url(camera));
    map.put("site", camera.site());
    map.put("zones", camera.zones());
    if (grants.has(Right.MANAGE, Optional.of(name))) {
      Map<String, String> options = new TreeMap<>(camera.options());
      options.keySet().removeAll(SECRET);
      map.put("options", options);
    }
    map.put("changedBy", entry.byApi() ? "api" : "file");
    map.put("changedAt", entry.origin());
    map.put("revision", entry.revision());
    map.put("node", holder == null ? null : holder.node().node());
    map.put("state", holder == null ? null : holder.holding().state());
    return map;
  }

  /** Null for a URL that cannot be read, as another node may know. */
  private static @Nullable String url(FleetCamera camera) {
    try {
      return camera.camera().toString();
    } catch (InvalidOptionException e) {
      return null;
    }
  }
}

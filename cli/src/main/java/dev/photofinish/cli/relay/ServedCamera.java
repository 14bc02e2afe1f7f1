package dev.photofinish.cli.relay;

import dev.photofinish.cli.watch.CameraName;
import dev.photofinish.relay.RelayedCameraOptions;
import dev.photofinish.rtsp.client.Camera;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A camera to serve.
 *
 * @param name it is served under
 * @param texts of its options by name, as they were given; with its {@code url}
 */
record ServedCamera(
    String name, Camera camera, RelayedCameraOptions options, Map<String, String> texts) {
  private static final Set<String> SECRET = Set.of("url", "user", "password", "proxy");
  private static final String DEFAULT = "the default";

  CameraName watched() {
    return new CameraName(camera.toString(), name);
  }

  /** Words such as {@code transport auto to tcp}, for each option that is another in {@code to}. */
  List<String> changes(ServedCamera to) {
    return changes(texts, to.texts);
  }

  /** The same for any options; what may hold a password is named alone. */
  static List<String> changes(Map<String, String> from, Map<String, String> to) {
    Set<String> names = new TreeSet<>(from.keySet());
    names.addAll(to.keySet());
    List<String> changes = new ArrayList<>();
    for (String name : names) {
      String before = from.getOrDefault(name, DEFAULT);
      String after = to.getOrDefault(name, DEFAULT);
      if (!before.equals(after)) {
        changes.add(SECRET.contains(name) ? name : name + " " + before + " to " + after);
      }
    }
    return changes;
  }

  /** Shows no password. */
  @Override
  public String toString() {
    return name + " at " + camera;
  }
}

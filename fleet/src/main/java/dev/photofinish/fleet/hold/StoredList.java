package dev.photofinish.fleet.hold;

import dev.photofinish.fleet.camera.CameraFile;
import dev.photofinish.fleet.camera.CameraTable;
import dev.photofinish.fleet.camera.FleetCamera;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The copy of the list on the node's disk.
 *
 * @param content what this node knew when it ended last
 * @param file null to keep nothing
 */
public record StoredList(CameraFile.Content content, @Nullable CameraFile file) {
  void save(CameraTable table, Map<String, FleetCamera> fed) {
    if (file != null) {
      file.write(new CameraFile.Content(table, fed));
    }
  }

  /** Writes what could not be written. */
  void retry() {
    if (file != null) {
      file.retry();
    }
  }
}

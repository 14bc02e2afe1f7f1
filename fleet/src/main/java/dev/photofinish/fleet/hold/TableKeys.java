package dev.photofinish.fleet.hold;

import dev.photofinish.fleet.camera.CameraTable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.pekko.cluster.ddata.Key;
import org.apache.pekko.cluster.ddata.typed.javadsl.Replicator;
import org.jspecify.annotations.Nullable;

/**
 * The keys of the list of cameras in Distributed Data. It is in {@value #PARTS} parts, since the
 * whole of a part is sent in one message, which has to fit into a frame.
 */
final class TableKeys {
  private static final int PARTS = 64;

  /** In bytes, of a frame's 1 MiB. */
  private static final int LONGEST_PART = 700_000;

  private static final List<Key<CameraTable>> ALL =
      IntStream.range(0, PARTS).<Key<CameraTable>>mapToObj(TableKey::new).toList();

  private static final class TableKey extends Key<CameraTable> {
    private static final long serialVersionUID = 1;

    TableKey(int part) {
      super("cameras-" + part);
    }
  }

  private TableKeys() {}

  static List<Key<CameraTable>> all() {
    return ALL;
  }

  /** The table by the key that each part of it is under; those that are not empty. */
  static Map<Key<CameraTable>, CameraTable> parts(CameraTable table) {
    Map<Key<CameraTable>, Map<String, CameraTable.Entry>> entries = new HashMap<>();
    table
        .entries()
        .forEach(
            (name, entry) ->
                entries.computeIfAbsent(of(name), key -> new TreeMap<>()).put(name, entry));
    Map<Key<CameraTable>, CameraTable> parts = new HashMap<>();
    entries.forEach((key, part) -> parts.put(key, new CameraTable(part)));
    return parts;
  }

  /** The key of the part that a camera is in. */
  static Key<CameraTable> of(String name) {
    return ALL.get(part(name));
  }

  private static int part(String name) {
    return Math.floorMod(name.hashCode(), PARTS);
  }

  /**
   * Looks at the part that a camera is in.
   *
   * @throws ListUnavailableException where it is too long for a frame
   */
  static void checkLength(CameraTable table, String name) {
    int wanted = part(name);
    if (table.only(other -> part(other) == wanted).length() > LONGEST_PART) {
      throw new ListUnavailableException(
          "The list of cameras is full: names of cameras that were removed count too.");
    }
  }

  static CameraTable read(Replicator.@Nullable GetResponse<CameraTable> response) {
    return response instanceof Replicator.GetSuccess<CameraTable> success
        ? success.dataValue()
        : CameraTable.EMPTY;
  }

  static CameraTable heard(Replicator.SubscribeResponse<CameraTable> response) {
    return response instanceof Replicator.Changed<CameraTable> changed
        ? changed.dataValue()
        : CameraTable.EMPTY;
  }
}

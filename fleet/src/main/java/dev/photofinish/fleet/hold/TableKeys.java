package dev.photofinish.fleet.hold;

import dev.photofinish.fleet.camera.CameraTable;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.pekko.cluster.ddata.Key;
import org.apache.pekko.cluster.ddata.typed.javadsl.Replicator;

/**
 * The keys of the list of cameras in Distributed Data. It is in {@value #PARTS} parts, since the
 * whole of a part is sent in one message, which has to fit into a frame.
 */
final class TableKeys {
  private static final int PARTS = 64;
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

  /** The part of the table that is under a key. */
  static CameraTable part(Key<CameraTable> key, CameraTable table) {
    int part = ALL.indexOf(key);
    return table.only(name -> Math.floorMod(name.hashCode(), PARTS) == part);
  }

  static CameraTable heard(Replicator.SubscribeResponse<CameraTable> response) {
    return response instanceof Replicator.Changed<CameraTable> changed
        ? changed.dataValue()
        : CameraTable.EMPTY;
  }
}

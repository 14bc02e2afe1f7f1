package dev.photofinish.fleet.camera;

import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.pekko.cluster.ddata.ReplicatedData;
import org.jspecify.annotations.Nullable;

/**
 * The list of cameras, replicated to every node. Each change of a camera raises its revision. Of
 * two changes of one revision, made on sides that did not see each other, that of the greater
 * origin holds: all nodes come to the same list, in whatever order they hear of changes.
 *
 * @param entries by the camera's name; a removed camera keeps its entry
 */
public record CameraTable(Map<String, Entry> entries) implements ReplicatedData, FleetMessage {
  public static final CameraTable EMPTY = new CameraTable(Map.of());

  /**
   * A camera's last change.
   *
   * @param revision from 1
   * @param origin the node that made it
   * @param camera null for a removed one
   */
  public record Entry(long revision, String origin, @Nullable FleetCamera camera)
      implements FleetMessage {
    private static final Comparator<Entry> ORDER =
        Comparator.comparingLong(Entry::revision)
            .thenComparing(Entry::origin)
            .thenComparing(Entry::text);

    private String text() {
      return camera == null
          ? ""
          : String.join("\n", camera.url(), camera.site(), camera.zones() + "" + camera.options());
    }

    /** Whether both were made without the other, and say something else. */
    public boolean isConflictWith(Entry other) {
      return revision == other.revision && !text().equals(other.text());
    }

    public static Entry last(Entry one, Entry other) {
      return ORDER.compare(one, other) >= 0 ? one : other;
    }
  }

  /** Keeps a sorted copy: equal tables have equal bytes, which Distributed Data compares. */
  public CameraTable {
    entries =
        Collections.unmodifiableMap(new TreeMap<>(Objects.requireNonNullElse(entries, Map.of())));
  }

  @Override
  public CameraTable merge(ReplicatedData that) {
    Map<String, Entry> all = new TreeMap<>(entries);
    ((CameraTable) that).entries.forEach((name, entry) -> all.merge(name, entry, Entry::last));
    return new CameraTable(all);
  }

  /** The camera of this name; empty for one that was removed, or never was. */
  public Optional<FleetCamera> camera(String name) {
    return Optional.ofNullable(entries.get(name)).map(Entry::camera);
  }

  /** Whether it was removed, and has not merely not been heard of yet. */
  public boolean isRemoved(String name) {
    Entry entry = entries.get(name);
    return entry != null && entry.camera() == null;
  }

  /** All that were not removed, by name. */
  public Map<String, FleetCamera> cameras() {
    Map<String, FleetCamera> all = new TreeMap<>();
    entries.forEach(
        (name, entry) -> {
          FleetCamera camera = entry.camera();
          if (camera != null) {
            all.put(name, camera);
          }
        });
    return all;
  }

  /**
   * The table with this camera, unchanged where it is in it already.
   *
   * @throws SiteChangedException where it is in it at another site: its holder there would not be
   *     known to have let it go when the one at the new site takes it
   */
  public CameraTable with(FleetCamera camera, String origin) {
    Entry before = entries.get(camera.name());
    FleetCamera old = before == null ? null : before.camera();
    if (camera.equals(old)) {
      return this;
    }
    if (old != null && !old.site().equals(camera.site())) {
      throw new SiteChangedException(camera.name(), old.site(), camera.site());
    }
    return change(camera.name(), camera, origin);
  }

  /** The table without the camera of this name. */
  public CameraTable without(String name, String origin) {
    return camera(name).isEmpty() ? this : change(name, null, origin);
  }

  private CameraTable change(String name, @Nullable FleetCamera camera, String origin) {
    Entry before = entries.get(name);
    Map<String, Entry> all = new TreeMap<>(entries);
    all.put(name, new Entry(before == null ? 1 : before.revision() + 1, origin, camera));
    return new CameraTable(all);
  }

  /** The part of it for these names. */
  public CameraTable only(Predicate<String> names) {
    Map<String, Entry> some = new TreeMap<>(entries);
    some.keySet().removeIf(names.negate());
    return new CameraTable(some);
  }

  /** Thrown for a camera that is to move to another site while it is in the list. */
  public static final class SiteChangedException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    SiteChangedException(String name, String from, String to) {
      super(
          name
              + ": its site cannot change from '"
              + from
              + "' to '"
              + to
              + "' while it is held; remove it, and add it when it is no longer held");
    }
  }
}

package dev.photofinish.fleet.camera;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
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
   * @param byApi whether the API or a program made it; otherwise a configuration file
   * @param filed the {@link FleetCamera#digest} of what a configuration file said of it last; empty
   *     where none did
   */
  public record Entry(
      long revision, String origin, @Nullable FleetCamera camera, boolean byApi, String filed)
      implements FleetMessage {
    private static final int LENGTH_BESIDE_TEXT = 200;
    private static final Comparator<Entry> ORDER =
        Comparator.comparingLong(Entry::revision)
            .thenComparing(Entry::origin)
            .thenComparing(Entry::text)
            .thenComparing(Entry::byApi)
            .thenComparing(Entry::filed);

    /** What an older node does not send has a default. */
    public Entry {
      filed = Objects.requireNonNullElse(filed, "");
    }

    private String text() {
      return camera == null ? "" : camera.text();
    }

    /** About how long it is in a message, in bytes. */
    int length() {
      return text().getBytes(StandardCharsets.UTF_8).length + LENGTH_BESIDE_TEXT;
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

  /**
   * The changes in another table that were made without one of this table, or the other way round.
   *
   * @param now milliseconds of the epoch
   */
  public List<Conflicts.Conflict> conflicts(CameraTable that, long now) {
    List<Conflicts.Conflict> conflicts = new ArrayList<>();
    that.entries.forEach(
        (name, other) -> {
          Entry own = entries.get(name);
          if (own != null && own.isConflictWith(other)) {
            conflicts.add(Conflicts.Conflict.of(name, own, other, now));
          }
        });
    return conflicts;
  }

  /**
   * What changed from this table to {@code next} by a configuration file of another node that says
   * something else than the file of a node: of two files the one that was read later holds.
   *
   * @param fed what the file of the node says
   * @param node the one whose file it is
   * @param now milliseconds of the epoch
   */
  public List<Conflicts.Conflict> otherFiles(
      CameraTable next, Map<String, FleetCamera> fed, String node, long now) {
    List<Conflicts.Conflict> others = new ArrayList<>();
    fed.forEach(
        (name, own) -> {
          Entry entry = next.entries.get(name);
          if (entry != null
              && !entry.byApi()
              && !entry.origin().equals(node)
              && !entry.equals(entries.get(name))
              && !own.equals(entry.camera())) {
            others.add(new Conflicts.Conflict(name, entry.origin(), node, now));
          }
        });
    return others;
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
   * The table with this camera as the API has it, unchanged where it is in it already.
   *
   * @throws SiteChangedException where it is in it at another site: its holder there would not be
   *     known to have let it go when the one at the new site takes it
   */
  public CameraTable with(FleetCamera camera, String origin) {
    return camera(camera.name()).equals(Optional.of(camera))
        ? this
        : change(camera.name(), camera, origin, true, filed(camera.name()));
  }

  /**
   * The table with this camera as a configuration file has it. The list keeps what the file said,
   * so that any node knows a section that was edited from one that was not.
   *
   * @throws SiteChangedException as {@link #with}
   */
  public CameraTable withFiled(FleetCamera camera, String origin) {
    String digest = camera.digest();
    boolean isThere = camera(camera.name()).equals(Optional.of(camera));
    return isThere && filed(camera.name()).equals(digest)
        ? this
        : change(camera.name(), camera, origin, false, digest);
  }

  /** The table without the camera of this name, which the API removed. */
  public CameraTable without(String name, String origin) {
    return camera(name).isEmpty() ? this : change(name, null, origin, true, filed(name));
  }

  /** The table without the camera of this name, which a configuration file has no more. */
  public CameraTable withoutFiled(String name, String origin) {
    return camera(name).isEmpty() ? this : change(name, null, origin, false, "");
  }

  /** {@link Entry#filed} of a camera. */
  String filed(String name) {
    Entry entry = entries.get(name);
    return entry == null ? "" : entry.filed();
  }

  private CameraTable change(
      String name, @Nullable FleetCamera camera, String origin, boolean byApi, String filed) {
    Entry before = entries.get(name);
    FleetCamera old = before == null ? null : before.camera();
    if (camera != null && old != null && !old.site().equals(camera.site())) {
      throw new SiteChangedException(name, old.site(), camera.site());
    }
    Map<String, Entry> all = new TreeMap<>(entries);
    long revision = before == null ? 1 : before.revision() + 1;
    all.put(name, new Entry(revision, origin, camera, byApi, filed));
    return new CameraTable(all);
  }

  /** About how long it is in a message, in bytes. */
  public int length() {
    return entries.values().stream().mapToInt(Entry::length).sum();
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

package dev.photofinish.fleet.camera;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The latest changes that did not hold, as a node has heard of them that had such a change: since
 * another of the same revision was made on a side that did not see it, or since the configuration
 * file of another node says something else and was read later. From any thread.
 */
public final class Conflicts {
  /** The oldest beyond it is forgotten. */
  static final int MOST = 50;

  private static final Logger LOG = LoggerFactory.getLogger(Conflicts.class);

  private final Deque<Conflict> latest = new ArrayDeque<>();

  /**
   * Two changes of one camera.
   *
   * @param holds the node whose change holds
   * @param lost the node whose change does not
   * @param at when this node heard of both, in milliseconds since 1970
   */
  public record Conflict(String camera, String holds, String lost, long at) {
    /** Two of them. */
    public static Conflict of(
        String camera, CameraTable.Entry one, CameraTable.Entry other, long at) {
      CameraTable.Entry holds = CameraTable.Entry.last(one, other);
      return new Conflict(camera, holds.origin(), (holds.equals(one) ? other : one).origin(), at);
    }

    @Override
    public String toString() {
      return camera
          + " was changed by "
          + holds
          + " and by "
          + lost
          + " at once; the change of "
          + holds
          + " holds";
    }
  }

  /**
   * All that a node has to tell when it hears a part of the list, which is in its log then.
   *
   * @param own its list of before
   * @param next its list from now on
   * @param fed what its configuration file says
   */
  public static List<Conflict> between(
      CameraTable own,
      CameraTable part,
      CameraTable next,
      Map<String, FleetCamera> fed,
      String node) {
    long now = System.currentTimeMillis();
    List<Conflict> conflicts = new ArrayList<>(own.conflicts(part, now));
    conflicts.forEach(conflict -> LOG.warn("{}", conflict));
    for (Conflict conflict : own.otherFiles(next, fed, node, now)) {
      if (conflicts.stream().noneMatch(c -> c.camera().equals(conflict.camera()))) {
        LOG.warn(
            "{}: the configuration file of {} says something else of it than that of this node, was"
                + " read later, and holds; give both nodes the same file",
            conflict.camera(),
            conflict.holds());
        conflicts.add(conflict);
      }
    }
    return conflicts;
  }

  /** One that was just heard of. */
  public synchronized void heard(Conflict conflict) {
    latest.addFirst(conflict);
    if (latest.size() > MOST) {
      latest.removeLast();
    }
  }

  /** The latest first. */
  public synchronized List<Conflict> latest() {
    return List.copyOf(latest);
  }
}

package dev.photofinish.fleet.camera;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The latest changes that did not hold, since another of the same revision was made on a side that
 * did not see it; as a node has heard of them that had such a change. From any thread.
 */
public final class Conflicts {
  /** The oldest beyond it is forgotten. */
  static final int MOST = 50;

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

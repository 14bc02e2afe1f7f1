package dev.photofinish.fleet.board;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The latest moves of cameras from one node to another, as one node has seen them. From any thread.
 */
public final class Moves {
  /** The oldest beyond it is forgotten. */
  static final int MOST = 200;

  private final Deque<Move> latest = new ArrayDeque<>();
  private final Map<String, String> heldLast = new HashMap<>();

  /**
   * A camera that another node holds now.
   *
   * @param from the node that held it before
   * @param at when the other took it, in milliseconds since 1970
   */
  public record Move(String camera, String from, String to, long at) {}

  /**
   * What nodes hold has changed.
   *
   * @param listed all cameras that there are
   */
  public synchronized void seen(Map<String, FleetView.Held> holders, Set<String> listed) {
    heldLast.keySet().retainAll(listed);
    holders.forEach(this::seen);
  }

  private void seen(String camera, FleetView.Held held) {
    String node = held.node().node();
    String before = heldLast.put(camera, node);
    if (before != null && !before.equals(node)) {
      latest.addFirst(new Move(camera, before, node, held.holding().since()));
      if (latest.size() > MOST) {
        latest.removeLast();
      }
    }
  }

  /** The latest first. */
  public synchronized List<Move> latest() {
    return List.copyOf(latest);
  }
}

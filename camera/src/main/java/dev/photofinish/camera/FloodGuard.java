package dev.photofinish.camera;

import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;

/** Counts the connections of each address within {@link Knob#SYN_WINDOW}. */
final class FloodGuard {

  private final int limit;
  private final long window;
  private final Map<InetAddress, Deque<Long>> recent = new BoundedMap<>();

  FloodGuard(CameraOptions options) {
    this.limit = options.get(Knob.SYN_LIMIT);
    this.window = options.get(Knob.SYN_WINDOW).toNanos();
  }

  /** Whether a connection of {@code source} is one too many; one that is does not count. */
  boolean tooMany(InetAddress source, long now) {
    if (limit == 0) {
      return false;
    }
    Deque<Long> times = recent.computeIfAbsent(source, address -> new ArrayDeque<>());
    while (!times.isEmpty() && now - times.getFirst() >= window) {
      times.removeFirst();
    }
    if (times.size() >= limit) {
      return true;
    }
    times.addLast(now);
    return false;
  }

  void clear() {
    recent.clear();
  }
}

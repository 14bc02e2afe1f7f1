package dev.photofinish.simulation.year;

import java.util.ArrayList;
import java.util.List;

/**
 * The connections that a camera's system has accepted and its server has not yet: the server turns
 * to them one after the other, and learns that one was left only after it answered the request that
 * lies there.
 */
final class Queue {
  /** As many as the server lets wait; what comes beyond is not noticed. */
  private static final int MOST = 8;

  private static final int LEFT = 0;

  private record Waiting(int attempt, long since) {}

  private final List<Waiting> waiting = new ArrayList<>();
  private long busyUntil;

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  void join(int attempt, long at) {
    if (waiting.size() < MOST) {
      waiting.add(new Waiting(attempt, at));
    }
  }

  void leave(int attempt) {
    waiting.replaceAll(w -> w.attempt == attempt ? new Waiting(LEFT, w.since) : w);
  }

  void clear() {
    waiting.clear();
  }

  /** When a server that is free at {@code free} turns to the next; there must be one. */
  long nextAt(long free) {
    return Math.max(Math.max(free, busyUntil), waiting.get(0).since);
  }

  /** The server turns to the next; 0 if it has left, which keeps the server for {@code answer}. */
  int next(long at, long answer) {
    int next = waiting.remove(0).attempt;
    if (next == LEFT) {
      busyUntil = at + answer;
    }
    return next;
  }
}

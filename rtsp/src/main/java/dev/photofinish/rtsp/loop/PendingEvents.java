package dev.photofinish.rtsp.loop;

import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Runs one event at a time: what arrives while another is handled waits until that one is done, so
 * that a machine is never entered from within its own commands. One thread uses it.
 *
 * <p>Only our own side adds to the queue, in answer to what is reported to it: the peer's bytes are
 * not read before the present ones are handled.
 */
public final class PendingEvents {
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private boolean running;

  /** Begins an event without an object for it; false if one runs, so that this one has to wait. */
  public boolean enter() {
    if (running) {
      return false;
    }
    running = true;
    return true;
  }

  /** Ends what {@link #enter} began, and runs what has arrived meanwhile. */
  public void exit() {
    try {
      for (Runnable next = waiting.poll(); next != null; next = waiting.poll()) {
        next.run();
      }
    } finally {
      running = false;
    }
  }

  public void run(Runnable event) {
    if (!enter()) {
      waiting.add(event);
      return;
    }
    try {
      event.run();
    } finally {
      exit();
    }
  }
}

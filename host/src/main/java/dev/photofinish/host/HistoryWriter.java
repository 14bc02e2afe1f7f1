package dev.photofinish.host;

import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * The times of writing a history: after a race has taught something, at most every 10 s, on a
 * thread that may wait for a disk; and at the end. Safe for use by several threads.
 */
final class HistoryWriter {
  static final long PERIOD = Duration.ofSeconds(10).toNanos();

  /** Writes. */
  @FunctionalInterface
  interface Write {
    /**
     * Never several at once.
     *
     * @param afresh the file holds what is to be forgotten: the local network has changed since
     */
    void run(boolean afresh);
  }

  private final Write write;
  private final Executor background;
  private final Object onlyOne = new Object();
  private boolean news;
  private boolean afresh;
  private boolean begun;
  private boolean written;
  private long writtenAt;

  HistoryWriter(Write write, Executor background) {
    this.write = write;
    this.background = background;
  }

  /** Runs each task on a thread of its own, of which nothing is left afterwards. */
  static void onItsOwnThread(Runnable task) {
    Thread thread = new Thread(task, "photofinish-history");
    thread.setDaemon(true);
    thread.start();
  }

  /** What the file holds is to be forgotten. */
  synchronized void moved() {
    news = true;
    afresh = true;
  }

  void learnt(long now) {
    if (begins(now)) {
      try {
        background.execute(this::run);
      } catch (RuntimeException | OutOfMemoryError e) { // no thread: a later race tries again
        ended();
      }
    }
  }

  private synchronized boolean begins(long now) {
    news = true;
    if (begun || (written && now - writtenAt < PERIOD)) {
      return false;
    }
    begun = true;
    written = true;
    writtenAt = now;
    return true;
  }

  private synchronized void ended() {
    begun = false;
  }

  private void run() {
    try {
      writeNews();
    } finally {
      ended();
    }
  }

  private void writeNews() {
    synchronized (onlyOne) {
      boolean stale;
      synchronized (this) {
        if (!news) {
          return;
        }
        stale = afresh;
        news = false;
        afresh = false;
      }
      write.run(stale);
    }
  }

  /** Writes what is not written yet. */
  void close() {
    writeNews();
  }
}

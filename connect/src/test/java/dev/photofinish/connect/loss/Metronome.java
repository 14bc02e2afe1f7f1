package dev.photofinish.connect.loss;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A thread that wakes every 5 ms and keeps the longest that it was late. */
final class Metronome implements AutoCloseable {
  private static final long BEAT = TimeUnit.MILLISECONDS.toNanos(5);

  private final Thread thread = new Thread(this::beat, "metronome");
  private volatile boolean closed;
  private volatile long longest;

  private Metronome() {}

  static Metronome start() {
    Metronome metronome = new Metronome();
    metronome.thread.setDaemon(true);
    metronome.thread.start();
    return metronome;
  }

  private void beat() {
    while (!closed) {
      long before = System.nanoTime();
      LockSupport.parkNanos(BEAT);
      longest = Math.max(longest, System.nanoTime() - before - BEAT);
    }
  }

  double longestMillis() {
    return longest / 1e6;
  }

  @Override
  public void close() {
    closed = true;
  }
}

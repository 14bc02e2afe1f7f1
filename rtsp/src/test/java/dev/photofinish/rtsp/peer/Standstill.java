package dev.photofinish.rtsp.peer;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Tells for how long this machine has stood still: a thread that wakes every few milliseconds adds
 * up by how much it was late. It is what no product can make good, and is left out of times that
 * are held against a bound.
 */
final class Standstill implements AutoCloseable {
  private static final long BEAT = TimeUnit.MILLISECONDS.toNanos(10);

  /** A thread may be late by that much on a machine that does not stand still. */
  private static final long USUAL = TimeUnit.MILLISECONDS.toNanos(10);

  private final Thread thread = new Thread(this::beat, "standstill");
  private boolean closed;
  private long sum;
  private long wakesAt = System.nanoTime() + BEAT;

  private Standstill() {}

  static Standstill start() {
    Standstill standstill = new Standstill();
    standstill.thread.setDaemon(true);
    standstill.thread.start();
    return standstill;
  }

  private void beat() {
    while (woken()) {
      LockSupport.parkNanos(BEAT);
    }
  }

  private synchronized boolean woken() {
    sum = total(System.nanoTime());
    wakesAt = System.nanoTime() + BEAT;
    return !closed;
  }

  private long total(long now) {
    long late = now - wakesAt;
    return sum + (late > USUAL ? late : 0);
  }

  /** Nanoseconds since the start, those included by which the next beat is late already. */
  synchronized long total() {
    return total(System.nanoTime());
  }

  @Override
  public synchronized void close() {
    closed = true;
  }
}

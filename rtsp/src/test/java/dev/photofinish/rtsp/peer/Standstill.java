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

  /** Rests of a machine that is calm are shorter, and a small part of the time in all. */
  private static final long CALM = TimeUnit.MILLISECONDS.toNanos(250);

  private static final int CALM_PART = 20;

  private final Thread thread = new Thread(this::beat, "standstill");
  private final long start = System.nanoTime();
  private boolean closed;
  private long sum;
  private long longest;
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
    long now = System.nanoTime();
    longest = Math.max(longest, now - wakesAt);
    sum = total(now);
    wakesAt = now + BEAT;
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

  /** Whether what takes a second or more on a good machine took no longer on this one so far. */
  synchronized boolean isCalm() {
    long now = System.nanoTime();
    return Math.max(longest, now - wakesAt) < CALM && total(now) < (now - start) / CALM_PART;
  }

  @Override
  public synchronized String toString() {
    return "stood still for %d ms in all of %d ms, for %d ms at once"
        .formatted(sum / 1_000_000, (System.nanoTime() - start) / 1_000_000, longest / 1_000_000);
  }

  @Override
  public synchronized void close() {
    closed = true;
  }
}

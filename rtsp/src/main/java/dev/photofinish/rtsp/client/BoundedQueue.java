package dev.photofinish.rtsp.client;

import io.netty.buffer.ByteBufHolder;
import io.netty.util.ReferenceCounted;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A queue from a stream's event loop to a thread: bounded in items and bytes, each item with a
 * reference of its own. Every method may be called from any thread.
 *
 * @param <T> packets or frames
 */
final class BoundedQueue<T extends ByteBufHolder> {
  /** Stops or resumes the reading from the camera. */
  interface Reading {
    void read(boolean on);
  }

  private final int capacity;
  private final long mostBytes;
  private final Lock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Queue<T> kept = new ArrayDeque<>();
  private long bytes;
  private @Nullable Reading paused;
  private boolean over;
  private @Nullable String failure;

  /**
   * @param capacity items at which it is full
   * @param mostBytes at which it is full too
   */
  BoundedQueue(int capacity, long mostBytes) {
    this.capacity = capacity;
    this.mostBytes = mostBytes;
  }

  private boolean isFullTo(int part) {
    return kept.size() >= Math.max(1, capacity / part) || bytes >= mostBytes / part;
  }

  /** Whether there is no room. */
  boolean isFull() {
    lock.lock();
    try {
      return isFullTo(1);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Adds an item and takes its reference over, full or not.
   *
   * @param reading stopped where it is full now, until it is half empty; null where it is not
   */
  void add(T item, @Nullable Reading reading) {
    lock.lock();
    try {
      if (over) {
        item.release();
        return;
      }
      kept.add(item);
      bytes += item.content().readableBytes();
      if (paused == null && reading != null && isFullTo(1)) {
        paused = reading;
        reading.read(false);
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for the next item, whose reference is the caller's; empty at the end.
   *
   * @throws CameraFailedException the stream gave up, and what came before was taken
   */
  Optional<T> next(Duration bound)
      throws CameraFailedException, InterruptedException, TimeoutException {
    lock.lockInterruptibly();
    try {
      long left = bound.toNanos();
      while (kept.isEmpty() && !over) {
        if (left <= 0) {
          throw new TimeoutException("nothing came within " + bound.toMillis() + " ms");
        }
        left = changed.awaitNanos(left);
      }
      T next = take();
      if (next == null && failure != null) {
        throw new CameraFailedException(failure, null);
      }
      return Optional.ofNullable(next);
    } finally {
      lock.unlock();
    }
  }

  /** The next item, whose reference is the caller's; null where there is none at present. */
  @Nullable T poll() {
    lock.lock();
    try {
      return take();
    } finally {
      lock.unlock();
    }
  }

  private @Nullable T take() {
    T next = kept.poll();
    if (next != null) {
      bytes -= next.content().readableBytes();
    }
    Reading stopped = paused;
    if (stopped != null && (kept.isEmpty() || !isFullTo(2))) {
      paused = null;
      stopped.read(true);
    }
    return next;
  }

  /**
   * Nothing follows.
   *
   * @param why the stream gave up; null if it did not
   */
  void end(@Nullable String why) {
    lock.lock();
    try {
      if (!over) {
        over = true;
        failure = why;
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Whether nothing is there, and nothing follows. */
  boolean isAtEnd() {
    lock.lock();
    try {
      return over && kept.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** Releases what was not taken; nothing follows. */
  void release() {
    end(null);
    lock.lock();
    try {
      kept.forEach(ReferenceCounted::release);
      kept.clear();
      bytes = 0;
    } finally {
      lock.unlock();
    }
  }
}

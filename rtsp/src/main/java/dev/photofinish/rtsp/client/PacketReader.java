package dev.photofinish.rtsp.client;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A stream whose packets are taken by a thread that may wait: the blocking form of {@link
 * CameraListener#packet}. At most {@code capacity} packets are kept; a reader that is slower than
 * its camera stops the reading from the connection, so that nothing is lost and nothing grows.
 *
 * <pre>{@code
 * try (PacketReader reader = client.read(Camera.at("rtsp://192.0.2.1/stream"), 1000)) {
 *   for (Optional<RtpPacket> next = reader.next(); next.isPresent(); next = reader.next()) {
 *     handle(next.get());
 *     next.get().release();
 *   }
 * }
 * }</pre>
 */
public final class PacketReader implements AutoCloseable {
  private final int capacity;
  private final Runnable beforeWait;
  private final Lock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<RtpPacket> kept = new ArrayDeque<>();
  private @Nullable CameraStream stream;
  private @Nullable String failure;
  private boolean paused;
  private boolean over;

  /**
   * @param beforeWait throws where the calling thread must not wait
   */
  PacketReader(int capacity, Runnable beforeWait) {
    if (capacity < 1) {
      throw new IllegalArgumentException("capacity: " + capacity + "; expected 1 or more");
    }
    this.capacity = capacity;
    this.beforeWait = beforeWait;
  }

  CameraListener feeder() {
    return new Feeder();
  }

  PacketReader of(CameraStream fed) {
    return locked(
        () -> {
          stream = fed;
          return this;
        });
  }

  /** The stream that is read. */
  public CameraStream stream() {
    return locked(() -> Objects.requireNonNull(stream));
  }

  private <T> T locked(Supplier<T> action) {
    lock.lock();
    try {
      return action.get();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for the next packet, which the caller must {@code release()}; empty when the stream was
   * closed. No monitor is held meanwhile: a virtual thread that waits pins no other.
   *
   * @throws CameraFailedException the stream gave up, and what came before was read
   * @throws InterruptedException the waiting thread was interrupted; the stream goes on
   * @throws IllegalStateException in a listener of the client, which must not wait
   */
  public Optional<RtpPacket> next() throws CameraFailedException, InterruptedException {
    try {
      return next(Duration.ofNanos(Long.MAX_VALUE));
    } catch (TimeoutException e) {
      throw new AssertionError("292 years", e);
    }
  }

  /**
   * As {@link #next()}, for at most {@code bound}.
   *
   * @throws TimeoutException when nothing came for so long; the stream goes on
   */
  public Optional<RtpPacket> next(Duration bound)
      throws CameraFailedException, InterruptedException, TimeoutException {
    beforeWait.run();
    lock.lockInterruptibly();
    try {
      long left = bound.toNanos();
      while (kept.isEmpty() && !over) {
        if (left <= 0) {
          throw new TimeoutException("no packet within " + bound);
        }
        left = changed.awaitNanos(left);
      }
      return take();
    } finally {
      lock.unlock();
    }
  }

  private Optional<RtpPacket> take() throws CameraFailedException {
    if (kept.isEmpty() && failure != null) {
      throw new CameraFailedException(failure, null);
    }
    Optional<RtpPacket> next = Optional.ofNullable(kept.poll());
    if (paused && kept.size() <= capacity / 2) {
      paused = false;
      stream().autoRead(true);
    }
    return next;
  }

  private void add(CameraStream from, RtpPacket packet) {
    lock.lock();
    try {
      if (over) {
        return;
      }
      kept.add(packet.retain());
      if (kept.size() >= capacity && !paused) {
        paused = true;
        from.autoRead(false);
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void ended(@Nullable String why) {
    lock.lock();
    try {
      failure = why;
      over = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Closes the stream in order and releases what was not taken. */
  @Override
  public void close() {
    stream().close();
    release();
  }

  private void release() {
    lock.lock();
    try {
      over = true;
      kept.forEach(RtpPacket::release);
      kept.clear();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Fills this reader. */
  private final class Feeder implements CameraListener {
    @Override
    public void state(CameraStream from, CameraState before, CameraState after, String reason) {
      if (after.isFinal()) {
        ended(after == CameraState.FAILED ? from.url() + ": " + reason : null);
      }
    }

    @Override
    public void packet(CameraStream from, RtpPacket packet) {
      add(from, packet);
    }
  }
}

package dev.photofinish.rtsp.client;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
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
  private final Deque<RtpPacket> kept = new ArrayDeque<>();
  private @Nullable CameraStream stream;
  private @Nullable String failure;
  private boolean paused;
  private boolean over;

  PacketReader(int capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException("capacity: " + capacity + "; expected 1 or more");
    }
    this.capacity = capacity;
  }

  CameraListener feeder() {
    return new Feeder();
  }

  synchronized PacketReader of(CameraStream fed) {
    stream = fed;
    return this;
  }

  /** The stream that is read. */
  public synchronized CameraStream stream() {
    return Objects.requireNonNull(stream);
  }

  /**
   * Waits for the next packet, which the caller must {@code release()}; empty when the stream was
   * closed.
   *
   * @throws CameraFailedException the stream gave up, and what came before was read
   * @throws InterruptedException the waiting thread was interrupted; the stream goes on
   */
  public Optional<RtpPacket> next() throws CameraFailedException, InterruptedException {
    return next(Duration.ofNanos(Long.MAX_VALUE));
  }

  /** As {@link #next()}; empty also when nothing came for {@code bound}. */
  public synchronized Optional<RtpPacket> next(Duration bound)
      throws CameraFailedException, InterruptedException {
    long start = System.nanoTime();
    while (kept.isEmpty() && !over) {
      long left = bound.toNanos() - (System.nanoTime() - start);
      if (left <= 0) {
        return Optional.empty();
      }
      wait(TimeUnit.NANOSECONDS.toMillis(left) + 1);
    }
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

  private synchronized void add(CameraStream from, RtpPacket packet) {
    if (over) {
      return;
    }
    kept.add(packet.retain());
    if (kept.size() >= capacity && !paused) {
      paused = true;
      from.autoRead(false);
    }
    notifyAll();
  }

  private synchronized void ended(@Nullable String why) {
    failure = why;
    over = true;
    notifyAll();
  }

  /** Closes the stream in order and releases what was not taken. */
  @Override
  public void close() {
    stream().close();
    release();
  }

  private synchronized void release() {
    over = true;
    kept.forEach(RtpPacket::release);
    kept.clear();
    notifyAll();
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

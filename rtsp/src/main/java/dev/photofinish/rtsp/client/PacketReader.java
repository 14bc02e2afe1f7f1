package dev.photofinish.rtsp.client;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
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
  private final BoundedQueue<RtpPacket> packets;
  private final Runnable beforeWait;
  private volatile @Nullable CameraStream stream;

  /**
   * @param beforeWait throws where the calling thread must not wait
   */
  PacketReader(int capacity, Runnable beforeWait) {
    if (capacity < 1) {
      throw new IllegalArgumentException("capacity: " + capacity + "; expected 1 or more");
    }
    this.packets = new BoundedQueue<>(capacity, Long.MAX_VALUE);
    this.beforeWait = beforeWait;
  }

  CameraListener feeder() {
    return new Feeder();
  }

  PacketReader of(CameraStream fed) {
    stream = fed;
    return this;
  }

  /** The stream that is read. */
  public CameraStream stream() {
    return Objects.requireNonNull(stream);
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
    return packets.next(bound);
  }

  /** Closes the stream in order and releases what was not taken. */
  @Override
  public void close() {
    stream().close();
    packets.release();
  }

  /** Fills this reader. */
  private final class Feeder implements CameraListener {
    @Override
    public void state(CameraStream from, CameraState before, CameraState after, String reason) {
      if (after.isFinal()) {
        packets.end(after == CameraState.FAILED ? from.url() + ": " + reason : null);
      }
    }

    @Override
    public void packet(CameraStream from, RtpPacket packet) {
      packets.add(packet.retain(), from::autoRead);
    }
  }
}

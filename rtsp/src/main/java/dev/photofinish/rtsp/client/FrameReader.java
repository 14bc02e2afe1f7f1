package dev.photofinish.rtsp.client;

import dev.photofinish.rtp.format.Frame;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A stream whose frames are taken by a thread that may wait: the blocking form of {@link
 * CameraListener#frame}, for virtual threads and scripts.
 *
 * <pre>{@code
 * try (FrameReader reader = client.readFrames(Camera.at("rtsp://192.0.2.1/stream"))) {
 *   for (Optional<Frame> next = reader.next(); next.isPresent(); next = reader.next()) {
 *     handle(next.get());
 *     next.get().release();
 *   }
 * }
 * }</pre>
 *
 * <p>Its frames are one stream whatever happens to the connections: their times go on, the first
 * one of each media after a gap is marked ({@link Frame#isDiscontinuity}), and video begins with a
 * key frame, unless {@link FrameOptions} say otherwise.
 *
 * <p>A reader that is slower than its camera stops the reading from the connection once as many
 * frames wait as the options allow, and those that were read already: over TCP nothing is lost.
 * Over UDP the camera cannot be made to wait: then frames are dropped, video up to the next key
 * frame ({@link #dropped}).
 */
public final class FrameReader implements AutoCloseable {
  private final BoundedQueue<Frame> frames;
  private final FrameGate gate;
  private final Runnable beforeWait;
  private volatile @Nullable CameraStream stream;

  /**
   * @param url of the stream
   * @param beforeWait throws where the calling thread must not wait
   */
  FrameReader(FrameOptions options, String url, Runnable beforeWait) {
    this.frames = new BoundedQueue<>(options.capacity(), options.mostBytes());
    this.gate = new FrameGate(options, url);
    this.beforeWait = beforeWait;
  }

  /** What fills this reader from a stream that has not begun. */
  FrameSink feeder(CameraStream fed) {
    stream = fed;
    return new Feeder(fed);
  }

  /** The stream that is read. */
  public CameraStream stream() {
    return Objects.requireNonNull(stream);
  }

  /** Frames that were left out because this reader was too slow, all media together. */
  public long dropped() {
    return gate.dropped();
  }

  /**
   * Waits for the next frame, which the caller must {@code release()}; empty when the stream was
   * closed, or a recording has ended. No monitor is held meanwhile: a virtual thread that waits
   * pins no other.
   *
   * @throws CameraFailedException the stream gave up, and what came before was read
   * @throws InterruptedException the waiting thread was interrupted; the stream goes on
   * @throws IllegalStateException in a listener of the client, which must not wait
   */
  public Optional<Frame> next() throws CameraFailedException, InterruptedException {
    try {
      return next(Duration.ofNanos(Long.MAX_VALUE));
    } catch (TimeoutException e) {
      throw new AssertionError("292 years", e);
    }
  }

  /**
   * As {@link #next()}, for at most {@code bound}.
   *
   * @throws TimeoutException when no frame came for so long; the stream goes on
   */
  public Optional<Frame> next(Duration bound)
      throws CameraFailedException, InterruptedException, TimeoutException {
    beforeWait.run();
    return frames.next(bound);
  }

  /** Closes the stream in order and releases what was not taken. */
  @Override
  public void close() {
    stream().close();
    frames.release();
  }

  /** Fills this reader. */
  private final class Feeder implements FrameSink {
    private final CameraStream from;

    Feeder(CameraStream from) {
      this.from = from;
    }

    @Override
    public void frame(MediaStream media, Frame frame, boolean waits) {
      if (!gate.passes(frame)) {
        return;
      }
      if (!waits && frames.isFull()) {
        gate.drop(frame);
      } else {
        frames.add(gate.mark(frame.retain()), waits ? from::autoRead : null);
      }
    }

    @Override
    public void over(@Nullable String failure) {
      frames.end(failure);
    }
  }
}

package dev.photofinish.rtsp.client;

import dev.photofinish.rtp.format.Frame;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The frames on their way to one subscriber (Reactive Streams 1.0.4). What waits are copies on the
 * heap: dropping one, on either side, leaks nothing.
 *
 * <p>Signals come from the stream's event loop and from threads that request; one of them at a time
 * signals for all (rule 1.3).
 */
final class DefaultFrameSubscription implements FrameSubscription, FrameSink {
  private static final Logger LOG = LoggerFactory.getLogger(CameraStream.class);

  private final StreamFrames stream;
  private final BoundedQueue<Frame> frames;
  private final FrameGate gate;
  private final AtomicLong demand = new AtomicLong();

  /** Those that wait for the thread that signals; it is not 0 while one does. */
  private final AtomicInteger signals = new AtomicInteger();

  /** Null when it is over (rule 3.13). */
  private volatile Flow.@Nullable Subscriber<? super Frame> subscriber;

  private volatile @Nullable Throwable failure;

  DefaultFrameSubscription(
      StreamFrames stream, FrameOptions options, Flow.Subscriber<? super Frame> subscriber) {
    this.stream = stream;
    this.frames = new BoundedQueue<>(options.capacity(), options.mostBytes());
    this.gate = new FrameGate(options, stream.url());
    this.subscriber = subscriber;
  }

  /** Rule 1.9: onSubscribe comes before all others. */
  void start() {
    signals.set(1);
    Flow.Subscriber<? super Frame> to = subscriber;
    try {
      if (to != null) {
        to.onSubscribe(this);
      }
    } catch (Throwable e) { // rule 2.13: it has broken the rules, and is let go
      broken(e);
    }
    if (subscriber != null) {
      stream.add(this);
    }
    if (subscriber == null) {
      stream.remove(this); // cancelled meanwhile
    }
    signalAll(1);
  }

  @Override
  public long dropped() {
    return gate.dropped();
  }

  // ---- From the stream

  @Override
  public void frame(MediaStream media, Frame frame, boolean waits) {
    if (!gate.passes(frame)) {
      return;
    }
    if (frames.isFull()) {
      gate.drop(frame);
      return;
    }
    frames.add(gate.mark(frame.copy()), null);
    signal();
  }

  @Override
  public void over(@Nullable String why) {
    if (why != null) {
      failure = new CameraFailedException(why, null);
    }
    frames.end(why);
    signal();
  }

  // ---- From the subscriber

  @Override
  public void request(long n) {
    if (n <= 0) {
      // Rule 3.9.
      failure = new IllegalArgumentException("request(" + n + "); expected 1 or more (rule 3.9)");
      frames.release();
      stream.remove(this);
    } else {
      demand.accumulateAndGet(n, (a, b) -> a + b < 0 ? Long.MAX_VALUE : a + b); // rule 3.17
    }
    signal();
  }

  @Override
  public void cancel() {
    subscriber = null;
    stream.remove(this);
    frames.release();
  }

  // ---- To the subscriber

  private void signal() {
    if (signals.getAndIncrement() == 0) {
      signalAll(1);
    }
  }

  /** Rules 1.3 and 3.3: what a signal causes is signalled after it, not within it. */
  private void signalAll(int seen) {
    int left = seen;
    while (left != 0) {
      try {
        signalFrames();
        signalEnd();
      } catch (Throwable e) { // rule 2.13
        broken(e);
      }
      left = signals.addAndGet(-left);
    }
  }

  private void signalFrames() {
    while (demand.get() > 0) {
      Flow.Subscriber<? super Frame> to = subscriber;
      Frame next = to == null ? null : frames.poll();
      if (to == null || next == null) {
        return;
      }
      demand.getAndUpdate(d -> d == Long.MAX_VALUE ? d : d - 1);
      to.onNext(next);
    }
  }

  private void signalEnd() {
    Flow.Subscriber<? super Frame> to = subscriber;
    if (to == null || !frames.isAtEnd()) {
      return;
    }
    subscriber = null;
    Throwable why = failure;
    if (why == null) {
      to.onComplete();
    } else {
      to.onError(why);
    }
  }

  private void broken(Throwable e) {
    LOG.error("{}: a subscriber of frames failed and is cancelled", stream.url(), e);
    cancel();
  }
}

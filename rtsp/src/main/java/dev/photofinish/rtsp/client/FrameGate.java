package dev.photofinish.rtsp.client;

import dev.photofinish.rtp.format.Codec;
import dev.photofinish.rtp.format.Frame;
import dev.photofinish.rtp.format.FrameTime;
import dev.photofinish.rtp.format.RandomAccess;
import java.util.BitSet;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chooses the frames that one taker gets: from a key frame on, and without those that it was too
 * slow for, up to the next key frame. The next frame is then marked as a discontinuity.
 *
 * <p>Used on one thread, but {@link #dropped()}.
 */
final class FrameGate {
  private static final Logger LOG = LoggerFactory.getLogger(CameraStream.class);

  /** A camera may have no key frames at all: said when none came for so long. */
  private static final long LONG_WAIT = 10_000_000_000L;

  private final FrameOptions options;
  private final String url;
  private final AtomicLong dropped = new AtomicLong();

  /** The media of which a frame came. */
  private final BitSet begun = new BitSet();

  /** The media that go on with a key frame. */
  private final BitSet waiting = new BitSet();

  /** The media whose taker was too slow. */
  private final BitSet behind = new BitSet();

  /** The media whose next frame is a discontinuity. */
  private final BitSet marked = new BitSet();

  private long waitingFrom;
  private boolean saidWait;

  /**
   * @param url of the stream, for the log
   */
  FrameGate(FrameOptions options, String url) {
    this.options = options;
    this.url = url;
  }

  /** Frames that were left out because their taker was too slow. */
  long dropped() {
    return dropped.get();
  }

  /** Whether this frame is due. */
  boolean passes(Frame frame) {
    int track = frame.track();
    boolean video = isVideo(frame);
    boolean begins = frame.isDiscontinuity() || !begun.get(track);
    begun.set(track);
    if (frame.isDiscontinuity()) {
      marked.set(track);
    }
    boolean broken = options.wholeOnly() && (frame.isDamaged() || frame.lost() > 0);
    if (video && (broken || (begins && options.fromKeyFrame()))) {
      await(frame);
    }
    boolean passes = waiting.get(track) ? isStart(frame) : isWholeEnough(frame);
    if (passes) {
      waiting.clear(track);
      behind.clear(track);
    } else if (behind.get(track)) {
      dropped.incrementAndGet();
    }
    if (!passes && waiting.get(track)) {
      sayLongWait(frame);
    }
    return passes;
  }

  /** Nothing of a media passes before its next key frame. */
  private void await(Frame frame) {
    if (!waiting.get(frame.track())) {
      waiting.set(frame.track());
      waitingFrom = frame.arrivedAt();
    }
  }

  private void sayLongWait(Frame frame) {
    if (!saidWait && frame.arrivedAt() - waitingFrom > LONG_WAIT) {
      saidWait = true;
      LOG.warn(
          "{}: no key frame for {} s, so no video is delivered; FrameOptions.fromKeyFrame takes"
              + " what comes",
          url,
          LONG_WAIT / 1_000_000_000L);
    }
  }

  private static boolean isVideo(Frame frame) {
    return frame.codec().kind() == Codec.Kind.VIDEO;
  }

  private static boolean isStart(Frame frame) {
    return frame.randomAccess() != RandomAccess.NONE && !frame.isDamaged();
  }

  private boolean isWholeEnough(Frame frame) {
    return !(options.wholeOnly() && frame.isDamaged());
  }

  /** A frame that was due found no room: of video, all are left out up to the next key frame. */
  void drop(Frame frame) {
    int track = frame.track();
    marked.set(track);
    behind.set(track);
    if (isVideo(frame)) {
      await(frame);
    }
    if (dropped.getAndIncrement() == 0) {
      LOG.warn(
          "{}: frames come faster than they are taken: they are dropped, video up to the next key"
              + " frame",
          url);
    }
  }

  /** A frame that passed, marked where others before it were left out; takes it over. */
  Frame mark(Frame frame) {
    boolean left = marked.get(frame.track());
    marked.clear(frame.track());
    FrameTime time = frame.frameTime();
    return left && !time.discontinuity()
        ? frame.at(new FrameTime(time.nanos(), time.isSynchronized(), time.wallClock(), true))
        : frame;
  }
}

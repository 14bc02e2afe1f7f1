package dev.photofinish.rtp.format;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Gives frames the times at which they are shown. Frames come in decoding order, each with the time
 * of its place in that order, as an elementary stream without times has them; where they are shown
 * in another (B-frames of H.264 and H.265), they change their times among each other, by the
 * picture order count. They leave in decoding order.
 *
 * <p>A frame waits until it is known how many are shown before it, by the number of reordered
 * pictures that the SPS says, or the most that its level allows. At most {@value #MOST_WAITING}
 * wait, of {@value #MOST_BYTES} bytes together. Frames of other codecs leave at once.
 *
 * <p>Pure: no clock, no thread. Not safe for use by several threads.
 */
public final class PresentationOrder {
  private static final int MOST_WAITING = 64;
  private static final int MOST_BYTES = 64 << 20;

  private final Consumer<? super Frame> output;
  private final Deque<Waiting> decoding = new ArrayDeque<>();
  private final Queue<Long> times = new ArrayDeque<>();
  private final PriorityQueue<Waiting> showing =
      new PriorityQueue<>(
          Comparator.comparingLong((Waiting waiting) -> waiting.count)
              .thenComparingLong(waiting -> waiting.number));
  private @Nullable PictureOrder order;
  private @Nullable Codec codec;
  private long bytes;
  private long number;

  /**
   * @param output takes each frame and its reference
   */
  public PresentationOrder(Consumer<? super Frame> output) {
    this.output = output;
  }

  /**
   * Pictures of a format that may come before one that is shown before them, as its SPS says; 0
   * where it does not, and of other codecs than H.264 and H.265.
   *
   * @return at most 16
   */
  public static int reordered(FrameFormat format) {
    return PictureOrders.reordered(format);
  }

  private static final class Waiting {
    private final Frame frame;
    private final long count;
    private final long number;
    private @Nullable Long time;

    Waiting(Frame frame, long count, long number) {
      this.frame = frame;
      this.count = count;
      this.number = number;
    }
  }

  /** Takes the next frame in decoding order, and its reference. */
  public void frame(Frame frame) {
    if (frame.codec() != codec) {
      showAll();
      codec = frame.codec();
      order = PictureOrders.of(codec);
    }
    PictureOrder.Place place = order == null ? null : order.next(frame).orElse(null);
    if (place == null || place.begins()) {
      showAll();
    }
    add(new Waiting(frame, place == null ? 0 : place.count(), number++));
    int most = place == null ? 0 : place.reordered();
    if (decoding.size() > MOST_WAITING || bytes > MOST_BYTES) {
      most = 0;
    }
    while (showing.size() > most) {
      show();
    }
    give();
  }

  private void add(Waiting waiting) {
    decoding.add(waiting);
    showing.add(waiting);
    times.add(waiting.frame.time());
    bytes += waiting.frame.content().readableBytes();
  }

  private void show() {
    showing.remove().time = times.remove();
  }

  private void showAll() {
    while (!showing.isEmpty()) {
      show();
    }
    give();
  }

  /** Gives the frames whose times are known. */
  private void give() {
    for (Iterator<Waiting> all = decoding.iterator(); all.hasNext(); ) {
      Waiting first = all.next();
      Long time = first.time;
      if (time == null) {
        return;
      }
      all.remove();
      bytes -= first.frame.content().readableBytes();
      FrameTime of = first.frame.frameTime();
      output.accept(
          first.frame.at(
              new FrameTime(time, of.isSynchronized(), of.wallClock(), of.discontinuity())));
    }
  }

  /** Nothing follows: gives what waits. */
  public void end() {
    showAll();
  }

  /** Lets go of what waits. */
  public void release() {
    decoding.forEach(waiting -> waiting.frame.release());
    decoding.clear();
    showing.clear();
    times.clear();
    bytes = 0;
  }
}

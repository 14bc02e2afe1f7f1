package dev.photofinish.media.container;

import dev.photofinish.rtp.format.Frame;
import dev.photofinish.rtp.format.RandomAccess;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** The frames of a fragment that has not ended, in the order in which they came. */
final class Batch {
  private static final int MOST_FRAMES = 4096;

  private final List<Frame> frames = new ArrayList<>();
  private int bytes;
  private boolean hasNonKey;

  /** Takes a frame and its reference. */
  void add(Frame frame) {
    frames.add(frame);
    bytes += frame.content().readableBytes();
    hasNonKey |= frame.randomAccess() == RandomAccess.NONE;
  }

  List<Frame> frames() {
    return frames;
  }

  boolean isEmpty() {
    return frames.isEmpty();
  }

  /** Whether it must end however short it is. */
  boolean isFull() {
    return bytes >= Fragmenter.MOST_BYTES || frames.size() >= MOST_FRAMES;
  }

  /** Whether a frame is in it that no reader could begin with. */
  boolean hasNonKey() {
    return hasNonKey;
  }

  /** When its first frame is. */
  long begin() {
    return frames.get(0).time();
  }

  /** The first frame of the main media; null where it has none. */
  @Nullable Frame first(TrackTable tracks) {
    for (Frame frame : frames) {
      if (tracks.isMain(frame.track())) {
        return frame;
      }
    }
    return null;
  }

  /**
   * Its samples, in the order of its frames.
   *
   * @param clocks of a media
   * @param next the frame behind it; null where none is known
   */
  List<Sample> samples(IntFunction<TrackClock> clocks, @Nullable Frame next) {
    Map<Integer, List<Frame>> byMedia = new HashMap<>();
    for (Frame frame : frames) {
      byMedia.computeIfAbsent(frame.track(), media -> new ArrayList<>()).add(frame);
    }
    Map<Integer, Queue<Sample>> samples = new HashMap<>();
    byMedia.forEach(
        (media, of) -> {
          Frame following = next != null && next.track() == media ? next : null;
          samples.put(media, new ArrayDeque<>(clocks.apply(media).assign(of, following)));
        });
    List<Sample> inOrder = new ArrayList<>(frames.size());
    for (Frame frame : frames) {
      Queue<Sample> of = samples.get(frame.track());
      if (of != null) {
        inOrder.add(of.remove());
      }
    }
    return inOrder;
  }

  /** When the last of its frames ends, once it has samples. */
  long end(IntFunction<TrackClock> clocks) {
    long end = begin();
    for (Frame frame : frames) {
      end = Math.max(end, clocks.apply(frame.track()).end());
    }
    return end;
  }

  void release() {
    frames.forEach(Frame::release);
  }
}

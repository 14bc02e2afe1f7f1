package dev.photofinish.media.container;

import dev.photofinish.rtp.format.Frame;
import dev.photofinish.rtp.format.RandomAccess;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
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

  /** Whether a frame is in it that no reader could begin with. */
  private boolean hasNonKey;

  /** Takes a frame and its reference. */
  void add(Frame frame) {
    frames.add(frame);
    bytes += frame.content().readableBytes();
    hasNonKey |= frame.randomAccess() == RandomAccess.NONE;
  }

  /** Takes the frames of other media than the main one out that are not before a time. */
  List<Frame> takeFrom(long time, TrackTable tracks) {
    List<Frame> all = new ArrayList<>(frames);
    List<Frame> later = new ArrayList<>();
    frames.clear();
    bytes = 0;
    hasNonKey = false;
    for (Frame frame : all) {
      if (!tracks.isMain(frame.track()) && frame.time() - time >= 0) {
        later.add(frame);
      } else {
        add(frame);
      }
    }
    return later;
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

  /** Whether it ends before a frame. */
  boolean endsBefore(Frame next, boolean isMain, FragmentOptions options) {
    if (isEmpty() || isFull()) {
      return !isEmpty();
    }
    long length = next.time() - begin();
    long most = options.length().toNanos();
    if (!isMain) {
      return most == 0 || (!options.atKeyFrames() && length >= 2 * most); // the main one is silent
    }
    boolean key = next.randomAccess() != RandomAccess.NONE;
    return options.atKeyFrames() ? key && length >= most : length >= most || (key && hasNonKey);
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
   * Its frames in a container; they stay its own.
   *
   * @param clocks of a media
   * @param next the frame behind it; null where none is known
   * @param discontinuity whether frames are missing before it
   */
  Fragment fragment(
      Container container,
      TrackTable tracks,
      IntFunction<TrackClock> clocks,
      @Nullable Frame next,
      boolean discontinuity) {
    CompositeByteBuf content = Unpooled.compositeBuffer(Integer.MAX_VALUE);
    container.fragment(samples(clocks, next), content);
    int ofMain = (int) frames.stream().filter(frame -> tracks.isMain(frame.track())).count();
    return new Fragment(
        content, begin(), end(clocks), frames.size(), ofMain, isKey(tracks), discontinuity);
  }

  private boolean isKey(TrackTable tracks) {
    Frame first = first(tracks);
    return first == null ? !tracks.hasVideo() : first.randomAccess() != RandomAccess.NONE;
  }

  /**
   * Its samples, in the order of its frames.
   *
   * @param clocks of a media
   * @param next the frame behind it; null where none is known
   */
  private List<Sample> samples(IntFunction<TrackClock> clocks, @Nullable Frame next) {
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
  private long end(IntFunction<TrackClock> clocks) {
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

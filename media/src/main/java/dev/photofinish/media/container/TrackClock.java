package dev.photofinish.media.container;

import dev.photofinish.rtp.format.Codec;
import dev.photofinish.rtp.format.Frame;
import dev.photofinish.rtp.format.PresentationOrder;
import dev.photofinish.rtp.format.Ticks;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The times of one track: presentation times in its ticks, and decode times, which RTP does not
 * carry.
 *
 * <p>Frames come in decode order. Where their presentation times rise, both are the same. Where
 * they do not (B-frames), the decode time of a frame is the presentation time of the frame that is
 * shown so many places before: as many as the SPS says that pictures may overtake others, and at
 * least as many as were seen to, at most {@value #MOST_REORDER}. So it never lies behind the
 * presentation time, and rises with each frame.
 */
final class TrackClock {
  /** Of H.264 and H.265: max_dec_frame_buffering is at most 16. */
  static final int MOST_REORDER = 16;

  private static final int USUAL_RATE = 25;
  private static final long NONE = Long.MIN_VALUE;

  private final long origin;
  private final PriorityQueue<Long> window = new PriorityQueue<>();

  /** The last presentation times. */
  private final Deque<Long> recent = new ArrayDeque<>();

  private Track track;
  private int depth;
  private long anchor = NONE;
  private long last = NONE;
  private long lastDuration;
  private long end;

  /**
   * @param origin the time that is 0 in the container, {@link Frame#time}
   */
  TrackClock(Track track, long origin) {
    this.track = track;
    this.origin = origin;
    this.end = origin;
  }

  /** The track after a new header, with the same timescale. */
  void track(Track next) {
    track = next;
  }

  Track track() {
    return track;
  }

  /** When the frame that is shown last ends, on the clock of {@link Frame#time}. */
  long end() {
    return end;
  }

  /**
   * The samples of frames in decode order.
   *
   * @param next the frame of the track that follows, for the last duration; null where it is not
   *     known
   */
  List<Sample> assign(List<Frame> frames, @Nullable Frame next) {
    long[] times = new long[frames.size()];
    for (int i = 0; i < times.length; i++) {
      times[i] = ticks(frames.get(i));
    }
    if (canReorder()) {
      deepen(frames, times);
    }
    List<Sample> samples = new ArrayList<>(times.length);
    long before = last;
    long decode = times.length == 0 ? 0 : decodeTime(times[0]);
    if (before != NONE && times.length > 0 && decode - before < track.timescale()) {
      lastDuration = decode - before; // more would be a gap
    }
    for (int i = 0; i < times.length; i++) {
      long following;
      if (i + 1 < times.length) {
        following = decodeTime(times[i + 1]);
        lastDuration = following - decode;
      } else {
        lastDuration = lastDuration(frames.get(i), next, decode);
        following = decode + lastDuration;
      }
      long time = canReorder() ? times[i] : decode;
      samples.add(new Sample(track, frames.get(i), decode, time, lastDuration));
      long shown = frames.get(i).time() + Ticks.nanos(lastDuration, track.timescale());
      end = frames.get(i).isDiscontinuity() ? shown : Math.max(end, shown);
      decode = following;
    }
    return samples;
  }

  private boolean canReorder() {
    Codec codec = track.format().codec();
    return codec.hasNalUnits() || codec == Codec.MPEG4_VISUAL || codec == Codec.MPEG2_VIDEO;
  }

  private long ticks(Frame frame) {
    if (anchor == NONE) {
      anchor = frame.time();
    }
    int rate = track.timescale();
    return Math.max(0, Ticks.of(anchor - origin, rate) + Ticks.of(frame.time() - anchor, rate));
  }

  /** Makes the window as deep as these times need it. */
  private void deepen(List<Frame> frames, long[] times) {
    int needed = Math.max(depth, PresentationOrder.reordered(track.format()));
    for (int i = 0; i < times.length; i++) {
      if (frames.get(i).isDiscontinuity()) {
        recent.clear();
      }
      int overtaken = 0;
      for (long earlier : recent) {
        overtaken += earlier > times[i] ? 1 : 0;
      }
      needed = Math.max(needed, overtaken);
      recent.add(times[i]);
      if (recent.size() > MOST_REORDER) {
        recent.remove();
      }
    }
    long step = step(times);
    for (; depth < needed; depth++) {
      window.add(last == NONE ? times[0] - (depth + 1) * step : last);
    }
  }

  /** Between two pictures, on the average. */
  private long step(long[] times) {
    long least = Long.MAX_VALUE;
    long most = Long.MIN_VALUE;
    for (long time : times) {
      least = Math.min(least, time);
      most = Math.max(most, time);
    }
    return times.length < 2 ? usual() : Math.max(1, (most - least) / (times.length - 1));
  }

  private long decodeTime(long time) {
    last = peek(time);
    if (depth > 0) {
      window.add(time);
      window.poll();
    }
    return last;
  }

  /** The decode time of a frame that would follow. */
  private long peek(long time) {
    long first = depth == 0 ? time : Math.min(time, window.peek());
    return last == NONE ? first : Math.max(first, last + 1);
  }

  private long lastDuration(Frame frame, @Nullable Frame next, long decode) {
    if (next != null) {
      return peek(ticks(next)) - decode;
    }
    if (frame.duration() > 0) {
      int rate = Math.max(1, frame.format().clockRate());
      return Math.max(1, Ticks.of(Ticks.nanos(frame.duration(), rate), track.timescale()));
    }
    return lastDuration > 0 ? lastDuration : usual();
  }

  private long usual() {
    return Math.max(1, track.timescale() / USUAL_RATE);
  }
}

package dev.photofinish.media.container;

import dev.photofinish.rtp.format.Frame;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The frames from a key frame on that a new header begins with, while audio of before it may still
 * come: that belongs to the old one, so that picture and sound of both begin and end together.
 */
final class Handover {
  /** So much later than the picture audio may come. */
  static final long MOST_NANOS = 1_000_000_000L;

  /** Audio that was silent for longer is not waited for. */
  private static final long SPEAKING_NANOS = 3_000_000_000L;

  private final Batch frames = new Batch();
  private final Frame key;
  private final Set<Integer> awaited;
  private boolean late;

  private Handover(Frame key, Set<Integer> awaited) {
    this.key = key;
    this.awaited = awaited;
    frames.add(key);
  }

  /**
   * Begins to wait before a key frame; null where there is no audio to wait for.
   *
   * @param key whose reference it takes
   * @param batch what came before; audio in it that is not before the key frame is taken out
   * @param clocks by media
   */
  static @Nullable Handover begin(
      Frame key, Batch batch, TrackTable tracks, Map<Integer, TrackClock> clocks) {
    Set<Integer> awaited = tracks.audio();
    awaited.remove(key.track());
    awaited.removeIf(media -> key.time() - end(media, batch, clocks) >= SPEAKING_NANOS);
    if (awaited.isEmpty()) {
      return null;
    }
    Handover handover = new Handover(key, awaited);
    batch.takeFrom(key.time(), tracks).forEach(handover::add);
    return handover;
  }

  /** When the audio ends that has come so far. */
  private static long end(int media, Batch batch, Map<Integer, TrackClock> clocks) {
    TrackClock clock = clocks.get(media);
    long end = clock == null ? Long.MIN_VALUE / 2 : clock.end();
    for (Frame frame : batch.frames()) {
      end = frame.track() == media ? Math.max(end, frame.time()) : end;
    }
    return end;
  }

  Frame key() {
    return key;
  }

  /** Whether a frame belongs to the old header. */
  boolean isBefore(Frame frame) {
    return awaited.contains(frame.track()) && frame.time() - key.time() < 0;
  }

  /** Takes a frame that belongs to the new header, and its reference. */
  void add(Frame frame) {
    frames.add(frame);
    awaited.remove(frame.track());
    late |= frame.time() - key.time() >= MOST_NANOS;
  }

  /** Whether nothing more is waited for. */
  boolean isComplete() {
    return awaited.isEmpty() || late || frames.isFull();
  }

  /** From the key frame on. */
  List<Frame> frames() {
    return frames.frames();
  }
}

package dev.photofinish.camera;

import java.util.function.LongSupplier;

/** The clock of the media that a session plays, in nanoseconds of its recording or live picture. */
final class PlayClock {
  private final LongSupplier now;
  private final long from;
  private final double scale;
  private final long start;
  private final long startUnix;

  /**
   * Starts it.
   *
   * @param from where the media begin
   * @param scale seconds of the recording a second
   */
  PlayClock(LongSupplier now, long from, double scale) {
    this.now = now;
    this.from = from;
    this.scale = scale;
    this.start = now.getAsLong();
    this.startUnix = System.currentTimeMillis() * 1_000_000;
  }

  private long played() {
    return now.getAsLong() - start;
  }

  /** How far the media have come. */
  long elapsed() {
    return from + Math.round(played() * scale);
  }

  /** How long it takes until they have come so far; 0 if they have. */
  long until(long due) {
    return Math.max(0, Math.round((due - elapsed()) / scale));
  }

  /** The place of the media on the clock of RTP, which runs as fast as ours at any scale. */
  long shown(long media) {
    return from + Math.round((media - from) / scale);
  }

  /** The time of day, in nanoseconds since 1970. */
  long unix() {
    return startUnix + played();
  }
}

package dev.photofinish.rtp.format;

/** The distance of a media's frames, as their timestamps show it where nothing was lost. */
final class Cadence {
  private long last = -1;
  private int interval;
  private boolean steady;

  /** The timestamp of the last frame; -1 before the first. */
  long last() {
    return last;
  }

  /**
   * The next frame.
   *
   * @param afterLoss whether packets are missing before it
   */
  void frame(long timestamp, boolean afterLoss) {
    int step = (int) (timestamp - last);
    if (last >= 0 && !afterLoss && step != 0) {
      steady = step > 0 && isAbout(step, interval) && isAbout(interval, step);
      interval = step;
    }
    last = timestamp;
  }

  /** Whether, by the frames so far, none can have been between the last and this one. */
  boolean hasNoneBefore(long timestamp) {
    int step = (int) (timestamp - last);
    return steady && step > 0 && isAbout(step, interval);
  }

  /** Less than half as much again. */
  private static boolean isAbout(long step, long other) {
    return 2 * step < 3 * other;
  }

  void reset() {
    last = -1;
    interval = 0;
    steady = false;
  }
}

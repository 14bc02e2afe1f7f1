package dev.photofinish.relay;

import java.util.Arrays;

/**
 * The share of the pictures a camera usually brings that it has brought, counted each second.
 *
 * <p>Its usual rate is the highest of any ten seconds in a row. Not safe for use by several
 * threads.
 */
final class FrameMeter {
  private static final int SECONDS = 60;
  private static final int HOUR = 60;
  private static final int MINUTES = 24 * HOUR;
  private static final int USUAL_SECONDS = 10;

  private static final int NOT_WATCHED = -1;

  /** Frames of each of the last seconds, by the second's number. */
  private final int[] seconds = filled(SECONDS);

  /** Frames of each of the last minutes, and seconds of it that were watched. */
  private final int[] minutes = new int[MINUTES];

  private final int[] watched = new int[MINUTES];

  private long second;
  private double usual;

  private static int[] filled(int length) {
    int[] all = new int[length];
    Arrays.fill(all, NOT_WATCHED);
    return all;
  }

  /** A second has passed in which so many frames came. */
  void second(int frames) {
    tick(frames);
    int minute = minute(second);
    minutes[minute] += frames;
    watched[minute]++;
    learn();
  }

  /** A second has passed in which nobody wanted frames. */
  void idle() {
    tick(NOT_WATCHED);
  }

  private void tick(int frames) {
    second++;
    seconds[(int) (second % SECONDS)] = frames;
    if (second % SECONDS == 0) {
      minutes[minute(second)] = 0;
      watched[minute(second)] = 0;
    }
  }

  private static int minute(long second) {
    return (int) (second / SECONDS % MINUTES);
  }

  private void learn() {
    int sum = 0;
    for (int i = 0; i < USUAL_SECONDS; i++) {
      int frames = seconds[Math.floorMod(second - i, SECONDS)];
      if (frames == NOT_WATCHED) {
        return;
      }
      sum += frames;
    }
    usual = Math.max(usual, sum / (double) USUAL_SECONDS);
  }

  /** Of the pictures of its usual rate, the part that came. */
  FrameShare share() {
    int frames = 0;
    int of = 0;
    for (int value : seconds) {
      if (value != NOT_WATCHED) {
        frames += value;
        of++;
      }
    }
    return new FrameShare(part(frames, of), minutes(HOUR), minutes(MINUTES));
  }

  private double minutes(int count) {
    long frames = 0;
    long of = 0;
    for (int i = 0; i < count; i++) {
      int minute = Math.floorMod(second / SECONDS - i, MINUTES);
      frames += minutes[minute];
      of += watched[minute];
    }
    return part(frames, of);
  }

  private double part(long frames, long ofSeconds) {
    return usual == 0 || ofSeconds == 0 ? Double.NaN : Math.min(1, frames / (usual * ofSeconds));
  }
}

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

  /** Of the second that is not over. */
  private int frames;

  private long second;
  private double usual;

  private static int[] filled(int length) {
    int[] all = new int[length];
    Arrays.fill(all, NOT_WATCHED);
    return all;
  }

  /** A picture came. */
  void picture() {
    frames++;
  }

  /**
   * A second has passed.
   *
   * @param counts whether pictures were to come in it
   * @return of the pictures of its usual rate, the part that came
   */
  FrameShare second(boolean counts) {
    int came = frames;
    frames = 0;
    tick(counts ? came : NOT_WATCHED);
    if (counts) {
      int minute = minute(second);
      minutes[minute] += came;
      watched[minute]++;
      learn();
    }
    return share();
  }

  private void tick(int came) {
    second++;
    seconds[(int) (second % SECONDS)] = came;
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
      int came = seconds[Math.floorMod(second - i, SECONDS)];
      if (came == NOT_WATCHED) {
        return;
      }
      sum += came;
    }
    usual = Math.max(usual, sum / (double) USUAL_SECONDS);
  }

  private FrameShare share() {
    int came = 0;
    int of = 0;
    for (int value : seconds) {
      if (value != NOT_WATCHED) {
        came += value;
        of++;
      }
    }
    return new FrameShare(part(came, of), minutes(HOUR), minutes(MINUTES));
  }

  private double minutes(int count) {
    long came = 0;
    long of = 0;
    for (int i = 0; i < count; i++) {
      int minute = Math.floorMod(second / SECONDS - i, MINUTES);
      came += minutes[minute];
      of += watched[minute];
    }
    return part(came, of);
  }

  private double part(long came, long ofSeconds) {
    return usual == 0 || ofSeconds == 0 ? Double.NaN : Math.min(1, came / (usual * ofSeconds));
  }
}

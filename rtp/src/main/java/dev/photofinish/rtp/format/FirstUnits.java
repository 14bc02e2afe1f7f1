package dev.photofinish.rtp.format;

import java.util.Arrays;

/**
 * The types of the NAL units that frames begin with: of key frames, of others and of all. Streams
 * begin each frame with an access unit delimiter, or each key frame with a parameter set, or none;
 * a frame after a loss that does not is without its beginning.
 */
final class FirstUnits {
  /** So many in succession are a habit. */
  private static final int[] HABIT = {2, 2, 4};

  private static final int OTHERS = 0;
  private static final int KEY_FRAMES = 1;
  private static final int ALL = 2;

  private final int[] types = new int[HABIT.length];
  private final int[] times = new int[HABIT.length];

  FirstUnits() {
    Arrays.fill(types, -1);
  }

  /** A frame that begins with a unit of this type, and whose beginning was not lost. */
  void add(int type, boolean key) {
    count(key ? KEY_FRAMES : OTHERS, type);
    count(ALL, type);
  }

  private void count(int kind, int type) {
    times[kind] = types[kind] == type ? Math.min(HABIT[kind], times[kind] + 1) : 1;
    types[kind] = type;
  }

  /** Whether a frame of this kind began with another unit as a habit. */
  boolean isUnusual(int type, boolean key) {
    boolean same = types[KEY_FRAMES] == types[OTHERS];
    return isUnusual(key ? KEY_FRAMES : OTHERS, type) || (same && isUnusual(ALL, type));
  }

  private boolean isUnusual(int kind, int type) {
    return times[kind] >= HABIT[kind] && types[kind] != type;
  }
}

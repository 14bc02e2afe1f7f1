package dev.photofinish.media.container;

import java.time.Duration;

/**
 * The manner in which frames are cut into fragments.
 *
 * @param length after which a fragment ends; zero for one of each frame. Default 1 s
 * @param atKeyFrames whether a fragment ends only before a key frame, at the first after {@code
 *     length}; otherwise a key frame begins one too. Default false
 * @param damagedFrames whether damaged frames are kept; otherwise they and all up to the next key
 *     frame are left out. Default true
 * @param medias how many are expected: once all have come the header is made; 0 where it is not
 *     known: then it waits for 1 s. Default 0
 * @param headerEvery after which a new header is made before a key frame, and times begin again at
 *     0 with each header; zero for never. Default zero
 */
public record FragmentOptions(
    Duration length, boolean atKeyFrames, boolean damagedFrames, int medias, Duration headerEvery) {

  public FragmentOptions {
    if (length.isNegative() || headerEvery.isNegative() || medias < 0) {
      throw new IllegalArgumentException(
          "length, headerEvery and medias must be 0 or more, not "
              + length
              + ", "
              + headerEvery
              + " and "
              + medias);
    }
  }

  public static FragmentOptions defaults() {
    return new FragmentOptions(Duration.ofSeconds(1), false, true, 0, Duration.ZERO);
  }

  public FragmentOptions withLength(Duration newLength) {
    return new FragmentOptions(newLength, atKeyFrames, damagedFrames, medias, headerEvery);
  }

  public FragmentOptions withAtKeyFrames(boolean wanted) {
    return new FragmentOptions(length, wanted, damagedFrames, medias, headerEvery);
  }

  public FragmentOptions withDamagedFrames(boolean kept) {
    return new FragmentOptions(length, atKeyFrames, kept, medias, headerEvery);
  }

  public FragmentOptions withMedias(int expected) {
    return new FragmentOptions(length, atKeyFrames, damagedFrames, expected, headerEvery);
  }

  public FragmentOptions withHeaderEvery(Duration every) {
    return new FragmentOptions(length, atKeyFrames, damagedFrames, medias, every);
  }
}

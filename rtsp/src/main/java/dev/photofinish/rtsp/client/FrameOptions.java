package dev.photofinish.rtsp.client;

import dev.photofinish.option.InvalidOptionException;

/**
 * The frames that a {@link FrameReader} or a subscriber of {@link CameraStream#frames} gets, and
 * how many of them wait for it: immutable, changed by the {@code with} methods.
 *
 * @param capacity frames that wait at most, 1 or more; 256 by default
 * @param mostBytes of the frames that wait, 1 or more; 16 MiB by default. One frame may be larger
 * @param fromKeyFrame whether video begins with a key frame, at first and after each reconnect;
 *     true by default. A frame at which an intra refresh begins counts as one. Without, it begins
 *     with whatever comes
 * @param wholeOnly whether damaged frames are left out, of video also those after it and after
 *     frames that were lost, up to the next key frame; false by default: they come, marked
 */
public record FrameOptions(int capacity, int mostBytes, boolean fromKeyFrame, boolean wholeOnly) {
  private static final FrameOptions DEFAULTS = new FrameOptions(256, 16 << 20, true, false);

  /** Refuses bounds below 1. */
  public FrameOptions {
    if (capacity < 1) {
      throw new InvalidOptionException("capacity", String.valueOf(capacity), "1 or more frames");
    }
    if (mostBytes < 1) {
      throw new InvalidOptionException("mostBytes", String.valueOf(mostBytes), "1 or more bytes");
    }
  }

  public static FrameOptions defaults() {
    return DEFAULTS;
  }

  public FrameOptions withCapacity(int frames) {
    return new FrameOptions(frames, mostBytes, fromKeyFrame, wholeOnly);
  }

  public FrameOptions withMostBytes(int bytes) {
    return new FrameOptions(capacity, bytes, fromKeyFrame, wholeOnly);
  }

  public FrameOptions withFromKeyFrame(boolean on) {
    return new FrameOptions(capacity, mostBytes, on, wholeOnly);
  }

  public FrameOptions withWholeOnly(boolean on) {
    return new FrameOptions(capacity, mostBytes, fromKeyFrame, on);
  }
}

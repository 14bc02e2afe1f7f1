package dev.photofinish.relay.web.live;

/**
 * The facts of a fragment, or of several that are given as one.
 *
 * @param time of its first frame, nanoseconds of the stream
 * @param end when its last frame ends, on the same clock
 * @param keyFrame whether playing may begin here
 * @param mainFrames how many pictures it has; where there is no video, how many frames
 */
public record FragmentInfo(long time, long end, boolean keyFrame, int mainFrames) {
  /** This one and the next as one. */
  FragmentInfo with(FragmentInfo next) {
    return new FragmentInfo(time, Math.max(end, next.end), keyFrame, mainFrames + next.mainFrames);
  }
}

package dev.photofinish.rtp.format;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The time of a frame.
 *
 * @param nanos on the one clock of all media of the stream
 * @param isSynchronized whether the camera has said how its media lie together (RTCP sender report,
 *     RTP-Info); before, the arrival of each media's first packet is taken for it
 * @param wallClock when it was taken; null where the camera has not said it
 * @param discontinuity whether it does not continue the frames before it ({@link
 *     Frame#isDiscontinuity})
 */
public record FrameTime(
    long nanos, boolean isSynchronized, @Nullable Instant wallClock, boolean discontinuity) {

  /** Before it is known. */
  public static final FrameTime UNKNOWN = new FrameTime(0, false, null, false);
}

package dev.photofinish.relay.web.live;

/**
 * The facts of a fragment.
 *
 * @param time of its first frame, nanoseconds of the stream
 * @param end when its last frame ends, on the same clock
 * @param keyFrame whether playing may begin here
 */
public record FragmentInfo(long time, long end, boolean keyFrame) {}

package dev.photofinish.media.container;

import dev.photofinish.rtp.format.Frame;

/**
 * A frame with its place in a container.
 *
 * @param decodeTime in ticks of the track; below 0 for the first of a stream whose frames are not
 *     in the order of their times
 * @param time when it is shown, in ticks of the track, 0 or more
 * @param duration until the next is decoded, in ticks of the track
 */
public record Sample(Track track, Frame frame, long decodeTime, long time, long duration) {}

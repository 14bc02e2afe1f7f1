package dev.photofinish.media.container;

import io.netty.buffer.ByteBuf;

/**
 * Some frames in a container, good for a reader that has the header.
 *
 * @param content belongs to the receiver, who must release it; its parts are views of the frames,
 *     so that {@link ByteBuf#nioBuffers()} is for gathering writes
 * @param time of its first frame, {@link dev.photofinish.rtp.format.Frame#time}
 * @param end when its last frame ends, on the same clock
 * @param frames of all its media
 * @param mainFrames of the media that is cut by: the first video, or the first of all
 * @param keyFrame whether its first picture is a key frame: playing may begin here
 * @param discontinuity whether it is the first after frames were missing, for example of another
 *     connection
 */
public record Fragment(
    ByteBuf content,
    long time,
    long end,
    int frames,
    int mainFrames,
    boolean keyFrame,
    boolean discontinuity) {}

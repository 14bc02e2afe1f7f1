package dev.photofinish.media.container;

import dev.photofinish.rtp.format.FrameFormat;
import io.netty.buffer.ByteBuf;

/**
 * A media in a container.
 *
 * @param index among the tracks of the container, from 0
 * @param media its number in the stream, {@link dev.photofinish.rtp.format.Frame#track}
 * @param format of its frames from here on
 * @param timescale ticks a second of the container's times
 * @param head the beginning of its first frame, for codecs that describe themselves there alone
 */
public record Track(int index, int media, FrameFormat format, int timescale, ByteBuf head) {
  /** Of {@link #head}. */
  static final int HEAD_BYTES = 32;
}

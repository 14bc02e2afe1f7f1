package dev.photofinish.rtsp.codec;

import io.netty.buffer.ByteBuf;

/**
 * Takes the {@code $} frames of a connection straight from its {@link RtspDecoder}, without an
 * object for each. Frames and messages come in their order, on the event loop.
 */
@FunctionalInterface
public interface FrameReceiver {
  /** Bytes were read: the frames that they complete follow. */
  default void bytesRead() {}

  /**
   * A frame came whose content is the {@code length} bytes at {@code index} of {@code in}. They are
   * valid during the call; a receiver that keeps them retains the buffer, which holds what was read
   * with them too. The buffer's own indices are not to be changed.
   *
   * @param channel 0 to 255
   * @param length 0 to 65535
   */
  void frame(int channel, ByteBuf in, int index, int length);
}

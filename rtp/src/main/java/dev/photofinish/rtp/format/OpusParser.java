package dev.photofinish.rtp.format;

import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;

/**
 * Parses Opus as MPEG transport streams have it: each packet behind a control header (Opus in
 * MPEG-TS, section "Access units"). Samples that its trims leave out stay in the frames.
 */
final class OpusParser extends AudioStreamParser {
  /** control_header_prefix of 11 bits. */
  private static final int PREFIX = 0x7fe0;

  private static final int PREFIX_BITS = 0xffe0;
  private static final int START_TRIM = 0x10;
  private static final int END_TRIM = 8;
  private static final int EXTENSION = 4;
  private static final int TRIM_BYTES = 2;

  /** The prefix, a size, and a packet of one byte. */
  private static final int SHORTEST = 4;

  /** More than 48 frames of 1275 bytes with their lengths. */
  private static final int LARGEST = 1 << 16;

  OpusParser(int track, int channels, Consumer<? super Frame> output) {
    super(
        track,
        FrameFormat.audio(Codec.OPUS, OpusPacket.RATE, OpusPacket.RATE, channels),
        SHORTEST,
        output);
  }

  @Override
  int length(ByteBuf in, int index) {
    if ((in.getUnsignedShort(index) & PREFIX_BITS) != PREFIX) {
      return 0;
    }
    int size = size(in, index);
    int header = headerBytes(in, index);
    return size == MORE || header == MORE ? MORE : size == 0 || size > LARGEST ? 0 : header + size;
  }

  /** Bytes of the packet: bytes of 255 and the one behind them, added. */
  private static int size(ByteBuf in, int index) {
    int size = 0;
    for (int at = index + 2; at < in.writerIndex() && size <= LARGEST; at++) {
      int next = in.getUnsignedByte(at);
      size += next;
      if (next < 255) {
        return size;
      }
    }
    return size > LARGEST ? size : MORE;
  }

  private static int headerBytes(ByteBuf in, int index) {
    int flags = in.getByte(index + 1);
    int at = index + 2;
    while (at < in.writerIndex() && in.getUnsignedByte(at) == 255) {
      at++;
    }
    at++;
    at += (flags & START_TRIM) != 0 ? TRIM_BYTES : 0;
    at += (flags & END_TRIM) != 0 ? TRIM_BYTES : 0;
    if ((flags & EXTENSION) == 0) {
      return at - index;
    }
    return at < in.writerIndex() ? at + 1 + in.getUnsignedByte(at) - index : MORE;
  }

  @Override
  void frame(ByteBuf in, int index, int length, long time) {
    int header = headerBytes(in, index);
    ByteBuf content = in.slice(index + header, length - header);
    int samples = OpusPacket.samples(content, 0, content.readableBytes());
    emit(content, samples, samples == 0, time, (double) samples / OpusPacket.RATE);
  }
}

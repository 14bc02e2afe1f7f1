package dev.photofinish.rtp.format;

import dev.photofinish.rtp.RtpHeaderFields;
import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;

/** VP8 (RFC 7741). A frame is one compressed frame (RFC 6386 section 9). */
final class Vp8Depacketizer extends VideoDepacketizer {
  private static final int EXTENDED = 0x80;
  private static final int START_OF_PARTITION = 0x10;
  private static final int PARTITION = 0x07;

  /** Of the frame tag, the start code and the size, at the beginning of a key frame. */
  private static final int KEY_FRAME_HEADER_BYTES = 10;

  Vp8Depacketizer(int track, PayloadFormat format, Consumer<? super Frame> output) {
    super(track, format, Codec.VP8, output);
  }

  /** Section 4.2: bytes of the payload descriptor; more than there are if it is cut off. */
  private static int descriptorLength(ByteBuf in, int index, int length) {
    if ((in.getByte(index) & EXTENDED) == 0 || length < 3) {
      return (in.getByte(index) & EXTENDED) == 0 ? 1 : length;
    }
    int extension = in.getByte(index + 1);
    int bytes = 2;
    if ((extension & 0x80) != 0) {
      bytes += (in.getByte(index + 2) & 0x80) != 0 ? 2 : 1; // PictureID
    }
    bytes += (extension & 0x40) != 0 ? 1 : 0; // TL0PICIDX
    return bytes + ((extension & 0x30) != 0 ? 1 : 0); // TID, KEYIDX
  }

  @Override
  void append(RtpHeaderFields header, ByteBuf in, int index, int length) {
    int skipped = descriptorLength(in, index, length);
    if (skipped >= length) {
      frame().damage();
      return;
    }
    if (isStart(in, index, length)) {
      begin(in, index + skipped, length - skipped);
    }
    frame().append(in, index + skipped, length - skipped);
  }

  /** RFC 6386 section 9.1: the lowest bit is 0 in key frames, which have their size. */
  private void begin(ByteBuf in, int index, int length) {
    if ((in.getByte(index) & 1) != 0 || length < KEY_FRAME_HEADER_BYTES) {
      return;
    }
    access(RandomAccess.IDR);
    int width = in.getUnsignedShortLE(index + 6) & 0x3fff;
    int height = in.getUnsignedShortLE(index + 8) & 0x3fff;
    size(width, height);
  }

  @Override
  boolean isStart(ByteBuf in, int index, int length) {
    return (in.getByte(index) & (START_OF_PARTITION | PARTITION)) == START_OF_PARTITION;
  }
}

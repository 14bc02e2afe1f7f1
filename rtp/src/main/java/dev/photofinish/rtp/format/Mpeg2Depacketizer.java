package dev.photofinish.rtp.format;

import dev.photofinish.rtp.RtpHeaderFields;
import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;

/**
 * MPEG-1 and MPEG-2 video (RFC 2250 section 3). A frame is a picture with the headers before it.
 */
final class Mpeg2Depacketizer extends VideoDepacketizer {
  private static final int HEADER_BYTES = 4;
  private static final int EXTENSION_BYTES = 4;

  /** T: the extension header of MPEG-2 follows. */
  private static final int EXTENDED = 0x04;

  private static final int INTRA = 1;
  private static final int PICTURE = 0x00;
  private static final int SEQUENCE = 0xb3;
  private static final int SEQUENCE_EXTENSION = 0xb5;
  private static final int GROUP = 0xb8;

  /** Headers stand at the beginning of a payload (section 3.1). */
  private static final int MOST_HEADER_BYTES = 1024;

  private boolean intra;
  private boolean closedGroup;
  private boolean hasPicture;

  Mpeg2Depacketizer(int track, PayloadFormat format, Consumer<? super Frame> output) {
    super(track, format, Codec.MPEG2_VIDEO, output);
  }

  private static int headerLength(ByteBuf in, int index) {
    return HEADER_BYTES + ((in.getByte(index) & EXTENDED) != 0 ? EXTENSION_BYTES : 0);
  }

  @Override
  void append(RtpHeaderFields header, ByteBuf in, int index, int length) {
    int skipped = headerLength(in, index);
    if (length <= skipped) {
      frame().damage();
      return;
    }
    intra |= (in.getByte(index + 2) & 7) == INTRA; // P
    if (isStart(in, index, length)) {
      headers(in, index + skipped, length - skipped);
    } else {
      hasPicture = true;
    }
    frame().append(in, index + skipped, length - skipped);
  }

  /** Up to the picture's own header. */
  private void headers(ByteBuf in, int index, int length) {
    int end = index + Math.min(length, MOST_HEADER_BYTES);
    int width = format().width();
    int height = format().height();
    int at = index;
    while (at < end) {
      int code = StartCodes.at(in, at, end);
      int from = at + StartCodes.BYTES;
      BitReader bits = BitReader.plain(in, from, end - from);
      if (code == PICTURE) {
        hasPicture = true;
        bits.skip(10); // temporal_reference
        intra |= bits.bits(3) == INTRA; // where a sender leaves P at 0, as GStreamer does
        break;
      } else if (code == SEQUENCE) {
        width = bits.bits(12);
        height = bits.bits(12);
      } else if (code == SEQUENCE_EXTENSION && bits.bits(4) == 1) {
        bits.skip(8 + 1 + 2); // profile and level, progressive, chroma format
        width |= bits.bits(2) << 12;
        height |= bits.bits(2) << 12;
      } else if (code == GROUP) {
        bits.skip(25); // time_code
        closedGroup = bits.flag();
      }
      at = StartCodes.next(in, at + 1, end);
    }
    size(width, height);
  }

  @Override
  boolean isStart(ByteBuf in, int index, int length) {
    int code = StartCodes.at(in, index + headerLength(in, index), index + length);
    return code == PICTURE || code == SEQUENCE || code == GROUP;
  }

  @Override
  boolean hasPicture() {
    return hasPicture;
  }

  /** The pictures of an open group that are shown before the first need the group before. */
  @Override
  void complete() {
    if (intra) {
      access(closedGroup ? RandomAccess.IDR : RandomAccess.CRA);
    }
  }

  @Override
  void forget() {
    intra = false;
    closedGroup = false;
    hasPicture = false;
  }
}

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

  /** Headers stand at the beginning of a payload (section 3.1). */
  private static final int MOST_HEADER_BYTES = 1024;

  private final Mpeg2Headers headers = new Mpeg2Headers();
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
    if ((in.getByte(index + 2) & 7) == Mpeg2Headers.INTRA) { // P
      headers.intra(); // also where the picture's own header, which says it too, is lost
    }
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
    int at = index;
    int code = -1;
    while (at < end && code != Mpeg2Headers.PICTURE) {
      code = StartCodes.at(in, at, end);
      int from = at + StartCodes.BYTES;
      headers.take(code, BitReader.plain(in, from, end - from));
      hasPicture |= code == Mpeg2Headers.PICTURE;
      at = StartCodes.next(in, at + 1, end);
    }
    size(headers.width(), headers.height());
  }

  @Override
  boolean isStart(ByteBuf in, int index, int length) {
    return Mpeg2Headers.begins(StartCodes.at(in, index + headerLength(in, index), index + length));
  }

  @Override
  boolean hasPicture() {
    return hasPicture;
  }

  @Override
  void complete() {
    access(headers.access());
  }

  @Override
  void forget() {
    headers.next();
    hasPicture = false;
  }
}

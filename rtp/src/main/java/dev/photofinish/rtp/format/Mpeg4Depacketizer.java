package dev.photofinish.rtp.format;

import dev.photofinish.rtp.RtpHeaderFields;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.function.Consumer;

/**
 * MPEG-4 visual (RFC 6416, MP4V-ES). A frame is a video object plane with the headers before it.
 */
final class Mpeg4Depacketizer extends VideoDepacketizer {
  private static final int LAST_OBJECT_LAYER = 0x2f;
  private static final int SEQUENCE = 0xb0;
  private static final int USER_DATA = 0xb2;
  private static final int GROUP = 0xb3;
  private static final int OBJECT = 0xb5;
  private static final int PLANE = 0xb6;

  /** Headers stand at the beginning of a payload (section 5.2); larger ones are not looked for. */
  private static final int MOST_HEADER_BYTES = 4096;

  private final ParameterSetStore configuration = new ParameterSetStore(1);
  private boolean hasPlane;

  Mpeg4Depacketizer(int track, PayloadFormat format, Consumer<? super Frame> output) {
    super(track, format, Codec.MPEG4_VISUAL, output);
    new FormatParameters(format.parameters())
        .hex("config")
        .map(Unpooled::wrappedBuffer)
        .ifPresent(config -> configuration(config, 0, config.readableBytes()));
  }

  @Override
  void append(RtpHeaderFields header, ByteBuf in, int index, int length) {
    if (isStart(in, index, length)) {
      headers(in, index, length);
    } else {
      hasPlane = true;
    }
    frame().append(in, index, length);
  }

  private void headers(ByteBuf in, int index, int length) {
    int end = index + Math.min(length, MOST_HEADER_BYTES);
    int layer = -1;
    int at = index;
    int code = StartCodes.at(in, at, end);
    while (at < end && code != GROUP && code != PLANE) {
      layer = code >= 0 && code <= LAST_OBJECT_LAYER ? at : layer;
      at = StartCodes.next(in, at + 1, end);
      code = StartCodes.at(in, at, end);
    }
    if (layer >= 0) {
      configuration(in, index, at - index);
    }
    while (at < end && code != PLANE) {
      at = StartCodes.next(in, at + 1, end);
      code = StartCodes.at(in, at, end);
    }
    if (code == PLANE && end - at > StartCodes.BYTES) {
      hasPlane = true;
      boolean intra = (in.getByte(at + StartCodes.BYTES) & 0xc0) == 0; // vop_coding_type
      access(intra ? RandomAccess.IDR : RandomAccess.NONE);
    }
  }

  private void configuration(ByteBuf in, int index, int length) {
    if (configuration.put(0, in, index, length)) {
      PictureSize size = Mpeg4Layer.size(in, index, length);
      size(size.width(), size.height());
      format(format().withParameterSets(configuration.all()));
    }
  }

  @Override
  boolean isStart(ByteBuf in, int index, int length) {
    int code = StartCodes.at(in, index, index + length);
    return (code >= 0 && code <= LAST_OBJECT_LAYER)
        || code == SEQUENCE
        || code == USER_DATA
        || code == GROUP
        || code == OBJECT
        || code == PLANE;
  }

  @Override
  boolean hasPicture() {
    return hasPlane;
  }

  @Override
  void forget() {
    hasPlane = false;
  }
}

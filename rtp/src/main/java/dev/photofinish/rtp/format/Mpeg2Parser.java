package dev.photofinish.rtp.format;

import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;

/**
 * Parses MPEG-1 and MPEG-2 video (ISO/IEC 13818-2): a frame is a picture, or two fields of one,
 * with the headers before it.
 */
final class Mpeg2Parser extends StartCodeParser {
  private static final byte[] START_CODE = {0, 0, 1};

  /** Its code and temporal_reference. */
  private static final int PICTURE_BYTES = 3;

  private final Mpeg2Headers headers = new Mpeg2Headers();
  private FrameFormat format = FrameFormat.video(Codec.MPEG2_VIDEO, CLOCK_RATE);
  private boolean hasSlice;

  /** Whether the picture that is read is the second field of one. */
  private boolean isSecondField;

  Mpeg2Parser(int track, Consumer<? super Frame> output) {
    super(track, output);
  }

  @Override
  public FrameFormat format() {
    return format;
  }

  /** Zeros behind a unit belong to the stream. */
  @Override
  int unitEnd(ByteBuf in, int from, int end) {
    return end;
  }

  @Override
  boolean isPicture(ByteBuf in, int index) {
    return Mpeg2Headers.isSlice(in.getUnsignedByte(index));
  }

  @Override
  boolean hasPicture() {
    return hasSlice;
  }

  @Override
  void unit(ByteBuf unit) {
    int code = unit.getUnsignedByte(0);
    if (hasSlice && Mpeg2Headers.begins(code)) {
      isSecondField = code == Mpeg2Headers.PICTURE && isSecondField(unit);
      if (!isSecondField) {
        endFrame();
      }
    }
    if (code == Mpeg2Headers.PICTURE) {
      time(); // section 2.4.3.7 of ISO/IEC 13818-1: that of the picture that begins
    }
    headers.take(code, BitReader.plain(unit, 1, unit.readableBytes() - 1));
    hasSlice |= Mpeg2Headers.isSlice(code);
    frame().append(START_CODE);
    frame().append(unit, 0, unit.readableBytes());
  }

  private boolean isSecondField(ByteBuf unit) {
    return headers.isField()
        && !isSecondField
        && unit.readableBytes() >= PICTURE_BYTES
        && unit.getUnsignedShort(1) >> 6 == headers.number();
  }

  @Override
  void endFrame() {
    if (headers.width() != format.width() || headers.height() != format.height()) {
      format = format.withSize(headers.width(), headers.height());
    }
    Frame made = build(format, headers.access());
    headers.next();
    hasSlice = false;
    isSecondField = false;
    double rate = headers.rate() > 0 ? headers.rate() : USUAL_RATE;
    emit(made, takeTime(), 1 / rate);
  }
}

package dev.photofinish.rtp.format;

import dev.photofinish.rtp.RtpHeaderFields;
import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;

/**
 * JPEG (RFC 2435). A frame is a whole file: the headers that the format leaves out are made again,
 * with those of ONVIF's header extension in their place where there is one (ONVIF Streaming
 * Specification section 5.1.3).
 */
final class JpegDepacketizer extends VideoDepacketizer {
  private static final int HEADER_BYTES = 8;
  private static final int RESTART_HEADER_BYTES = 4;

  /** Types from here have a restart header (section 3.1.3). */
  private static final int WITH_RESTART = 64;

  private static final int FIRST_DYNAMIC_TYPE = 128;

  /** Of Q: tables are in the packet. */
  private static final int FIRST_WITH_TABLES = 128;

  private static final int END_OF_IMAGE = 0xffd9;

  private final JpegTables tables = new JpegTables();

  /** Bytes of the scan so far, those that are missing too. */
  private int offset;

  private int lastTwo;

  JpegDepacketizer(int track, PayloadFormat format, Consumer<? super Frame> output) {
    super(track, format, Codec.JPEG, output);
  }

  @Override
  void append(RtpHeaderFields header, ByteBuf in, int index, int length) {
    int type = length > HEADER_BYTES ? in.getUnsignedByte(index + 4) : FIRST_DYNAMIC_TYPE;
    boolean restart = type >= WITH_RESTART;
    int at = index + HEADER_BYTES + (restart ? RESTART_HEADER_BYTES : 0);
    int end = index + length;
    if (type >= FIRST_DYNAMIC_TYPE || at >= end) {
      frame().damage();
      return;
    }
    int fragment = in.getUnsignedMedium(index + 1);
    if (fragment == 0 && frame().isEmpty()) {
      at = begin(header, in, index, at, end);
    }
    if (frame().isEmpty() || fragment != offset) {
      frame().damage();
    }
    if (!frame().isEmpty() && at < end) {
      scan(in, at, end - at);
    }
    offset = fragment + Math.max(0, end - at);
  }

  private void scan(ByteBuf in, int index, int length) {
    lastTwo =
        length == 1
            ? (lastTwo << 8 | in.getUnsignedByte(index)) & 0xffff
            : in.getUnsignedShort(index + length - 2);
    frame().append(in, index, length);
  }

  /** Appends the headers; returns the index of the scan. */
  private int begin(RtpHeaderFields header, ByteBuf in, int index, int after, int end) {
    offset = 0;
    int type = in.getUnsignedByte(index + 4);
    int q = in.getUnsignedByte(index + 5);
    int interval = type >= WITH_RESTART ? in.getUnsignedShort(index + HEADER_BYTES) : 0;
    int at = q >= FIRST_WITH_TABLES ? tables.read(q, in, after, end) : after;
    JpegHeader made =
        new JpegHeader(
            type & 1,
            8 * in.getUnsignedByte(index + 6),
            8 * in.getUnsignedByte(index + 7),
            interval);
    made.takeExtension(in, index - header.extensionLength(), header.extensionLength());
    JpegTables.Set quantization = tables.get(q);
    if (at > end || (quantization == null && !made.hasQuantization())) {
      frame().damage();
      return end;
    }
    frame().append(made.bytes(quantization));
    size(made.width(), made.height());
    access(RandomAccess.IDR);
    return at;
  }

  @Override
  boolean isStart(ByteBuf in, int index, int length) {
    return length > HEADER_BYTES && in.getMedium(index + 1) == 0;
  }

  @Override
  void complete() {
    if (!frame().isEmpty() && lastTwo != END_OF_IMAGE) {
      frame().append((byte) 0xff, (byte) 0xd9);
    }
  }

  @Override
  void forget() {
    lastTwo = 0;
    offset = 0;
  }
}

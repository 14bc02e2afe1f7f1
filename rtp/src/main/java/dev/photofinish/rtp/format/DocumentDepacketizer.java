package dev.photofinish.rtp.format;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * The XML documents of ONVIF metadata (Streaming Specification section 5.1.2.1.1), and KLV (RFC
 * 6597).
 *
 * <p>No packet says that it is the first of its unit. After packets that were lost, and at the
 * beginning, a unit must begin as its kind does, else it is damaged.
 */
final class DocumentDepacketizer extends UnitDepacketizer {
  /** Bytes in which the name of a document's root must be. */
  private static final int BEGINNING = 64;

  /** The first bytes of each SMPTE universal label. */
  private static final int UNIVERSAL_LABEL = 0x060e_2b34;

  private static final int CLOCK_RATE = 90_000;

  private final FrameFormat format;

  DocumentDepacketizer(
      int track, PayloadFormat payload, Codec codec, Consumer<? super Frame> output) {
    super(track, payload, output);
    format = FrameFormat.data(codec, payload.clockRate() > 0 ? payload.clockRate() : CLOCK_RATE);
  }

  @Override
  public FrameFormat format() {
    return format;
  }

  @Override
  boolean isStart(boolean unsure, ByteBuf in, int index, int length) {
    return !unsure
        || (format.codec() == Codec.KLV ? isKlv(in, index, length) : isXml(in, index, length));
  }

  private static boolean isKlv(ByteBuf in, int index, int length) {
    return length >= 4 && in.getInt(index) == UNIVERSAL_LABEL;
  }

  private static boolean isXml(ByteBuf in, int index, int length) {
    String text = in.toString(index, Math.min(length, BEGINNING), StandardCharsets.ISO_8859_1);
    int start = text.indexOf('<');
    int name = text.indexOf("MetadataStream");
    return start >= 0
        && (text.startsWith("<?xml", start) || (name > start && !text.startsWith("</", start)));
  }

  @Override
  void complete() {
    emit(format, RandomAccess.IDR);
  }
}

package dev.photofinish.media.mp4;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** The content of esds: an ES_Descriptor (ISO/IEC 14496-1 section 7.2.6.5). */
final class Descriptors {
  static final int MPEG4_VISUAL = 0x20;
  static final int AAC = 0x40;
  static final int MPEG2_AUDIO = 0x69;
  static final int MPEG1_AUDIO = 0x6b;

  private static final int VISUAL_STREAM = 4;
  private static final int AUDIO_STREAM = 5;

  private Descriptors() {}

  /**
   * @param specific the codec's own description, empty where it has none; is released
   */
  static ByteBuf elementaryStream(boolean video, int objectType, ByteBuf specific) {
    ByteBuf decoder = Unpooled.buffer();
    decoder.writeByte(objectType);
    decoder.writeByte((video ? VISUAL_STREAM : AUDIO_STREAM) << 2 | 1);
    decoder.writeZero(3 + 4 + 4); // sizes and rates are not known
    if (specific.isReadable()) {
      descriptor(decoder, 5, specific);
    }
    specific.release();
    ByteBuf stream = Unpooled.buffer();
    stream.writeShort(0).writeByte(0); // ES_ID is that of the track, no flags
    descriptor(stream, 4, decoder);
    descriptor(stream, 6, Unpooled.buffer().writeByte(2)); // as MP4 wants it
    ByteBuf out = Unpooled.buffer();
    out.writeInt(0); // version and flags
    descriptor(out, 3, stream);
    return out;
  }

  private static void descriptor(ByteBuf out, int tag, ByteBuf content) {
    out.writeByte(tag);
    int length = content.readableBytes();
    for (int shift = 21; shift > 0; shift -= 7) {
      out.writeByte(0x80 | (length >> shift & 0x7f));
    }
    out.writeByte(length & 0x7f).writeBytes(content, content.readerIndex(), length);
  }
}

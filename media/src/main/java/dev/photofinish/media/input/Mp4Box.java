package dev.photofinish.media.input;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/** The boxes inside a box. */
final class Mp4Box {
  private static final int HEADER = 8;

  private Mp4Box() {}

  /** Takes one box. */
  interface Sink {
    /**
     * Takes it while the bytes around it are there.
     *
     * @param content a view, without the header
     */
    void box(String type, ByteBuf content) throws MediaFormatException;
  }

  /** Gives each box in the readable bytes, in order. */
  static void forEach(ByteBuf in, Sink sink) throws MediaFormatException {
    int at = in.readerIndex();
    while (in.writerIndex() - at >= HEADER) {
      long size = in.getUnsignedInt(at);
      String type = type(in, at + 4);
      if (size < HEADER || size > in.writerIndex() - at) {
        throw new MediaFormatException(
            "a box inside another has "
                + size
                + " bytes; expected 8 to "
                + (in.writerIndex() - at));
      }
      sink.box(type, in.slice(at + HEADER, (int) size - HEADER));
      at += (int) size;
    }
  }

  /** The content of the first box of a type that has one, empty where there is none. */
  static ByteBuf find(ByteBuf in, String wanted) throws MediaFormatException {
    ByteBuf[] found = {Unpooled.EMPTY_BUFFER};
    forEach(
        in,
        (type, content) -> {
          if (type.equals(wanted) && !found[0].isReadable()) {
            found[0] = content;
          }
        });
    return found[0];
  }

  /** Such as {@code moov}; bytes that are no letters are dots. */
  static String type(ByteBuf in, int at) {
    byte[] bytes = new byte[4];
    in.getBytes(at, bytes);
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = bytes[i] < ' ' || bytes[i] == 0x7f ? (byte) '.' : bytes[i];
    }
    return new String(bytes, StandardCharsets.US_ASCII);
  }
}

package dev.photofinish.media.input;

import dev.photofinish.media.box.BoxReader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** The boxes inside a box of a file, which must all be whole. */
final class Mp4Box {
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
    BoxReader boxes = new BoxReader(in);
    while (boxes.next()) {
      sink.box(boxes.type(), boxes.content());
    }
    if (boxes.isBroken()) {
      throw new MediaFormatException(
          "a box inside another has " + boxes.nextSize() + " bytes; expected 8 to " + boxes.left());
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
}

package dev.photofinish.media.mp4;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/** Boxes: a length of 32 bits, a type of four letters, the content. */
final class Boxes {
  private Boxes() {}

  /** Begins a box; what it returns is for {@link #end}. */
  static int begin(ByteBuf out, String type) {
    int start = out.writerIndex();
    out.writeInt(0);
    type(out, type);
    return start;
  }

  /** Begins a box with a version and flags. */
  static int begin(ByteBuf out, String type, int version, int flags) {
    int start = begin(out, type);
    out.writeByte(version).writeMedium(flags);
    return start;
  }

  static void end(ByteBuf out, int start) {
    out.setInt(start, out.writerIndex() - start);
  }

  /** A whole box; releases its content. */
  static void box(ByteBuf out, String type, ByteBuf content) {
    int start = begin(out, type);
    out.writeBytes(content);
    content.release();
    end(out, start);
  }

  static void type(ByteBuf out, String type) {
    out.writeCharSequence(type, StandardCharsets.US_ASCII);
  }
}

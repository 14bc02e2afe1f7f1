package dev.photofinish.media.box;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/**
 * Goes over the boxes inside a box (ISO/IEC 14496-12 section 4.2), in order, and stops where what
 * follows is none.
 */
public final class BoxReader {
  private static final int HEADER = 8;

  private final ByteBuf in;
  private int at;
  private String type = "";
  private ByteBuf content = Unpooled.EMPTY_BUFFER;

  /**
   * @param in whose readable bytes are boxes; it stays the caller's, and unchanged
   */
  public BoxReader(ByteBuf in) {
    this.in = in;
    this.at = in.readerIndex();
  }

  /** Goes to the next box; false where there is none. */
  public boolean next() {
    if (left() < HEADER || !isBox()) {
      return false;
    }
    int size = in.getInt(at);
    type = type(in, at + 4);
    content = in.slice(at + HEADER, size - HEADER);
    at += size;
    return true;
  }

  /** Such as {@code moov}. */
  public String type() {
    return type;
  }

  /** What is behind the header: a view of the same bytes. */
  public ByteBuf content() {
    return content;
  }

  /** Whether it has stopped at a box whose size is wrong, and not at the end. */
  public boolean isBroken() {
    return left() >= HEADER && !isBox();
  }

  /** What the box that follows says of its own size. */
  public long nextSize() {
    return in.getUnsignedInt(at);
  }

  /** Bytes behind the last box. */
  public int left() {
    return in.writerIndex() - at;
  }

  private boolean isBox() {
    return nextSize() >= HEADER && nextSize() <= left();
  }

  /** The type that stands at an index; bytes that are no letters are dots. */
  public static String type(ByteBuf in, int index) {
    byte[] bytes = new byte[4];
    in.getBytes(index, bytes);
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = bytes[i] < ' ' || bytes[i] == 0x7f ? (byte) '.' : bytes[i];
    }
    return new String(bytes, StandardCharsets.US_ASCII);
  }
}

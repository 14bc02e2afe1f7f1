package dev.photofinish.rtp.format;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** The payload descriptor of VP9 (RFC 9628 section 4.2). */
final class Vp9Descriptor {
  private static final int PICTURE_ID = 0x80;
  private static final int PREDICTED = 0x40;
  private static final int LAYERS = 0x20;
  private static final int FLEXIBLE = 0x10;
  private static final int BEGIN = 0x08;
  private static final int STRUCTURE = 0x02;

  /** Of P_DIFF. */
  private static final int MOST_REFERENCES = 3;

  private int flags;
  private int spatialLayer;
  private int index;
  private int end;
  private int length;
  private int width;
  private int height;
  private boolean over;
  private ByteBuf in = Unpooled.EMPTY_BUFFER;

  /** Reads the descriptor of a payload; false if it is cut off, or nothing follows it. */
  boolean read(ByteBuf from, int at, int bytes) {
    in = from;
    index = at;
    end = at + bytes;
    over = false;
    spatialLayer = 0;
    width = 0;
    height = 0;
    flags = next();
    if (has(PICTURE_ID) && (next() & 0x80) != 0) {
      next();
    }
    if (has(LAYERS)) {
      spatialLayer = (next() >> 1) & 7;
      skip(has(FLEXIBLE) ? 0 : 1); // TL0PICIDX
    }
    if (has(FLEXIBLE) && has(PREDICTED)) {
      references();
    }
    if (has(STRUCTURE)) {
      structure();
    }
    length = index - at;
    in = Unpooled.EMPTY_BUFFER;
    return !over && index < end;
  }

  /** P_DIFF, each with a bit that says whether one more follows. */
  private void references() {
    int count = 1;
    while ((next() & 1) != 0 && count < MOST_REFERENCES) {
      count++;
    }
  }

  /** Section 4.2.1: the sizes of the layers, and the pictures of a group. */
  private void structure() {
    int fields = next();
    if ((fields & 0x10) != 0) {
      for (int layer = (fields >> 5) & 7; layer >= 0; layer--) {
        width = next() << 8 | next();
        height = next() << 8 | next();
      }
    }
    if ((fields & 0x08) != 0) {
      for (int pictures = next(); pictures > 0 && !over; pictures--) {
        skip((next() >> 2) & 3);
      }
    }
  }

  private int next() {
    if (index >= end) {
      over = true;
      return 0;
    }
    return in.getUnsignedByte(index++);
  }

  private void skip(int bytes) {
    for (int i = 0; i < bytes; i++) {
      next();
    }
  }

  private boolean has(int flag) {
    return (flags & flag) != 0;
  }

  /** Bytes of the descriptor. */
  int length() {
    return length;
  }

  /** Whether the payload is the first of a layer's frame. */
  boolean beginsLayer() {
    return has(BEGIN);
  }

  /** Whether the layer is the lowest. */
  boolean isFirstLayer() {
    return spatialLayer == 0;
  }

  /** Whether it says the picture's size. */
  boolean hasSize() {
    return width > 0 && height > 0;
  }

  /** Of the highest layer. */
  int width() {
    return width;
  }

  /** Of the highest layer. */
  int height() {
    return height;
  }
}

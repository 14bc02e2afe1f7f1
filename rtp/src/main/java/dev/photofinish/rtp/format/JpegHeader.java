package dev.photofinish.rtp.format;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The headers of a JPEG file, made again from what RTP carries of them (RFC 2435 appendix B). */
final class JpegHeader {
  private static final int FIRST_MARKER = 0xc0;
  private static final int START_OF_FRAME = 0xc0;
  private static final int HUFFMAN_TABLES = 0xc4;
  private static final int START_OF_IMAGE = 0xd8;
  private static final int START_OF_SCAN = 0xda;
  private static final int QUANTIZATION_TABLES = 0xdb;
  private static final int RESTART_INTERVAL = 0xdd;

  /** The type of the extension, which is the marker of a start of image. */
  private static final int EXTENSION = 0xffd8;

  private static final int EXTENSION_HEADER_BYTES = 4;

  /** Of a JPEG picture's components, with one more byte for each. */
  private static final int MOST_COMPONENTS = 4;

  private static final byte[] JFIF =
      HexFormat.of().parseHex("ffd8ffe000104a46494600010100000100010000");

  /** The tables of ITU-T T.81 annex K.3, as one segment. */
  private static final byte[] STANDARD_HUFFMAN_TABLES =
      HexFormat.of()
          .parseHex(
              "ffc401a20000010501010101010100000000000000000102030405060708090a0b010003010101"
                  + "0101010101010000000000000102030405060708090a0b10000201030302040305050404000001"
                  + "7d01020300041105122131410613516107227114328191a1082342b1c11552d1f0243362728209"
                  + "0a161718191a25262728292a3435363738393a434445464748494a535455565758595a63646566"
                  + "6768696a737475767778797a838485868788898a92939495969798999aa2a3a4a5a6a7a8a9aab2"
                  + "b3b4b5b6b7b8b9bac2c3c4c5c6c7c8c9cad2d3d4d5d6d7d8d9dae1e2e3e4e5e6e7e8e9eaf1f2f3"
                  + "f4f5f6f7f8f9fa1100020102040403040705040400010277000102031104052131061241510761"
                  + "711322328108144291a1b1c109233352f0156272d10a162434e125f11718191a262728292a3536"
                  + "3738393a434445464748494a535455565758595a636465666768696a737475767778797a828384"
                  + "85868788898a92939495969798999aa2a3a4a5a6a7a8a9aab2b3b4b5b6b7b8b9bac2c3c4c5c6c7"
                  + "c8c9cad2d3d4d5d6d7d8d9dae2e3e4e5e6e7e8e9eaf2f3f4f5f6f7f8f9fa");

  private final boolean halved;
  private final int restartInterval;
  private final ByteBuf segments = Unpooled.buffer(64);
  private int width;
  private int height;
  private boolean hasFrame;
  private boolean hasHuffman;
  private boolean hasQuantization;
  private boolean hasRestart;

  /** The identifiers of the components, in their order. */
  private byte[] components = {1, 2, 3};

  /**
   * @param type 0 for colours of half the width, 1 for half the width and height
   * @param restartInterval 0 where there is none
   */
  JpegHeader(int type, int width, int height, int restartInterval) {
    this.halved = type == 1;
    this.width = width;
    this.height = height;
    this.restartInterval = restartInterval;
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  boolean hasQuantization() {
    return hasQuantization;
  }

  /**
   * Takes the segments of a header extension of ONVIF; they count before those of the payload.
   * Another extension, or one that is broken, is ignored from there on.
   */
  void takeExtension(ByteBuf in, int index, int length) {
    if (length <= EXTENSION_HEADER_BYTES || in.getUnsignedShort(index) != EXTENSION) {
      return;
    }
    int end = index + length;
    int at = index + EXTENSION_HEADER_BYTES;
    while (end - at >= 4 && in.getUnsignedByte(at) == 0xff) {
      int marker = in.getUnsignedByte(at + 1);
      if (marker == 0xff) {
        at++; // filled up
        continue;
      }
      int size = 2 + in.getUnsignedShort(at + 2);
      if (marker < FIRST_MARKER || size < 4 || size > end - at) {
        return;
      }
      segment(marker, in, at, size);
      at += size;
    }
  }

  private void segment(int marker, ByteBuf in, int index, int size) {
    switch (marker) {
      case START_OF_IMAGE, START_OF_SCAN -> {
        return;
      }
      case START_OF_FRAME -> frame(in, index + 4, size - 4);
      case HUFFMAN_TABLES -> hasHuffman = true;
      case QUANTIZATION_TABLES -> hasQuantization = true;
      case RESTART_INTERVAL -> hasRestart = true;
      default -> {}
    }
    segments.writeBytes(in, index, size);
  }

  /** Precision, height, width, then each component with three bytes (ITU-T T.81 section B.2.2). */
  private void frame(ByteBuf in, int index, int length) {
    int count = length > 5 ? in.getUnsignedByte(index + 5) : 0;
    if (hasFrame || count == 0 || count > MOST_COMPONENTS || length < 6 + 3 * count) {
      return;
    }
    hasFrame = true;
    height = in.getUnsignedShort(index + 1);
    width = in.getUnsignedShort(index + 3);
    components = new byte[count];
    for (int i = 0; i < count; i++) {
      components[i] = in.getByte(index + 6 + 3 * i);
    }
  }

  /**
   * All from the start of the image to that of the scan.
   *
   * @param tables for quantization; null where the extension has them
   */
  byte[] bytes(JpegTables.@Nullable Set tables) {
    ByteBuf out = Unpooled.buffer(1024).writeBytes(JFIF).writeBytes(segments.duplicate());
    if (!hasQuantization && tables != null) {
      tables.write(out);
    }
    if (!hasFrame) {
      writeFrame(out, tables == null ? 1 : tables.count());
    }
    if (restartInterval > 0 && !hasRestart) {
      out.writeShort(0xff00 | RESTART_INTERVAL).writeShort(4).writeShort(restartInterval);
    }
    if (!hasHuffman) {
      out.writeBytes(STANDARD_HUFFMAN_TABLES);
    }
    writeScan(out);
    return ByteBufUtil.getBytes(out);
  }

  private void writeFrame(ByteBuf out, int tables) {
    out.writeShort(0xff00 | START_OF_FRAME).writeShort(17).writeByte(8);
    out.writeShort(height).writeShort(width).writeByte(components.length);
    for (byte component : components) {
      boolean luminance = component == 1;
      out.writeByte(component).writeByte(!luminance ? 0x11 : halved ? 0x22 : 0x21);
      out.writeByte(luminance || tables == 1 ? 0 : 1);
    }
  }

  private void writeScan(ByteBuf out) {
    out.writeShort(0xff00 | START_OF_SCAN).writeShort(6 + 2 * components.length);
    out.writeByte(components.length);
    for (int i = 0; i < components.length; i++) {
      out.writeByte(components[i]).writeByte(i == 0 ? 0x00 : 0x11);
    }
    out.writeByte(0).writeByte(63).writeByte(0);
  }
}

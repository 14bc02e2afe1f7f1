package dev.photofinish.rtp.format;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * The beginning of an OBU while its fragments come, and what is read of it (AV1 specification
 * sections 5.3, 5.5 and 5.9).
 */
final class Av1Obu {
  private static final int SEQUENCE_HEADER = 1;
  private static final int TEMPORAL_DELIMITER = 2;
  private static final int FRAME_HEADER = 3;
  private static final int TILE_GROUP = 4;
  private static final int FRAME = 6;
  private static final int REDUNDANT_FRAME_HEADER = 7;
  private static final int TILE_LIST = 8;

  private static final int HAS_EXTENSION = 4;
  private static final int HAS_SIZE = 2;

  /** Of its beginning; no sequence header is longer. */
  private static final int MOST_BYTES = 512;

  private final ByteBuf head = Unpooled.buffer(MOST_BYTES, MOST_BYTES);
  private int length;
  private boolean stillPicture;
  private PictureSize size = PictureSize.UNKNOWN;

  void begin() {
    head.clear();
    length = 0;
  }

  boolean isEmpty() {
    return length == 0;
  }

  /** Takes the next part of the OBU; returns how many bytes of it are the OBU's header. */
  int add(ByteBuf in, int index, int bytes) {
    int before = length;
    head.writeBytes(in, index, Math.min(bytes, head.writableBytes()));
    length += bytes;
    return length == 0 ? 0 : Math.min(bytes, Math.max(0, headerLength() - before));
  }

  private int headerLength() {
    return (head.getByte(0) & HAS_EXTENSION) != 0 ? 2 : 1;
  }

  private int type() {
    return type(head.getByte(0));
  }

  private static int type(int header) {
    return (header >> 3) & 0xf;
  }

  /** Whether an OBU with this header is never the first of a frame. */
  static boolean isInsideFrame(int header) {
    return type(header) == TILE_GROUP || type(header) == REDUNDANT_FRAME_HEADER;
  }

  /** Of no use in a file (RTP Payload Format For AV1, section 5). */
  boolean isDropped() {
    return type() == TEMPORAL_DELIMITER || type() == TILE_LIST;
  }

  /** Whether it separates temporal units. */
  boolean isDelimiter() {
    return !isEmpty() && type() == TEMPORAL_DELIMITER;
  }

  /** Whether a frame begins with it, shown or not. */
  boolean isPicture() {
    return type() == FRAME || type() == FRAME_HEADER;
  }

  boolean isSequenceHeader() {
    return type() == SEQUENCE_HEADER;
  }

  /** The header with the size if that is not in the payload; empty where the two contradict. */
  byte[] header() {
    int payload = length - headerLength();
    if (payload < 0) {
      return new byte[0];
    }
    ByteBuf out = Unpooled.buffer(8).writeBytes(head, 0, headerLength());
    out.setByte(0, head.getByte(0) | HAS_SIZE);
    if ((head.getByte(0) & HAS_SIZE) == 0) {
      Leb128.write(out, payload);
    } else if (Leb128.value(head, headerLength(), head.writerIndex()) != payload - sizeLength()) {
      return new byte[0];
    }
    return ByteBufUtil.getBytes(out);
  }

  /** Of the size that is in the payload; 0 where it is not. */
  private int sizeLength() {
    return (head.getByte(0) & HAS_SIZE) == 0
        ? 0
        : Leb128.length(head, headerLength(), head.writerIndex());
  }

  private BitReader payload() {
    int from = headerLength() + sizeLength();
    return BitReader.plain(head, from, head.writerIndex() - from);
  }

  /** The OBU with that header, read as a sequence header; null where it is longer than any. */
  @Nullable ByteBuf whole(byte[] header) {
    if (length > head.writerIndex()) {
      return null;
    }
    Av1SequenceHeader sequence = Av1SequenceHeader.parse(payload());
    stillPicture = sequence.isStillPicture();
    size = sequence.size();
    int from = headerLength();
    ByteBuf whole = Unpooled.buffer(header.length + length);
    whole.writeBytes(header).writeBytes(head, from, length - from);
    return FrameFormat.parameterSet(ByteBufUtil.getBytes(whole));
  }

  /** The size of the last sequence header. */
  PictureSize size() {
    return size;
  }

  /** A key frame that is shown (sections 5.9.2 and 7.6.2). */
  RandomAccess randomAccess() {
    if (!isPicture()) {
      return RandomAccess.NONE;
    }
    BitReader bits = payload();
    boolean key = stillPicture || (!bits.flag() && bits.bits(2) == 0 && bits.flag());
    return key && !bits.isOver() ? RandomAccess.IDR : RandomAccess.NONE;
  }
}

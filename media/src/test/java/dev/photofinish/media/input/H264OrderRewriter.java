package dev.photofinish.media.input;

import dev.photofinish.rtp.format.BitReader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;

/**
 * Writes a stream of H.264 of picture order count type 0 in type 1, which no encoder at hand makes:
 * its SPS and the headers of its slices are other ones, the pictures the same. Of progressive
 * pictures without CABAC, with frame_num of a known number of bits.
 */
final class H264OrderRewriter {
  /** Two counts a frame, and each B-frame before a reference of its own. */
  private static final int OFFSET_REFERENCE = 4;

  private static final int OFFSET_OTHER = -2;

  private final boolean exact;
  private final StringBuilder bits = new StringBuilder();
  private BitReader in = BitReader.plain(Unpooled.EMPTY_BUFFER, 0, 0);
  private int length;
  private int frameNumberBits;
  private int orderBits;
  private long frames;
  private long before;
  private int lastNumber;

  /**
   * @param exact whether slices say nothing of the order: of one B-frame a reference
   */
  H264OrderRewriter(boolean exact) {
    this.exact = exact;
  }

  /** Each NAL unit with the start code before it. */
  byte[] rewrite(byte[] stream) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int at = next(stream, 0);
    while (at < stream.length) {
      int end = next(stream, at);
      int last = end == stream.length ? end : end - 3;
      while (last > at && stream[last - 1] == 0) {
        last--;
      }
      out.writeBytes(new byte[] {0, 0, 0, 1});
      out.writeBytes(unit(Unpooled.wrappedBuffer(stream, at, last - at)));
      at = end;
    }
    return out.toByteArray();
  }

  /** Behind the next start code. */
  private static int next(byte[] stream, int from) {
    for (int i = from; i + 3 <= stream.length; i++) {
      if (stream[i] == 0 && stream[i + 1] == 0 && stream[i + 2] == 1) {
        return i + 3;
      }
    }
    return stream.length;
  }

  private byte[] unit(ByteBuf unit) {
    int type = unit.getByte(0) & 0x1f;
    bits.setLength(0);
    in = new BitReader(unit, 1, unit.readableBytes() - 1);
    length = payloadBits(unit);
    if (type == 7) {
      sequence();
    } else if (type == 1 || type == 5) {
      slice(unit.getByte(0), type == 5);
    } else {
      byte[] same = new byte[unit.readableBytes()];
      unit.getBytes(0, same);
      return same;
    }
    while (in.position() < length) {
      copy(1);
    }
    bits.append('1');
    while (bits.length() % 8 != 0) {
      bits.append('0');
    }
    return escaped(unit.getByte(0));
  }

  /** Up to before rbsp_stop_one_bit. */
  private static int payloadBits(ByteBuf unit) {
    int escapes = 0;
    int zeros = 0;
    for (int i = 1; i < unit.readableBytes(); i++) {
      int value = unit.getUnsignedByte(i);
      escapes += zeros >= 2 && value == 3 ? 1 : 0;
      zeros = value == 0 ? zeros + 1 : 0;
    }
    int last = unit.getUnsignedByte(unit.readableBytes() - 1);
    return 8 * (unit.readableBytes() - 1 - escapes) - 1 - Integer.numberOfTrailingZeros(last);
  }

  private void sequence() {
    int profile = copy(8);
    copy(16);
    copyUnsigned();
    if (profile >= 100) {
      copyUnsigned(); // chroma, depths
      copyUnsigned();
      copyUnsigned();
      copy(2); // no scaling
    }
    frameNumberBits = copyUnsigned() + 4;
    in.unsigned(); // type 0
    orderBits = in.unsigned() + 4;
    unsigned(1);
    bits.append(exact ? '1' : '0');
    signed(OFFSET_OTHER);
    signed(0);
    unsigned(1);
    signed(OFFSET_REFERENCE);
  }

  private void slice(int header, boolean idr) {
    copyUnsigned();
    copyUnsigned();
    copyUnsigned();
    int number = copy(frameNumberBits);
    if (idr) {
      copyUnsigned();
      frames = 0;
      lastNumber = 0;
      before = 0;
    }
    int low = in.bits(orderBits);
    int range = 1 << orderBits;
    int step = low - (int) (before & (range - 1));
    step += step <= -range / 2 ? range : step >= range / 2 ? -range : 0;
    long count = before + step;
    boolean reference = (header & 0x60) != 0;
    before = reference ? count : before;
    frames += (number - lastNumber) & ((1 << frameNumberBits) - 1);
    lastNumber = number;
    long expected =
        reference
            ? frames * OFFSET_REFERENCE
            : Math.max(0, frames - 1) * OFFSET_REFERENCE + OFFSET_OTHER;
    if (!exact) {
      signed((int) (count - expected));
    }
  }

  private int copy(int count) {
    int value = in.bits(count);
    for (int i = count - 1; i >= 0; i--) {
      bits.append((value >>> i & 1) == 0 ? '0' : '1');
    }
    return value;
  }

  private int copyUnsigned() {
    int value = in.unsigned();
    unsigned(value);
    return value;
  }

  private void unsigned(int value) {
    String code = Integer.toBinaryString(value + 1);
    bits.append("0".repeat(code.length() - 1)).append(code);
  }

  private void signed(int value) {
    unsigned(value > 0 ? 2 * value - 1 : -2 * value);
  }

  private byte[] escaped(byte header) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(header);
    int zeros = 0;
    for (int at = 0; at < bits.length(); at += 8) {
      int value = Integer.parseInt(bits.substring(at, at + 8), 2);
      if (zeros == 2 && value <= 3) {
        out.write(3);
        zeros = 0;
      }
      out.write(value);
      zeros = value == 0 ? zeros + 1 : 0;
    }
    return out.toByteArray();
  }
}

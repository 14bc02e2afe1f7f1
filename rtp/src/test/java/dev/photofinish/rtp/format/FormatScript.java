package dev.photofinish.rtp.format;

import dev.photofinish.rtp.RtpFormatException;
import dev.photofinish.rtp.RtpHeaderFields;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;

/** Packets of one media for a depacketizer, and the frames that it gives. */
final class FormatScript implements AutoCloseable {
  private static final int PAYLOAD_TYPE = 96;

  private final Depacketizer depacketizer;
  private final List<Frame> frames = new ArrayList<>();
  private final List<ByteBuf> packets = new ArrayList<>();
  private int sequence = 65_530; // wraps around within each test
  private long timestamp = 0xffff_f000L;

  FormatScript(String encoding, int clockRate, int channels, String parameters) {
    depacketizer =
        PayloadFormats.depacketizer(
                0,
                new PayloadFormat(encoding, PAYLOAD_TYPE, clockRate, channels, parameters),
                frames::add)
            .orElseThrow();
  }

  Depacketizer depacketizer() {
    return depacketizer;
  }

  /** The frames so far; released with the script. */
  List<Frame> frames() {
    return frames;
  }

  Frame frame(int index) {
    return frames.get(index);
  }

  /** The bytes of a frame in hexadecimal. */
  String hex(int index) {
    return ByteBufUtil.hexDump(frames.get(index).content());
  }

  /** The packets that follow have a timestamp later by so much. */
  FormatScript later(int ticks) {
    timestamp = (timestamp + ticks) & 0xffff_ffffL;
    return this;
  }

  /** So many packets are lost. */
  FormatScript lose(int count) {
    sequence = (sequence + count) & 0xffff;
    return this;
  }

  /** A packet with the payload in hexadecimal; spaces do not matter. */
  FormatScript packet(String payload) {
    return packet(bytes(payload), false);
  }

  /** As {@link #packet}, with the marker. */
  FormatScript last(String payload) {
    return packet(bytes(payload), true);
  }

  FormatScript packet(byte[] payload, boolean marker) {
    ByteBuf in = Unpooled.buffer(4 + 12 + payload.length);
    in.writeInt(0x2400_0000); // what comes before it in a connection's bytes
    in.writeByte(0x80).writeByte(PAYLOAD_TYPE | (marker ? 0x80 : 0)).writeShort(sequence);
    in.writeInt((int) timestamp).writeInt(0x1234_5678).writeBytes(payload);
    packets.add(in);
    depacketizer.packet(header(in, 4), in, 4, sequence);
    sequence = (sequence + 1) & 0xffff;
    return this;
  }

  /** Of the packet that begins at {@code index} and ends with the buffer. */
  static RtpHeaderFields header(ByteBuf in, int index) {
    return new Header(in, index);
  }

  static byte[] bytes(String hex) {
    return ByteBufUtil.decodeHexDump(hex.replace(" ", ""));
  }

  /** Releases all, and fails if anything of a packet is still retained. */
  @Override
  public void close() {
    depacketizer.reset();
    frames.forEach(Frame::release);
    for (ByteBuf packet : packets) {
      if (packet.refCnt() != 1) {
        throw new AssertionError("retained: " + packet.refCnt());
      }
    }
  }

  /** The header of the packet that begins at an index. */
  static final class Header extends RtpHeaderFields {
    Header(ByteBuf in, int index) {
      try {
        read(
            new Source() {
              @Override
              public byte byteAt(int offset) {
                return in.getByte(index + offset);
              }

              @Override
              public int intAt(int offset) {
                return in.getInt(index + offset);
              }
            },
            in.writerIndex() - index);
      } catch (RtpFormatException e) {
        throw new AssertionError(e);
      }
    }
  }
}

package dev.photofinish.media.ts;

import dev.photofinish.media.container.Track;
import dev.photofinish.rtp.format.Codec;
import dev.photofinish.rtp.format.FrameFormat;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The program association table and the program map of one program. */
final class ProgramTables {
  static final int ASSOCIATION_PID = 0;
  static final int MAP_PID = 0x1000;
  private static final int FIRST_PID = 0x100;
  private static final int PROGRAM = 1;
  private static final int REGISTRATION = 5;

  private ProgramTables() {}

  static int pid(Track track) {
    return FIRST_PID + track.index();
  }

  /** The payload of a packet: a pointer, the section, stuffing. */
  static ByteBuf association() {
    ByteBuf out = begin(0, PROGRAM, 0);
    out.writeShort(PROGRAM).writeShort(0xe000 | MAP_PID);
    return end(out);
  }

  /**
   * @param version counts changes
   */
  static ByteBuf map(List<Track> tracks, int clockPid, int version) {
    ByteBuf out = begin(2, PROGRAM, version);
    out.writeShort(0xe000 | clockPid).writeShort(0xf000); // nothing of the program itself
    for (Track track : tracks) {
      StreamType type = StreamType.of(track.format().codec()).orElseThrow();
      ByteBuf descriptors = descriptors(type, track.format());
      out.writeByte(type.number()).writeShort(0xe000 | pid(track));
      out.writeShort(0xf000 | descriptors.readableBytes()).writeBytes(descriptors);
    }
    return end(out);
  }

  private static ByteBuf descriptors(StreamType type, FrameFormat format) {
    ByteBuf out = Unpooled.buffer(16);
    String registration = type.registration();
    if (!registration.isEmpty()) {
      out.writeByte(REGISTRATION).writeByte(registration.length());
      out.writeCharSequence(registration, StandardCharsets.US_ASCII);
    }
    if (format.codec() == Codec.OPUS) {
      out.writeBytes(OpusInTs.descriptor(format));
    }
    return out;
  }

  private static ByteBuf begin(int table, int id, int version) {
    ByteBuf out = Unpooled.buffer(PacketWriter.PAYLOAD_BYTES);
    out.writeByte(0).writeByte(table).writeShort(0).writeShort(id);
    return out.writeByte(0xc1 | (version & 0x1f) << 1).writeShort(0); // the only section
  }

  private static ByteBuf end(ByteBuf out) {
    int length = out.writerIndex() - 4 + 4; // after the length, with the CRC
    out.setShort(2, 0xb000 | length);
    out.writeInt(Crc32.of(out, 1, out.writerIndex()));
    while (out.writerIndex() % PacketWriter.PAYLOAD_BYTES != 0) {
      out.writeByte(0xff);
    }
    return out;
  }
}

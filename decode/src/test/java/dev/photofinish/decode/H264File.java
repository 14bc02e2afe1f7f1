package dev.photofinish.decode;

import dev.photofinish.rtp.RtpFormatException;
import dev.photofinish.rtp.RtpHeaderFields;
import dev.photofinish.rtp.format.Depacketizer;
import dev.photofinish.rtp.format.Frame;
import dev.photofinish.rtp.format.PayloadFormat;
import dev.photofinish.rtp.format.PayloadFormats;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** The frames of a file in Annex B whose pictures have one slice, by way of RTP. */
final class H264File {
  private static final int LAST_SLICE = 5;

  private H264File() {}

  static List<Frame> frames(String resource) throws IOException {
    List<Frame> frames = new ArrayList<>();
    Depacketizer depacketizer =
        PayloadFormats.depacketizer(0, new PayloadFormat("H264", 96, 90_000, 0, ""), frames::add)
            .orElseThrow();
    int sequence = 0;
    long timestamp = 0;
    for (byte[] unit : units(resource)) {
      boolean slice = (unit[0] & 0x1f) <= LAST_SLICE;
      ByteBuf packet = Unpooled.buffer();
      packet.writeByte(0x80).writeByte(slice ? 0xe0 : 0x60).writeShort(sequence++);
      packet.writeInt((int) timestamp).writeInt(1).writeBytes(unit);
      depacketizer.packet(new Header(packet), packet, 0, 0);
      timestamp += slice ? 3600 : 0;
    }
    return frames;
  }

  private static List<byte[]> units(String resource) throws IOException {
    byte[] file;
    try (InputStream in = H264File.class.getResourceAsStream(resource)) {
      file = in == null ? new byte[0] : in.readAllBytes();
    }
    List<byte[]> units = new ArrayList<>();
    int start = -1;
    for (int i = 0; i + 3 <= file.length; i++) {
      if (file[i] == 0 && file[i + 1] == 0 && file[i + 2] == 1) {
        add(units, file, start, i > 0 && file[i - 1] == 0 ? i - 1 : i);
        start = i + 3;
      }
    }
    add(units, file, start, file.length);
    return units;
  }

  private static void add(List<byte[]> units, byte[] file, int from, int to) {
    if (from >= 0) {
      units.add(java.util.Arrays.copyOfRange(file, from, to));
    }
  }

  private static final class Header extends RtpHeaderFields {
    Header(ByteBuf packet) {
      try {
        read(
            new Source() {
              @Override
              public byte byteAt(int offset) {
                return packet.getByte(offset);
              }

              @Override
              public int intAt(int offset) {
                return packet.getInt(offset);
              }
            },
            packet.readableBytes());
      } catch (RtpFormatException e) {
        throw new AssertionError(e);
      }
    }
  }
}

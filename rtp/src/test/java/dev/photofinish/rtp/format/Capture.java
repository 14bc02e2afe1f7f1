package dev.photofinish.rtp.format;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The RTP packets that a peer made of a stream, and digests of the access units of the original.
 *
 * @param packets with their RTP headers, in order; all of the payload format
 * @param frames one digest an access unit, in decoding order
 */
record Capture(PayloadFormat format, List<byte[]> packets, List<String> frames) {

  static Capture load(String name) throws IOException {
    try (InputStream resource = Capture.class.getResourceAsStream(name + ".capture")) {
      if (resource == null) {
        throw new IOException("no resource " + name);
      }
      DataInputStream in = new DataInputStream(resource);
      PayloadFormat format =
          new PayloadFormat(in.readUTF(), in.readUnsignedByte(), in.readInt(), 0, in.readUTF());
      List<byte[]> packets = new ArrayList<>();
      for (int i = in.readInt(); i > 0; i--) {
        packets.add(in.readNBytes(in.readUnsignedShort()));
      }
      List<String> frames = new ArrayList<>();
      for (int i = in.readInt(); i > 0; i--) {
        frames.add(in.readUTF());
      }
      return new Capture(format, packets, frames);
    }
  }

  void save(OutputStream to) throws IOException {
    DataOutputStream out = new DataOutputStream(to);
    out.writeUTF(format.encoding());
    out.writeByte(format.payloadType());
    out.writeInt(format.clockRate());
    out.writeUTF(format.parameters());
    out.writeInt(packets.size());
    for (byte[] packet : packets) {
      out.writeShort(packet.length);
      out.write(packet);
    }
    out.writeInt(frames.size());
    for (String frame : frames) {
      out.writeUTF(frame);
    }
    out.flush();
  }

  /** The access unit that each packet is of, in the order of their first packets. */
  int[] unitOfPacket() {
    Map<Integer, Integer> numbers = new LinkedHashMap<>();
    int[] units = new int[packets.size()];
    for (int i = 0; i < units.length; i++) {
      int timestamp = Unpooled.wrappedBuffer(packets.get(i)).getInt(4);
      Integer number = numbers.get(timestamp);
      if (number == null) {
        number = numbers.size();
        numbers.put(timestamp, number);
      }
      units[i] = number;
    }
    return units;
  }

  /** The digest of an access unit, in the form that {@link Frame} has. */
  static String digest(Codec codec, byte[] unit) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(normal(codec, unit));
      return ByteBufUtil.hexDump(digest, 0, 12);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  /**
   * The same bytes but for what a payload format does not carry: the length of start codes, AV1's
   * temporal delimiters, and the headers of JPEG, of which only the scan is compared.
   */
  private static byte[] normal(Codec codec, byte[] unit) {
    return switch (codec) {
      case H264, H265, H266 -> fourByteStartCodes(unit);
      case AV1 -> unit[0] == 0x12 && unit[1] == 0 ? Arrays.copyOfRange(unit, 2, unit.length) : unit;
      case JPEG -> scan(unit);
      default -> unit;
    };
  }

  private static byte[] fourByteStartCodes(byte[] unit) {
    var out = Unpooled.buffer(unit.length + 64);
    NalUnits.forEach(
        Unpooled.wrappedBuffer(unit),
        0,
        unit.length,
        (in, index, length) -> out.writeInt(1).writeBytes(in, index, length));
    return ByteBufUtil.getBytes(out);
  }

  private static byte[] scan(byte[] file) {
    int at = 2;
    while (file[at + 1] != (byte) 0xda) {
      at += 2 + ((file[at + 2] & 0xff) << 8 | (file[at + 3] & 0xff));
    }
    return Arrays.copyOfRange(file, at, file.length);
  }
}

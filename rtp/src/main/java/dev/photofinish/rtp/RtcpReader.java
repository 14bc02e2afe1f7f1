package dev.photofinish.rtp;

import dev.photofinish.rtp.RtcpPacket.Chunk;
import dev.photofinish.rtp.RtcpPacket.FullIntraRequest;
import dev.photofinish.rtp.RtcpPacket.Goodbye;
import dev.photofinish.rtp.RtcpPacket.IntraEntry;
import dev.photofinish.rtp.RtcpPacket.Item;
import dev.photofinish.rtp.RtcpPacket.Other;
import dev.photofinish.rtp.RtcpPacket.PictureLoss;
import dev.photofinish.rtp.RtcpPacket.ReceiverReport;
import dev.photofinish.rtp.RtcpPacket.ReportBlock;
import dev.photofinish.rtp.RtcpPacket.SenderReport;
import dev.photofinish.rtp.RtcpPacket.SourceDescription;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads RTCP (RFC 3550 section 6). A packet's parts are bounded by the packet's own length. */
final class RtcpReader {
  private static final int HEADER = 4;

  /** The formats of payload feedback that are read, in the place of a count. */
  static final int PICTURE_LOSS = 1;

  static final int FULL_INTRA = 4;
  private static final int INTRA_ENTRY = 8;

  private RtcpReader() {}

  static List<RtcpPacket> readAll(ByteBuffer compound) throws RtpFormatException {
    ByteBuffer rest = compound.slice();
    var packets = new ArrayList<RtcpPacket>();
    while (rest.hasRemaining()) {
      packets.add(read(rest));
    }
    if (packets.isEmpty()) {
      throw malformed("0 bytes", "at least 4 bytes");
    }
    return packets;
  }

  private static RtcpPacket read(ByteBuffer rest) throws RtpFormatException {
    if (rest.remaining() < HEADER) {
      throw malformed(rest.remaining() + " bytes", "the 4 bytes of a packet's header");
    }
    int first = rest.get();
    int type = rest.get() & 0xff;
    int length = 4 * (rest.getShort() & 0xffff);
    if (((first >> 6) & 3) != 2) {
      throw malformed("version " + ((first >> 6) & 3), "version 2");
    }
    if (length > rest.remaining()) {
      throw malformed(rest.remaining() + " bytes", length + " bytes after the header");
    }
    ByteBuffer body = rest.slice(rest.position(), length - padding(first, rest, length));
    rest.position(rest.position() + length);
    return body(type, first & 0x1f, body);
  }

  private static int padding(int first, ByteBuffer rest, int length) throws RtpFormatException {
    if ((first & 0x20) == 0) {
      return 0;
    }
    int padding = length == 0 ? 0 : rest.get(rest.position() + length - 1) & 0xff;
    if (padding == 0 || padding > length) {
      throw malformed("padding of " + padding, "padding from 1 to " + length);
    }
    return padding;
  }

  private static RtcpPacket body(int type, int count, ByteBuffer body) throws RtpFormatException {
    int length = body.remaining();
    try {
      return switch (type) {
        case RtcpPacket.SENDER_REPORT -> senderReport(body, count);
        case RtcpPacket.RECEIVER_REPORT -> new ReceiverReport(uint(body), blocks(body, count));
        case RtcpPacket.SOURCE_DESCRIPTION -> new SourceDescription(chunks(body, count));
        case RtcpPacket.GOODBYE -> goodbye(body, count);
        case RtcpPacket.PAYLOAD_FEEDBACK -> feedback(body, count, length);
        default -> new Other(type, length);
      };
    } catch (BufferUnderflowException e) {
      throw malformed(length + " bytes of type " + type, "room for its " + count + " parts");
    }
  }

  private static SenderReport senderReport(ByteBuffer body, int count) {
    return new SenderReport(
        uint(body), body.getLong(), uint(body), uint(body), uint(body), blocks(body, count));
  }

  private static List<ReportBlock> blocks(ByteBuffer body, int count) {
    var blocks = new ArrayList<ReportBlock>(count);
    for (int i = 0; i < count; i++) {
      blocks.add(block(body));
    }
    return blocks;
  }

  private static ReportBlock block(ByteBuffer body) {
    long ssrc = uint(body);
    int lost = body.getInt();
    return new ReportBlock(
        ssrc, lost >>> 24, (lost << 8) >> 8, uint(body), uint(body), uint(body), uint(body));
  }

  private static List<Chunk> chunks(ByteBuffer body, int count) {
    var chunks = new ArrayList<Chunk>(count);
    for (int i = 0; i < count; i++) {
      chunks.add(new Chunk(uint(body), items(body)));
    }
    return chunks;
  }

  /** Items up to the zero that ends them; the next chunk begins at a multiple of four. */
  private static List<Item> items(ByteBuffer body) {
    var items = new ArrayList<Item>();
    int type = body.get() & 0xff;
    while (type != 0) {
      items.add(new Item(type, text(body)));
      type = body.get() & 0xff;
    }
    body.position(Math.min(body.limit(), (body.position() + 3) / 4 * 4));
    return items;
  }

  private static Goodbye goodbye(ByteBuffer body, int count) {
    var sources = new ArrayList<Long>(count);
    for (int i = 0; i < count; i++) {
      sources.add(uint(body));
    }
    return new Goodbye(sources, body.hasRemaining() ? text(body) : "");
  }

  private static RtcpPacket feedback(ByteBuffer body, int format, int length) {
    return switch (format) {
      case PICTURE_LOSS -> new PictureLoss(uint(body), uint(body));
      case FULL_INTRA -> new FullIntraRequest(uint(body), intraEntries(body));
      default -> new Other(RtcpPacket.PAYLOAD_FEEDBACK, length);
    };
  }

  /** The source of the packet's header is not used (RFC 5104 section 4.3.1.2). */
  private static List<IntraEntry> intraEntries(ByteBuffer body) {
    body.getInt();
    var entries = new ArrayList<IntraEntry>();
    while (body.remaining() >= INTRA_ENTRY) {
      entries.add(new IntraEntry(uint(body), body.getInt() >>> 24));
    }
    return entries;
  }

  private static String text(ByteBuffer body) {
    byte[] text = new byte[body.get() & 0xff];
    body.get(text);
    return new String(text, StandardCharsets.UTF_8);
  }

  private static long uint(ByteBuffer body) {
    return body.getInt() & 0xffffffffL;
  }

  private static RtpFormatException malformed(String seen, String expected) {
    return new RtpFormatException("RTCP packet", seen, expected);
  }
}

package dev.photofinish.media.input;

import dev.photofinish.rtp.format.Codec;
import dev.photofinish.rtp.format.StreamParser;
import dev.photofinish.rtp.format.Ticks;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads an MPEG transport stream (ISO/IEC 13818-1): the first program of its association. What is
 * around packets that are missing, by their continuity counters, is never joined: video that was
 * begun is damaged, audio and tables are left out.
 */
final class TsReader extends StreamReader {
  private static final int PACKET = InputFormat.TS_PACKET;
  private static final int SYNC = 0x47;
  private static final int LONGEST_SECTION = 1_024;
  private static final int MOST_MEDIA = 16;
  private static final int ASSOCIATION = 0;
  private static final long WRAP = 1L << 33;
  private static final int RATE = 90_000;

  private final ByteBuf packets = Unpooled.buffer(2 * PACKET);
  private final Map<Integer, Stream> streams = new HashMap<>();
  private final TsContinuity tables = new TsContinuity();
  private final ByteBuf section = Unpooled.buffer(LONGEST_SECTION);
  private int mapPid = -1;
  private boolean mapped;

  /** The last time stamp, unwrapped; negative before the first. */
  private long lastStamp = -1;

  /** The PES packets of one media. */
  private static final class Stream {
    private final Medium medium;
    private final TsContinuity continuity = new TsContinuity();
    private boolean begun;
    private long time = StreamParser.NO_TIME;

    Stream(Medium medium) {
      this.medium = medium;
    }
  }

  TsReader(InputStream in) {
    super(in);
  }

  @Override
  boolean isMapped() {
    return mapped;
  }

  @Override
  void bytes(ByteBuf read) throws MediaFormatException {
    packets.writeBytes(read);
    while (packets.readableBytes() >= PACKET) {
      if (packets.getByte(packets.readerIndex()) == SYNC) {
        packet(packets.readSlice(PACKET));
      } else {
        packets.skipBytes(1);
      }
    }
    packets.discardReadBytes();
  }

  /** Section 2.4.3.2. */
  private void packet(ByteBuf packet) throws MediaFormatException {
    int header = packet.skipBytes(1).readUnsignedShort();
    int control = packet.readUnsignedByte();
    boolean start = (header & 0x4000) != 0;
    int pid = header & 0x1fff;
    if ((header & 0x8000) != 0 || (control & 0xc0) != 0 || (control & 0x10) == 0) {
      return; // broken, scrambled, or without a payload
    }
    boolean announced = false;
    if ((control & 0x20) != 0) {
      announced = packet.getByte(4) != 0 && (packet.getByte(5) & 0x80) != 0;
      packet.skipBytes(Math.min(packet.readableBytes(), 1 + packet.getUnsignedByte(4)));
    }
    Stream stream = streams.get(pid);
    int counter = control & 0xf;
    if (stream != null) {
      int missing = stream.continuity.take(counter, announced, packet);
      if (missing > 0) {
        lost(stream, missing);
      }
      if (missing != TsContinuity.DUPLICATE) {
        media(stream, packet, start);
      }
    } else if (!mapped && pid == (mapPid < 0 ? ASSOCIATION : mapPid)) {
      int missing = tables.take(counter, announced, packet);
      if (missing > 0) {
        section.clear();
      }
      if (missing != TsContinuity.DUPLICATE) {
        tables(pid, packet, start);
      }
    }
  }

  private static void lost(Stream stream, int packets) {
    StreamParser parser = stream.medium.parser();
    parser.lost(packets);
    if (parser.format().codec().kind() == Codec.Kind.AUDIO) {
      stream.begun = false; // a header in the rest of a frame would be one by chance
    }
  }

  // ---- Tables

  /** Sections 2.4.4.3 and 2.4.4.8; the map comes after the association, one at a time. */
  private void tables(int pid, ByteBuf packet, boolean start) throws MediaFormatException {
    if (start && packet.isReadable()) {
      int pointer = packet.readUnsignedByte();
      packet.skipBytes(Math.min(pointer, packet.readableBytes()));
      section.clear();
    } else if (section.writerIndex() == 0) {
      return;
    }
    section.writeBytes(packet, Math.min(packet.readableBytes(), section.writableBytes()));
    int length = section.writerIndex() < 3 ? LONGEST_SECTION : section.getShort(1) & 0xfff;
    if (section.writerIndex() >= 3 + length && length >= 9) {
      int end = 3 + length - 4; // the CRC
      if (pid == ASSOCIATION) {
        association(end);
      } else {
        map(end);
      }
      section.clear();
    }
  }

  private void association(int end) {
    for (int at = 8; at + 4 <= end && mapPid < 0; at += 4) {
      if (section.getUnsignedShort(at) != 0) { // 0 is the network's
        mapPid = section.getUnsignedShort(at + 2) & 0x1fff;
        tables.restart();
      }
    }
  }

  private void map(int end) {
    int at = 12 + (section.getUnsignedShort(10) & 0xfff);
    while (at + 5 <= end && streams.size() < MOST_MEDIA) {
      int type = section.getUnsignedByte(at);
      int pid = section.getUnsignedShort(at + 1) & 0x1fff;
      int from = at + 5;
      at = from + (section.getUnsignedShort(at + 3) & 0xfff);
      stream(type, pid, section.slice(from, Math.max(0, Math.min(at, end) - from)));
    }
    mapped = true;
  }

  /** Table 2-34. */
  private void stream(int type, int pid, ByteBuf descriptors) {
    String name = "the media of stream type 0x" + Integer.toHexString(type);
    boolean isPrivate = type == 6;
    int channels = isPrivate ? TsDescriptors.opusChannels(descriptors) : 0;
    if (type == 0x1b) {
      streams.put(pid, new Stream(add(Codec.H264, "H.264")));
    } else if (type == 0x24) {
      streams.put(pid, new Stream(add(Codec.H265, "H.265")));
    } else if (type == 0x01 || type == 0x02) {
      streams.put(pid, new Stream(add(Codec.MPEG2_VIDEO, "MPEG video")));
    } else if (type == 0x11) {
      streams.put(pid, new Stream(addLatm()));
    } else if (type == 0x0f) {
      streams.put(pid, new Stream(add(Codec.AAC, "AAC")));
    } else if (type == 0x03 || type == 0x04) {
      streams.put(pid, new Stream(add(Codec.MPEG_AUDIO, "MPEG audio")));
    } else if (type == 0x81 || (isPrivate && TsDescriptors.isAc3(descriptors))) {
      streams.put(pid, new Stream(add(Codec.AC3, "AC-3")));
    } else if (channels > 0) {
      streams.put(pid, new Stream(addOpus(channels)));
    } else {
      leaveOut(
          name
              + " is not read; expected H.264, H.265, MPEG-1 or MPEG-2 video, AAC, MPEG audio, AC-3,"
              + " or Opus of 1 or 2 channels");
    }
  }

  // ---- Media

  /** A part of a PES packet (section 2.4.3.6). */
  private void media(Stream stream, ByteBuf packet, boolean start) {
    if (start) {
      stream.begun = begin(stream, packet);
    }
    if (stream.begun && packet.isReadable()) {
      stream.medium.parser().bytes(packet, stream.time);
    }
  }

  private boolean begin(Stream stream, ByteBuf packet) {
    if (packet.readableBytes() < 9 || packet.getMedium(packet.readerIndex()) != 1) {
      return false;
    }
    int from = packet.readerIndex();
    boolean stamped = (packet.getByte(from + 7) & 0x80) != 0;
    int header = 9 + packet.getUnsignedByte(from + 8);
    if (packet.readableBytes() < header) {
      return false;
    }
    stream.time = stamped && header >= 14 ? time(packet, from + 9) : StreamParser.NO_TIME;
    packet.skipBytes(header);
    return true;
  }

  private long time(ByteBuf in, int at) {
    long stamp =
        (in.getByte(at) >> 1 & 7L) << 30
            | (in.getUnsignedShort(at + 1) >> 1 & 0x7fffL) << 15
            | (in.getUnsignedShort(at + 3) >> 1 & 0x7fffL);
    if (lastStamp >= 0) {
      long ahead = (stamp - lastStamp) & (WRAP - 1);
      stamp = lastStamp + (ahead < WRAP / 2 ? ahead : ahead - WRAP);
    }
    lastStamp = stamp;
    return Ticks.nanos(stamp, RATE);
  }
}

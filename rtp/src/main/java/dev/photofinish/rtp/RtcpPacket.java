package dev.photofinish.rtp;

import java.nio.ByteBuffer;
import java.util.List;

/** One packet of an RTCP compound packet (RFC 3550 section 6). */
public sealed interface RtcpPacket {
  int SENDER_REPORT = 200;
  int RECEIVER_REPORT = 201;
  int SOURCE_DESCRIPTION = 202;
  int GOODBYE = 203;

  /** Feedback on what the payload of a source needs (RFC 4585 section 6.3). */
  int PAYLOAD_FEEDBACK = 206;

  /**
   * A report of what a sender sent and when (section 6.4.1).
   *
   * @param ssrc the sender's
   * @param ntpTime 64 bits: seconds since 1900 and a fraction
   * @param rtpTime the same instant as an RTP timestamp, 32 bits
   * @param packets sent, 32 bits
   * @param octets of payload sent, 32 bits
   */
  record SenderReport(
      long ssrc, long ntpTime, long rtpTime, long packets, long octets, List<ReportBlock> blocks)
      implements RtcpPacket {

    /** Keeps a copy of the list. */
    public SenderReport {
      blocks = List.copyOf(blocks);
    }

    /** The middle 32 bits of the NTP time, which a receiver report sends back. */
    public long compactNtpTime() {
      return (ntpTime >>> 16) & 0xffffffffL;
    }
  }

  /**
   * A report of what a receiver received (section 6.4.2).
   *
   * @param ssrc the receiver's
   */
  record ReceiverReport(long ssrc, List<ReportBlock> blocks) implements RtcpPacket {
    /** Keeps a copy of the list. */
    public ReceiverReport {
      blocks = List.copyOf(blocks);
    }
  }

  /**
   * The reception of one source (section 6.4.1).
   *
   * @param ssrc the source's
   * @param fractionLost since the last report, in 1/256, 0 to 255
   * @param cumulativeLost packets, 24 bits signed: duplicates make it negative
   * @param highestSequence with the count of cycles in the upper 16 of 32 bits
   * @param jitter in timestamp units, 32 bits
   * @param lastReport compact NTP time of the source's last sender report, 0 if none
   * @param delaySinceLastReport in 1/65536 s, 32 bits
   */
  record ReportBlock(
      long ssrc,
      int fractionLost,
      int cumulativeLost,
      long highestSequence,
      long jitter,
      long lastReport,
      long delaySinceLastReport) {}

  /** The names of the sources (section 6.5). */
  record SourceDescription(List<Chunk> chunks) implements RtcpPacket {
    /** Keeps a copy of the list. */
    public SourceDescription {
      chunks = List.copyOf(chunks);
    }

    /** The canonical name of one source (section 6.5.1), by which its media belong together. */
    public static SourceDescription of(long ssrc, String name) {
      return new SourceDescription(List.of(new Chunk(ssrc, List.of(new Item(Item.CNAME, name)))));
    }
  }

  /** The items of one source. */
  record Chunk(long ssrc, List<Item> items) {
    /** Keeps a copy of the list. */
    public Chunk {
      items = List.copyOf(items);
    }
  }

  /**
   * One item of a source.
   *
   * @param type 1 to 255
   * @param text at most 255 bytes of UTF-8
   */
  record Item(int type, String text) {
    /** The canonical name, the one item that every source must send (section 6.5.1). */
    public static final int CNAME = 1;
  }

  /**
   * Sources that leave (section 6.6).
   *
   * @param reason empty if none is given
   */
  record Goodbye(List<Long> sources, String reason) implements RtcpPacket {
    /** Keeps a copy of the list. */
    public Goodbye {
      sources = List.copyOf(sources);
    }
  }

  /**
   * A receiver that lost a picture, and asks for what makes the next one complete, most often a key
   * frame (RFC 4585 section 6.3.1).
   *
   * @param ssrc the receiver's
   * @param source that the picture is of
   */
  record PictureLoss(long ssrc, long source) implements RtcpPacket {}

  /**
   * A receiver that asks for key frames (RFC 5104 section 4.3.1).
   *
   * @param ssrc the receiver's
   */
  record FullIntraRequest(long ssrc, List<IntraEntry> entries) implements RtcpPacket {
    /** Keeps a copy of the list. */
    public FullIntraRequest {
      entries = List.copyOf(entries);
    }
  }

  /**
   * One source of a {@link FullIntraRequest}.
   *
   * @param source that a key frame is asked of
   * @param command the number of the request, 0 to 255; one that comes again asks for nothing new
   */
  record IntraEntry(long source, int command) {}

  /** A packet of a type that this library does not read. */
  record Other(int type, int length) implements RtcpPacket {}

  /**
   * Reads all packets of the compound packet that the buffer's remaining bytes are; the buffer's
   * position stays.
   *
   * @throws RtpFormatException if there is none, or one that is not of version 2 or does not fit
   */
  static List<RtcpPacket> parseAll(ByteBuffer compound) throws RtpFormatException {
    return RtcpReader.readAll(compound);
  }

  /**
   * Writes a compound packet (section 6.1): a report first, then the others.
   *
   * @throws IllegalArgumentException for more than 31 blocks, chunks or sources, a text of more
   *     than 255 bytes, or an {@link Other}
   */
  static byte[] write(List<RtcpPacket> compound) {
    return RtcpWriter.write(compound);
  }
}

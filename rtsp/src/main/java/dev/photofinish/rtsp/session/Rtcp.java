package dev.photofinish.rtsp.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The little RTCP that a receiver needs: read sender reports, write receiver reports. */
public final class Rtcp {
  /** How often a receiver report is sent: RFC 3550 section 6.2's recommended minimum. */
  public static final long REPORT_INTERVAL_NANOS = 5_000_000_000L;

  private static final int SENDER_REPORT = 200;
  private static final int RECEIVER_REPORT = 201;
  private static final int SOURCE_DESCRIPTION = 202;
  private static final int CNAME = 1;
  private static final int HEADER = 4;
  private static final int BLOCK = 24;

  private Rtcp() {}

  /** Whether these bytes begin as RTCP does: version 2, a packet type from 192 to 223. */
  public static boolean isValid(ByteBuffer compound) {
    if (compound.remaining() < HEADER) {
      return false;
    }
    int type = compound.get(compound.position() + 1) & 0xff;
    return (compound.get(compound.position()) & 0xc0) == 0x80 && type >= 192 && type <= 223;
  }

  /**
   * Finds the sender reports of a compound packet; what is cut short ends the search.
   *
   * @param report is given each one's SSRC and the middle 32 bits of its NTP time
   */
  public static void senderReports(ByteBuffer compound, BiConsumer<Long, Long> report) {
    int at = compound.position();
    while (at + HEADER <= compound.limit() && (compound.get(at) & 0xc0) == 0x80) {
      int end = at + HEADER + 4 * (compound.getShort(at + 2) & 0xffff);
      boolean sender = (compound.get(at + 1) & 0xff) == SENDER_REPORT;
      if (sender && at + 16 <= Math.min(end, compound.limit())) {
        long ntpMiddle = compound.getLong(at + 8) >>> 16 & 0xffffffffL;
        report.accept(compound.getInt(at + 4) & 0xffffffffL, ntpMiddle);
      }
      at = end;
    }
  }

  /**
   * A compound packet of a receiver report and the source description that must follow it (RFC 3550
   * section 6.1).
   *
   * @param ssrc ours
   * @param block null for a report on no source
   * @param cname names this receiver, at most 255 bytes
   */
  public static byte[] receiverReport(long ssrc, @Nullable ReportBlock block, String cname) {
    byte[] name = cname.getBytes(UTF_8);
    int chunk = (4 + 2 + name.length) / 4 * 4 + 4; // at least one null octet ends the list
    int reportLength = HEADER + 4 + (block == null ? 0 : BLOCK);
    ByteBuffer out = ByteBuffer.allocate(reportLength + HEADER + chunk);
    header(out, block == null ? 0 : 1, RECEIVER_REPORT, reportLength);
    out.putInt((int) ssrc);
    if (block != null) {
      put(out, block);
    }
    header(out, 1, SOURCE_DESCRIPTION, HEADER + chunk);
    out.putInt((int) ssrc).put((byte) CNAME).put((byte) name.length).put(name);
    return out.array();
  }

  private static void header(ByteBuffer out, int count, int type, int length) {
    out.put((byte) (0x80 | count)).put((byte) type).putShort((short) (length / 4 - 1));
  }

  private static void put(ByteBuffer out, ReportBlock block) {
    out.putInt((int) block.ssrc());
    out.putInt(block.fractionLost() << 24 | (block.lost() & 0xffffff));
    out.putInt((int) block.highestSequence());
    out.putInt((int) block.jitter());
    out.putInt((int) block.lastSenderReport());
    out.putInt((int) block.delay());
  }
}

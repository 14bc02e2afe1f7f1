package dev.photofinish.rtp;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes a receiver's reports: the report on one source, and who reports (RFC 3550 section 6.1).
 */
public final class ReceiverReports {
  private final long ssrc;
  private final RtcpPacket description;

  /**
   * The reports of one receiver.
   *
   * @param ssrc ours, 0 to 2^32 - 1
   */
  public ReceiverReports(long ssrc) {
    this.ssrc = ssrc;
    this.description = description(ssrc);
  }

  /** Who it is that reports. */
  public static RtcpPacket description(long ssrc) {
    RtcpPacket.Item name = new RtcpPacket.Item(RtcpPacket.Item.CNAME, "photofinish-" + ssrc);
    return new RtcpPacket.SourceDescription(List.of(new RtcpPacket.Chunk(ssrc, List.of(name))));
  }

  /** The compound packet; null when there is nothing to report on yet. */
  public byte @Nullable [] of(RtcpPacket.@Nullable ReportBlock block) {
    return block == null
        ? null
        : RtcpPacket.write(
            List.of(new RtcpPacket.ReceiverReport(ssrc, List.of(block)), description));
  }
}

package dev.photofinish.rtp;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes a receiver's reports: the report on one source, who reports (RFC 3550 section 6.1), and at
 * times that it needs a key frame.
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
    return RtcpPacket.SourceDescription.of(ssrc, "photofinish-" + ssrc);
  }

  /** The compound packet; null when there is nothing to report on yet. */
  public byte @Nullable [] of(RtcpPacket.@Nullable ReportBlock block) {
    return block == null
        ? null
        : RtcpPacket.write(
            List.of(new RtcpPacket.ReceiverReport(ssrc, List.of(block)), description));
  }

  /** The compound packet with a picture loss indication (RFC 4585 section 6.3.1). */
  public byte[] pictureLoss(RtcpPacket.ReportBlock block) {
    return with(block, new RtcpPacket.PictureLoss(ssrc, block.ssrc()));
  }

  /**
   * The compound packet with a full intra request (RFC 5104 section 4.3.1).
   *
   * @param command of the request, 0 to 255; one more with each new one
   */
  public byte[] fullIntra(RtcpPacket.ReportBlock block, int command) {
    RtcpPacket.IntraEntry entry = new RtcpPacket.IntraEntry(block.ssrc(), command);
    return with(block, new RtcpPacket.FullIntraRequest(ssrc, List.of(entry)));
  }

  /** RFC 4585 section 3.1: the report and the name come first. */
  private byte[] with(RtcpPacket.ReportBlock block, RtcpPacket feedback) {
    RtcpPacket report = new RtcpPacket.ReceiverReport(ssrc, List.of(block));
    return RtcpPacket.write(List.of(report, description, feedback));
  }
}

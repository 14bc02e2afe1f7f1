package dev.photofinish.rtsp.client;

import dev.photofinish.rtp.ReceiverReports;
import dev.photofinish.rtp.RtcpPacket;
import dev.photofinish.rtsp.message.MediaDescription;
import org.jspecify.annotations.Nullable;

/**
 * Writes what asks a camera for a key frame, in the way that its description offers: a picture loss
 * indication before a full intra request.
 */
final class KeyFrameFeedback {
  private final ReceiverReports reports;
  private int command;

  KeyFrameFeedback(ReceiverReports reports) {
    this.reports = reports;
  }

  /**
   * The compound packet; null where the camera takes none, or nothing came yet.
   *
   * @param block the report on the source
   */
  byte @Nullable [] of(MediaDescription media, RtcpPacket.@Nullable ReportBlock block) {
    if (block == null) {
      return null;
    }
    if (media.takesFeedback("nack pli")) {
      return reports.pictureLoss(block);
    }
    if (!media.takesFeedback("ccm fir")) {
      return null;
    }
    command = (command + 1) & 0xff;
    return reports.fullIntra(block, command);
  }
}

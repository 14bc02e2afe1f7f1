package dev.photofinish.rtsp.client;

import dev.photofinish.rtp.RtcpPacket;
import dev.photofinish.rtp.RtpHeaderFields;
import dev.photofinish.rtp.RtpReception;
import dev.photofinish.rtsp.message.Excerpt;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The counts of one connection, by track: one that is being replaced counts beside the one that
 * takes its place. Used by the event loop of the connection.
 *
 * @param tracks in the order in which they were set up
 */
record ConnectionRecord(List<MediaRecord> tracks) {
  /** Before anything is described. */
  static final ConnectionRecord NONE = new ConnectionRecord(List.of());

  /** A packet came. */
  void packet(int track, RtpHeaderFields header, long now) {
    reception(track)
        .packet(header.sequence(), header.timestamp(), header.ssrc(), header.length(), now);
  }

  /** What comes from now on does not continue what came before. */
  void restart() {
    tracks.forEach(track -> track.reception().restart());
  }

  /**
   * What a sender's RTCP says of its reports and of its leaving. The last source that says goodbye
   * ends the media (RFC 3550 section 6.6).
   *
   * @return that it is the end, human-readable; null if it is not
   */
  @Nullable String control(int track, List<RtcpPacket> compound, long now) {
    String end = null;
    for (RtcpPacket packet : compound) {
      if (packet instanceof RtcpPacket.SenderReport report) {
        reception(track).senderReport(report.ssrc(), report.compactNtpTime(), now);
      } else if (packet instanceof RtcpPacket.Goodbye goodbye) {
        goodbye.sources().forEach(reception(track)::goodbye);
        String why = goodbye.reason().isEmpty() ? "" : ": " + Excerpt.of(goodbye.reason());
        end = "the camera says that its media has ended (RTCP BYE from every source)" + why;
      }
    }
    return haveAllLeft() ? end : null;
  }

  /** Whether every source that brought media over this connection said goodbye. */
  private boolean haveAllLeft() {
    List<RtpReception> started =
        tracks.stream().map(MediaRecord::reception).filter(RtpReception::isStarted).toList();
    return !started.isEmpty() && started.stream().allMatch(RtpReception::hasLeft);
  }

  /** The block of the next receiver report; null before the first packet. */
  RtcpPacket.@Nullable ReportBlock report(int track, long now) {
    return reception(track).report(now);
  }

  private RtpReception reception(int track) {
    return tracks.get(track).reception();
  }
}

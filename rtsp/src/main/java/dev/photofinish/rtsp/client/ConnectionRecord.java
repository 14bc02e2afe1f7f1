package dev.photofinish.rtsp.client;

import dev.photofinish.rtp.RtcpPacket;
import dev.photofinish.rtp.RtpHeaderFields;
import dev.photofinish.rtp.RtpReception;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one connection brought, by track: a connection that is being replaced counts beside the one
 * that takes its place. Used by the event loop of the connection.
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

  /** What a sender's RTCP says of its reports and of its leaving. */
  void control(int track, List<RtcpPacket> compound, long now) {
    for (RtcpPacket packet : compound) {
      if (packet instanceof RtcpPacket.SenderReport report) {
        reception(track).senderReport(report.ssrc(), report.compactNtpTime(), now);
      } else if (packet instanceof RtcpPacket.Goodbye goodbye) {
        goodbye.sources().forEach(reception(track)::goodbye);
      }
    }
  }

  /** Whether every source that brought media over this connection said goodbye. */
  boolean haveAllLeft() {
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

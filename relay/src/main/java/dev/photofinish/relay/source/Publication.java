package dev.photofinish.relay.source;

import dev.photofinish.rtsp.client.RtpPacket;

/** The place that a publisher has at a source. Methods are called by one thread at a time. */
public interface Publication {
  /**
   * A packet came, in order. It stays the caller's. What comes faster than it can be handled is
   * dropped.
   *
   * @param packet of one of the media that the place was taken with: the very object
   */
  void packet(RtpPacket packet);

  /**
   * A sender report came (RFC 3550 section 6.4.1).
   *
   * @param media its number among those that the place was taken with
   * @param ntp its NTP timestamp, 64 bits
   * @param rtpTime the same instant as an RTP timestamp
   */
  void reported(int media, long ntp, long rtpTime);

  /**
   * Leaves the place; readers stay, as when a camera is away.
   *
   * @param reason human-readable
   */
  void close(String reason);
}

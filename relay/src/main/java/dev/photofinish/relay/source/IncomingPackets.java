package dev.photofinish.relay.source;

import dev.photofinish.rtsp.client.RtpPacket;

/** Takes the RTP that a client of the relay sends. Methods are called by one thread at a time. */
public interface IncomingPackets {
  /**
   * A packet came, in order. It stays the caller's. What comes faster than it can be handled is
   * dropped.
   *
   * @param packet of one of the media that were agreed on: the very object
   */
  void packet(RtpPacket packet);

  /**
   * A sender report came (RFC 3550 section 6.4.1).
   *
   * @param media its number among those that were agreed on
   * @param ntp its NTP timestamp, 64 bits
   * @param rtpTime the same instant as an RTP timestamp
   */
  void reported(int media, long ntp, long rtpTime);
}

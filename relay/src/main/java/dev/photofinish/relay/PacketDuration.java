package dev.photofinish.relay;

import dev.photofinish.rtsp.client.MediaStream;
import dev.photofinish.rtsp.client.RtpPacket;

/**
 * The time for which a packet of audio is heard. That of G.711 is as long as its payload; of other
 * audio only the next packet's timestamp says it, so it is taken for as long as the one before.
 */
final class PacketDuration {
  /** RFC 3551 section 4.2: the default of a packet is 20 ms. */
  private static final int USUAL_PART = 50;

  private final boolean plain;
  private final int channels;
  private final int longest;
  private int usual;
  private int sequence = -1;
  private long timestamp;
  private long ssrc;

  PacketDuration(MediaStream media) {
    this.plain = media.description().format().isG711();
    this.channels = Math.max(1, media.channels());
    this.longest = media.clockRate();
    this.usual = Math.max(1, media.clockRate() / USUAL_PART);
  }

  /** That of the next packet, in units of the clock rate, 1 or more. */
  int of(RtpPacket packet) {
    if (plain) {
      return Math.max(1, packet.payloadLength() / channels);
    }
    boolean follows =
        sequence >= 0
            && packet.ssrc() == ssrc
            && packet.sequence() == ((sequence + 1) & 0xffff)
            && !packet.marker();
    int before = (int) (packet.timestamp() - timestamp);
    if (follows && before > 0 && before <= longest) {
      usual = before;
    }
    sequence = packet.sequence();
    timestamp = packet.timestamp();
    ssrc = packet.ssrc();
    return usual;
  }
}

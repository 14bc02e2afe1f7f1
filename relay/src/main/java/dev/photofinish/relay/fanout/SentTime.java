package dev.photofinish.relay.fanout;

import dev.photofinish.rtp.RtcpPacket;
import dev.photofinish.rtp.RtcpPacket.SenderReport;
import dev.photofinish.rtp.RtcpPacket.SourceDescription;
import java.util.List;

/**
 * The wall time of something that was sent.
 *
 * @param timestamp its own, as it was sent, 32 bits
 * @param ntp when it is due, 64 bits: seconds since 1900 and a fraction
 * @param at when it came, in nanoseconds of the caller's clock
 */
record SentTime(long timestamp, long ntp, long at) {
  private static final double NANOS = 1e9;

  /** The wall time of what comes at {@code now}. */
  long ntpAt(long now) {
    return ntp + Math.round((now - at) / NANOS * 0x1p32);
  }

  /** The timestamp of what is due then, 32 bits. */
  long timestampAt(long due, int clockRate) {
    return (timestamp + Math.round((due - ntp) / 0x1p32 * clockRate)) & 0xffff_ffffL;
  }

  /**
   * A compound packet of a sender report and the source's name (RFC 3550 section 6.1).
   *
   * @param packets sent, 32 bits
   * @param octets of their payloads, 32 bits
   * @param name the CNAME, the same for all tracks that belong together
   */
  byte[] report(long ssrc, int clockRate, long packets, long octets, String name, long now) {
    long due = ntpAt(now);
    return RtcpPacket.write(
        List.of(
            new SenderReport(ssrc, due, timestampAt(due, clockRate), packets, octets, List.of()),
            SourceDescription.of(ssrc, name)));
  }
}

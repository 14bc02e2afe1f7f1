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

  /** A line may go back by this part of the time that passes: less than a frame between reports. */
  private static final double CREEP = 1e-3;

  /** The wall time of what comes at {@code now}. */
  long ntpAt(long now) {
    return ntp + Math.round((now - at) / NANOS * 0x1p32);
  }

  /** When something with this timestamp, 32 bits, is due. */
  long ntpOf(long of, int clockRate) {
    return ntp + Math.round((int) (of - timestamp) / (double) clockRate * 0x1p32);
  }

  /** The timestamp of what is due then, 32 bits. */
  long timestampAt(long due, int clockRate) {
    return (timestamp + Math.round((due - ntp) / 0x1p32 * clockRate)) & 0xffff_ffffL;
  }

  /**
   * By how much a later one has to be moved, so that the line of timestamps and wall times does not
   * go back: players take the times of each report at once, and what follows would be before what
   * they have.
   *
   * @return nanoseconds, 0 or more
   */
  long behind(SentTime later, int clockRate) {
    if (clockRate == 0) {
      return 0;
    }
    long line = ntpOf(later.timestamp, clockRate);
    double back = (line - later.ntp) / 0x1p32 * NANOS - (later.at - at) * CREEP;
    return Math.max(0, Math.round(back));
  }

  /** The same, due so many nanoseconds later. */
  SentTime moved(long nanos) {
    return new SentTime(timestamp, ntp + Math.round(nanos / NANOS * 0x1p32), at);
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

package dev.photofinish.rtp;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;

/**
 * The RTP header extension of a recording that is replayed (ONVIF Streaming Specification, section
 * 6.2). It belongs to the access unit; a camera may write it in the first packet of each alone.
 *
 * @param ntpTime when it was recorded, as RTCP writes times: seconds since 1900 in the upper 32
 *     bits, their fraction in the lower
 * @param cleanPoint whether the access unit can be decoded without others (bit C)
 * @param endOfSection whether it is the last before a gap in the recording (bit E)
 * @param discontinuity whether what comes before it is missing (bit D)
 * @param terminal whether nothing of this track follows (bit T)
 * @param cseq the lowest 8 bits of the CSeq of the PLAY that it answers, 0 to 255
 */
public record ReplayExtension(
    long ntpTime,
    boolean cleanPoint,
    boolean endOfSection,
    boolean discontinuity,
    boolean terminal,
    int cseq) {
  private static final int ID = 0xabac;

  /** The extension's own header. */
  private static final int HEADER_BYTES = 4;

  private static final int BYTES = 12;

  /**
   * Reads a packet's header extension; empty if it is another one, or none.
   *
   * @param extension with its own four-byte header, as {@link RtpHeader#extension} gives it; its
   *     position stays
   */
  public static Optional<ReplayExtension> parse(ByteBuffer extension) {
    int at = extension.position();
    if (extension.remaining() < HEADER_BYTES + BYTES || (extension.getShort(at) & 0xffff) != ID) {
      return Optional.empty();
    }
    byte flags = extension.get(at + HEADER_BYTES + 8);
    return Optional.of(
        new ReplayExtension(
            extension.getLong(at + HEADER_BYTES),
            (flags & 0x80) != 0,
            (flags & 0x40) != 0,
            (flags & 0x20) != 0,
            (flags & 0x10) != 0,
            extension.get(at + HEADER_BYTES + 9) & 0xff));
  }

  /** When it was recorded. */
  public Instant time() {
    return NtpTime.instant(NtpTime.nanos(ntpTime));
  }
}

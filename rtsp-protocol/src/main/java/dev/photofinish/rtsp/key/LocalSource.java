package dev.photofinish.rtsp.key;

import java.time.Instant;
import java.time.InstantSource;

/**
 * The source of our own messages and packets: its SSRC and its time.
 *
 * @param ssrc of our RTCP and RTP, 0 to 2^32 - 1
 * @param clock the time of day
 */
public record LocalSource(long ssrc, InstantSource clock) {
  private static final long FROM_1900_TO_1970 = 2_208_988_800L;

  /** RFC 3550 section 4: seconds since 1900, and 32 bits of fraction. */
  public long ntpTime() {
    Instant now = clock.instant();
    long fraction = ((long) now.getNano() << 32) / 1_000_000_000;
    return ((now.getEpochSecond() + FROM_1900_TO_1970) << 32) | fraction;
  }
}

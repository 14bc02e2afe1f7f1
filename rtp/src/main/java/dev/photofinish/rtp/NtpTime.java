package dev.photofinish.rtp;

import java.time.Instant;

/** The times of RTCP (RFC 3550 section 4): 32 bits of seconds, 32 bits of their fraction. */
public final class NtpTime {
  private static final long SECOND = 1_000_000_000L;

  /** Seconds from 1900 to 1970. */
  private static final long TO_1970 = 2_208_988_800L;

  /** RFC 4330 section 3: times whose highest bit is not set are of 2036 or later. */
  private static final long ERA = 0x1_0000_0000L;

  /** Smaller ones count from the start of the camera, as RFC 3550 section 6.4.1 allows it. */
  private static final long LONGEST_UPTIME = 10L * 366 * 24 * 3600;

  private NtpTime() {}

  /** Nanoseconds since 1970, or on a scale of its own where it {@link #isUptime}. */
  public static long nanos(long ntp) {
    long seconds = ntp >>> 32;
    long era = (seconds & 0x8000_0000L) == 0 ? ERA : 0;
    return (seconds + era - TO_1970) * SECOND + (((ntp & 0xffff_ffffL) * SECOND) >>> 32);
  }

  /** Whether it is the time since a camera started, that has no wall clock. */
  public static boolean isUptime(long ntp) {
    return (ntp >>> 32) < LONGEST_UPTIME;
  }

  /** The time of so many nanoseconds since 1970, as RTCP has it. */
  public static long of(long nanos) {
    long fraction = (Math.floorMod(nanos, SECOND) << 32) / SECOND;
    return ((Math.floorDiv(nanos, SECOND) + TO_1970) << 32) | fraction;
  }

  /** So many nanoseconds since 1970. */
  public static Instant instant(long nanos) {
    return Instant.ofEpochSecond(Math.floorDiv(nanos, SECOND), Math.floorMod(nanos, SECOND));
  }
}

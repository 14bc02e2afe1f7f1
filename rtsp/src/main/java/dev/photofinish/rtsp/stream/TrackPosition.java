package dev.photofinish.rtsp.stream;

import java.util.OptionalLong;

/**
 * The time in a recording that the RTP timestamps of one track stand for (RFC 2326 appendix B). It
 * is counted from packet to packet, so that timestamps may wrap around.
 */
final class TrackPosition {
  private static final double SECOND = 1e9;

  /** An RTP-Info that is further from the first packet than this is wrong, as cameras' often is. */
  private static final long LARGEST_OFFSET_SECONDS = 10;

  private final int clockRate;
  private long origin;
  private double scale;
  private OptionalLong announced = OptionalLong.empty();
  private boolean started;
  private long last;
  private long ticks;

  /**
   * @param clockRate timestamp units a second; 0 if unknown, so that its packets say nothing
   */
  TrackPosition(int clockRate) {
    this.clockRate = clockRate;
  }

  /**
   * PLAY was answered.
   *
   * @param from what the first packets stand for, nanoseconds
   * @param pace of the recording against the packets' timestamps
   * @param rtpTime the timestamp that stands for {@code from}; empty for that of the first packet
   */
  void begin(long from, double pace, OptionalLong rtpTime) {
    origin = from;
    scale = pace;
    announced = rtpTime;
    started = false;
  }

  /** The place of a packet with this timestamp, nanoseconds; empty if it has none. */
  OptionalLong packet(long timestamp) {
    if (clockRate == 0) {
      return OptionalLong.empty();
    }
    if (started) {
      ticks += distance(last, timestamp);
    } else {
      started = true;
      long offset = announced.isPresent() ? distance(announced.getAsLong(), timestamp) : 0;
      ticks = Math.abs(offset) > LARGEST_OFFSET_SECONDS * clockRate ? 0 : offset;
    }
    last = timestamp;
    return OptionalLong.of(origin + Math.round(ticks * SECOND / clockRate * scale));
  }

  /** RFC 3550 section 5.1: 32 bits that wrap around. */
  private static int distance(long from, long to) {
    return (int) (to - from);
  }
}

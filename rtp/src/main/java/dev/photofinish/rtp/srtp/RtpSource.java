package dev.photofinish.rtp.srtp;

/** The packet indices of one source (RFC 3711 section 3.3.1). */
final class RtpSource {
  private static final int HALF = 1 << 15;

  private final ReplayWindow window = new ReplayWindow();
  private final long rollover;

  /**
   * @param rollover the rollover counter of its first packet, 0 to 2^32 - 1
   */
  RtpSource(long rollover) {
    this.rollover = rollover;
  }

  ReplayWindow window() {
    return window;
  }

  /**
   * The index that a packet with this sequence number most likely has: that nearest to the highest
   * so far. Negative for one from before the first turn of the counter.
   */
  long index(int sequence) {
    if (window.highest() < 0) {
      return rollover << 16 | sequence;
    }
    long turn = window.highest() >> 16;
    int last = (int) (window.highest() & 0xffff);
    if (last < HALF) {
      turn -= sequence - last > HALF ? 1 : 0;
    } else {
      turn += last - HALF > sequence ? 1 : 0;
    }
    return (turn << 16) + sequence;
  }
}

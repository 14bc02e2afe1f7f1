package dev.photofinish.relay.rtsp;

/**
 * The highest sequence number that was sent under a key. Pictures that a reader was sent before a
 * pause come again after it, and are not sent twice: it has them. A jump over half of all numbers
 * or more looks like such a repetition to both ends, who then count the rollovers differently.
 */
final class SentSequence {
  /** Packets behind the highest that can be repetitions: more than are kept for readers. */
  private static final int MOST_REPEATED = 1 << 14;

  private boolean begun;
  private int highest;

  /** What a packet is to those before it. */
  enum Place {
    NEXT,
    REPEATED,
    /** Too much was left out: nothing that follows can be decrypted. */
    LOST
  }

  /** Places the packet with this number, 0 to 65535. */
  Place place(int sequence) {
    int ahead = (short) (sequence - highest);
    if (begun && ahead <= 0) {
      return ahead > -MOST_REPEATED ? Place.REPEATED : Place.LOST;
    }
    begun = true;
    highest = sequence;
    return Place.NEXT;
  }
}

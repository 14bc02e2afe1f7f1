package dev.photofinish.relay;

/**
 * Times of packets and of pictures: packets may come that never make one. Not safe for use by
 * several threads.
 */
final class PictureWatch {
  private static final long SECOND = 1_000_000_000L;

  /** Packets without a picture for so long are not what was asked for. */
  private static final long NO_PICTURE = 5 * SECOND;

  /** After it another connection is tried. */
  private static final long NO_PICTURE_AT_ALL = 15 * SECOND;

  private long lastPacket;
  private long lastPicture;

  void packet(long now) {
    lastPacket = now;
  }

  /** A picture came, or may be waited for from now on. */
  void picture(long now) {
    lastPicture = now;
  }

  /** Whether packets come and no picture does. */
  boolean isStalled(long now) {
    return now - lastPacket < NO_PICTURE && now - lastPicture > NO_PICTURE;
  }

  /** The same for so long that this connection is given up. */
  boolean isLost(long now) {
    return isStalled(now) && now - lastPicture > NO_PICTURE_AT_ALL;
  }
}

package dev.photofinish.rtsp.transport;

import dev.photofinish.rtp.srtp.SrtpReceiver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts the packets of one connection that SRTP has us drop. The first one that no key fits is
 * said at once, since nothing may be seen for that reason; how many there were, in the end.
 */
final class RejectedPackets {
  private static final Logger LOG = LoggerFactory.getLogger(RejectedPackets.class);

  private long forged;
  private long replayed;
  private long unknownKey;

  /**
   * One more was dropped.
   *
   * @param media such as {@code video}
   * @param why as {@link SrtpReceiver} answers
   */
  void add(String remote, String media, int why) {
    if (why != SrtpReceiver.REPLAYED && forged + unknownKey == 0) {
      LOG.warn(
          "{}: a packet of {} was dropped, since {}; said once for this connection",
          remote,
          media,
          why == SrtpReceiver.UNKNOWN_KEY
              ? "it names a key (MKI) that the camera did not give"
              : "it is not authentic under the keys that the camera gave");
    }
    switch (why) {
      case SrtpReceiver.REPLAYED -> replayed++;
      case SrtpReceiver.UNKNOWN_KEY -> unknownKey++;
      default -> forged++;
    }
  }

  /** The connection is over. */
  void close(String remote) {
    if (forged + replayed + unknownKey > 0) {
      LOG.info(
          "{}: encrypted packets were dropped: {} not authentic, {} replayed, {} under unknown keys",
          remote,
          forged,
          replayed,
          unknownKey);
    }
  }
}

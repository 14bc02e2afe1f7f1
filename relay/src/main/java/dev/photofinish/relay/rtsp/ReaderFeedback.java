package dev.photofinish.relay.rtsp;

import dev.photofinish.rtp.RtcpPacket;
import dev.photofinish.rtp.RtpFormatException;
import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.Ticker;
import java.util.concurrent.TimeUnit;

/** Reads the RTCP of a reader for its requests of a key frame, of which one a second counts. */
final class ReaderFeedback {
  private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Ticker clock;
  private boolean asked;
  private long askedAt;

  ReaderFeedback(Ticker clock) {
    this.clock = clock;
  }

  /** Whether a key frame is asked for, and was not a moment ago. */
  boolean wantsKeyFrame(ByteBuf compound) {
    long now = clock.nanoTime();
    if ((asked && now - askedAt < INTERVAL_NANOS) || !asks(compound)) {
      return false;
    }
    asked = true;
    askedAt = now;
    return true;
  }

  private static boolean asks(ByteBuf compound) {
    try {
      return RtcpPacket.parseAll(compound.nioBuffer()).stream()
          .anyMatch(
              packet ->
                  packet instanceof RtcpPacket.PictureLoss
                      || packet instanceof RtcpPacket.FullIntraRequest);
    } catch (RtpFormatException e) {
      return false; // a sign of life all the same
    }
  }
}

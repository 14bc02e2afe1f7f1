package dev.photofinish.relay.fanout;

import dev.photofinish.rtp.format.FrameFormat;
import dev.photofinish.rtsp.client.RtpPacket;
import io.netty.buffer.ByteBuf;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The parameter sets that go before key frames which come without, once readers know others: from a
 * description before, or of a card. One key frame is not enough, since a reader may come later, may
 * be paused, or may have been too slow for that one.
 *
 * <p>Not safe for use by several threads.
 */
final class RepeatedSets {
  private boolean needed;

  /** Of the picture that nothing more is to be done for. */
  private long done = -1;

  /** Readers may know other sets than those of the pictures that follow. */
  void need() {
    needed = true;
  }

  boolean areNeeded() {
    return needed;
  }

  /** A picture has them, or needs none. */
  void done(long timestamp) {
    done = timestamp;
  }

  /**
   * The sets that are to be sent before a packet: those of the last key frame, where another one
   * begins here without its own.
   *
   * @param format of the last key frame; null before the first
   */
  List<ByteBuf> before(RtpPacket packet, @Nullable FrameFormat format) {
    if (!needed || format == null || packet.timestamp() == done) {
      return List.of();
    }
    PayloadUnits units = PayloadUnits.of(format.codec());
    if (units == null) {
      return List.of();
    }
    PayloadUnits.First first = units.first(packet.payload());
    if (first != PayloadUnits.First.NEITHER) {
      done = packet.timestamp();
    }
    return first == PayloadUnits.First.KEY_PICTURE ? format.parameterSets() : List.of();
  }
}

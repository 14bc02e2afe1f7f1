package dev.photofinish.relay.rtsp;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** A {@link TrackInput} that hands what comes to its receiver, while there is one. */
abstract class ReceivingInput implements TrackInput {
  private @Nullable Receiver receiver;

  @Override
  public final void open(Receiver to) {
    receiver = to;
  }

  @Override
  public final void stop() {
    receiver = null;
  }

  /** Hands on a packet of RTP. */
  final void rtp(ByteBuf packet) {
    if (receiver != null) {
      receiver.rtp(packet);
    }
  }

  /** Hands on a compound packet of RTCP. */
  final void rtcp(ByteBuf compound) {
    if (receiver != null) {
      receiver.rtcp(compound);
    }
  }
}

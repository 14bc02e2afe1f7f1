package dev.photofinish.relay.rtsp;

import dev.photofinish.rtp.srtp.SrtpReceiver;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Decrypts what a reader sends on one track. What comes is copied: it is little. */
final class SecuredReports {
  private final SrtpReceiver receiver;

  SecuredReports(SrtpReceiver receiver) {
    this.receiver = receiver;
  }

  /** The compound packet of RTCP; null where it is forged or was received before. */
  @Nullable ByteBuf open(ByteBuf secured) {
    byte[] bytes = ByteBufUtil.getBytes(secured);
    return opened(bytes, receiver.rtcp(ByteBuffer.wrap(bytes)));
  }

  /** The packet of RTP; null as for {@link #open}. */
  @Nullable ByteBuf openRtp(ByteBuf secured) {
    byte[] bytes = ByteBufUtil.getBytes(secured);
    return opened(bytes, receiver.rtp(ByteBuffer.wrap(bytes)));
  }

  private static @Nullable ByteBuf opened(byte[] bytes, int length) {
    return length < 0 ? null : Unpooled.wrappedBuffer(bytes, 0, length);
  }
}

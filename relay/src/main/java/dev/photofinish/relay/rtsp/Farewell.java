package dev.photofinish.relay.rtsp;

import dev.photofinish.rtp.RtcpPacket;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;

/** RTCP BYE to a reader, where there is room for it (RFC 3550 section 6.6). */
final class Farewell {
  private Farewell() {}

  /**
   * @param ssrc of the track's source
   */
  static void send(TrackOutput output, long ssrc) {
    if (output.hasRoom()) {
      byte[] bytes =
          RtcpPacket.write(
              List.of(
                  new RtcpPacket.ReceiverReport(ssrc, List.of()),
                  new RtcpPacket.Goodbye(List.of(ssrc), "")));
      ByteBuf compound = Unpooled.wrappedBuffer(bytes);
      output.report(compound);
      compound.release();
      output.flush();
    }
  }
}

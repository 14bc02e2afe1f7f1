package dev.photofinish.rtsp.codec;

import dev.photofinish.rtp.RtpFormatException;
import dev.photofinish.rtp.RtpHeaderFields;
import io.netty.buffer.ByteBuf;

/** The RTP header of a packet that fills its buffer. */
final class HeaderOf extends RtpHeaderFields {
  HeaderOf(ByteBuf packet) throws RtpFormatException {
    read(
        new Source() {
          @Override
          public byte byteAt(int offset) {
            return packet.getByte(offset);
          }

          @Override
          public int intAt(int offset) {
            return packet.getInt(offset);
          }
        },
        packet.readableBytes());
  }
}

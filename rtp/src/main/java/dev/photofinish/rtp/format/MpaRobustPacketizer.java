package dev.photofinish.rtp.format;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.Optional;

/**
 * Makes ADUs of frames of MP3 (RFC 5219 section 5.1), one a packet, or over several; not
 * interleaved. The main data of a frame begin in the frames before it, of which the last 511 bytes
 * are kept. What an encoder put behind the main data of a frame (ancillary data, stuffing) is left
 * out.
 *
 * <p>A frame whose main data are not there has no ADU: the first ones of a stream that was joined,
 * and those behind a gap.
 */
final class MpaRobustPacketizer extends Packetizer {
  private static final int CONTINUATION = 0x80;
  private static final int LONG = 0x40;
  private static final int MOST_SHORT = 63;
  private static final int DESCRIPTOR = 2;

  /** The last main data of the frames that came. */
  private byte[] reservoir = {};

  MpaRobustPacketizer(int mostBytes) {
    super(Codec.MPEG_AUDIO, mostBytes);
  }

  @Override
  void payloads(Frame frame, long timestamp, Output output) {
    byte[] bytes = ByteBufUtil.getBytes(frame.content());
    Optional<Mp3Adu> read = Mp3Adu.read(bytes, timestamp, 0, false);
    if (frame.isDiscontinuity() || frame.isDamaged() || frame.lost() > 0) {
      reservoir = new byte[0];
    }
    if (frame.isDamaged()) {
      return;
    }
    if (read.isEmpty() || read.get().header().bytes() != bytes.length) {
      throw new IllegalArgumentException(
          "frame: it is not one of MP3 with a bit rate in its header; expected one for MPA-ROBUST");
    }
    Mp3Adu of = read.get();
    int before = reservoir.length;
    byte[] main = Arrays.copyOf(reservoir, before + of.room());
    System.arraycopy(bytes, of.mainDataAt(), main, before, of.room());
    int from = before - of.backPointer();
    int length = of.declaredBytes();
    reservoir =
        Arrays.copyOfRange(main, Math.max(0, main.length - Mp3Adu.LARGEST_POINTER), main.length);
    if (from >= 0 && from + length <= main.length) {
      byte[] adu = Arrays.copyOf(bytes, of.mainDataAt() + length);
      System.arraycopy(main, from, adu, of.mainDataAt(), length);
      adu(adu, timestamp, output);
    }
  }

  /** Sections 4.2 and 4.3. */
  private void adu(byte[] adu, long timestamp, Output output) {
    int most = mostBytes() - DESCRIPTOR;
    for (int at = 0; at < adu.length; at += most) {
      int length = Math.min(most, adu.length - at);
      int flag = at > 0 ? CONTINUATION : 0;
      ByteBuf payload = Unpooled.buffer(DESCRIPTOR + length);
      if (adu.length <= MOST_SHORT) {
        payload.writeByte(flag | adu.length);
      } else {
        payload.writeShort((flag | LONG) << 8 | adu.length);
      }
      output.payload(payload.writeBytes(adu, at, length), timestamp, false);
    }
  }
}

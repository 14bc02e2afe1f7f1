package dev.photofinish.rtp.format;

import dev.photofinish.rtp.RtpHeaderFields;
import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;

/**
 * An MPEG transport stream (RFC 2250 section 2): a frame is what one RTP packet has of whole
 * transport packets. Bytes that belong to none are left out, and the frame is damaged.
 */
final class TransportStreamDepacketizer extends Depacketizer {
  static final int PACKET = 188;
  private static final int SYNC = 0x47;
  private static final int CLOCK_RATE = 90_000;

  private final FrameFormat format;

  TransportStreamDepacketizer(int track, PayloadFormat payload, Consumer<? super Frame> output) {
    super(track, payload, output);
    int rate = payload.clockRate() > 0 ? payload.clockRate() : CLOCK_RATE;
    format = FrameFormat.data(Codec.MPEG_TS, rate);
  }

  @Override
  public FrameFormat format() {
    return format;
  }

  @Override
  void payload(RtpHeaderFields header, ByteBuf in, int index, int length, long now) {
    frame().begin(header.timestamp(), now);
    int end = index + length;
    int at = index;
    while (at < end) {
      int run = run(in, at, end);
      if (run == 0) {
        frame().damage();
        at++;
      } else {
        frame().append(in, at, run);
        at += run;
      }
    }
    if (frame().isEmpty()) {
      unreadable();
    } else {
      emit(format, RandomAccess.IDR);
    }
  }

  /** Bytes of the whole transport packets that lie here one after the other. */
  private static int run(ByteBuf in, int index, int end) {
    int at = index;
    while (end - at >= PACKET && in.getByte(at) == SYNC) {
      at += PACKET;
    }
    return at - index;
  }
}

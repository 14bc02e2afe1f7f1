package dev.photofinish.rtp.format;

import dev.photofinish.rtp.RtpHeaderFields;
import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;

/**
 * Audio whose packets each are a frame of as many samples as fit: G.711, G.722, G.726 and L8 to L24
 * (RFC 3551 section 4.5). The bytes are those of the packet.
 */
final class SampleDepacketizer extends Depacketizer {
  private final FrameFormat format;
  private final int bitsPerTick;

  /**
   * @param bitsPerTick of all channels, for one tick of the clock
   */
  SampleDepacketizer(
      int track,
      PayloadFormat payload,
      FrameFormat format,
      int bitsPerTick,
      Consumer<? super Frame> output) {
    super(track, payload, output);
    this.format = format;
    this.bitsPerTick = bitsPerTick;
  }

  @Override
  public FrameFormat format() {
    return format;
  }

  @Override
  void payload(RtpHeaderFields header, ByteBuf in, int index, int length, long now) {
    frame().begin(header.timestamp(), now);
    frame().append(in, index, length);
    frame().duration((int) (8L * length / bitsPerTick));
    emit(format, RandomAccess.IDR);
  }
}

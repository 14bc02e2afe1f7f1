package dev.photofinish.rtp.format;

import dev.photofinish.rtp.RtpHeaderFields;
import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;

/** Opus (RFC 7587): each packet is a frame, whose duration its first bytes say. */
final class OpusDepacketizer extends Depacketizer {
  private static final int STEREO = 2;

  private final FrameFormat format;

  OpusDepacketizer(int track, PayloadFormat payload, Consumer<? super Frame> output) {
    super(track, payload, output);
    int channels = payload.channels() > 0 ? payload.channels() : STEREO;
    format = FrameFormat.audio(Codec.OPUS, OpusPacket.RATE, OpusPacket.RATE, channels);
  }

  @Override
  public FrameFormat format() {
    return format;
  }

  @Override
  void payload(RtpHeaderFields header, ByteBuf in, int index, int length, long now) {
    int samples = OpusPacket.samples(in, index, length);
    frame().begin(header.timestamp(), now);
    frame().append(in, index, length);
    frame().duration(samples);
    if (samples == 0) {
      frame().damage();
    }
    emit(format, RandomAccess.IDR);
  }
}

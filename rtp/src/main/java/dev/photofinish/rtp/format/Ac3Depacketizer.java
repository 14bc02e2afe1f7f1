package dev.photofinish.rtp.format;

import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;

/** AC-3 (RFC 4184): each of its frames is one. */
final class Ac3Depacketizer extends FragmentedAudio {
  private static final int CLOCK_RATE = 48_000;

  /** Frame type and count (section 4.1.1). */
  private static final int HEADER = 2;

  private static final int LATER_PART = 3;

  private FrameFormat format;

  Ac3Depacketizer(int track, PayloadFormat payload, Consumer<? super Frame> output) {
    super(track, payload, rate(payload), true, output);
    format =
        FrameFormat.audio(Codec.AC3, rate(payload), rate(payload), Math.max(0, payload.channels()));
  }

  private static int rate(PayloadFormat payload) {
    return payload.clockRate() > 0 ? payload.clockRate() : CLOCK_RATE;
  }

  @Override
  public FrameFormat format() {
    return format;
  }

  private static boolean isLaterPart(ByteBuf in, int index) {
    return (in.getByte(index) & 3) == LATER_PART;
  }

  @Override
  void read(ByteBuf in, int index, int length) {
    int end = index + length;
    int at = index + HEADER;
    if (length <= HEADER || isLaterPart(in, index)) {
      unreadable(); // or the rest of a frame whose beginning was lost
      return;
    }
    while (end - at >= Ac3Header.LENGTH && Ac3Header.isHeader(in, at)) {
      Ac3Header header = Ac3Header.parse(in, at);
      apply(header);
      int there = Math.min(header.bytes(), end - at);
      next(in, at, there, header.bytes(), Ac3Header.SAMPLES, header.sampleRate());
      at += header.bytes();
    }
    if (at < end) {
      unreadable();
    }
  }

  private void apply(Ac3Header header) {
    if (header.sampleRate() != format.sampleRate() || header.channels() != format.channels()) {
      format =
          FrameFormat.audio(Codec.AC3, format.clockRate(), header.sampleRate(), header.channels());
    }
  }

  @Override
  int continuation(ByteBuf in, int index, int length) {
    return isLaterPart(in, index) && length >= HEADER ? HEADER : -1;
  }
}

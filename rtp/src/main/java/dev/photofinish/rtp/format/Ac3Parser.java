package dev.photofinish.rtp.format;

import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;

/** Parses AC-3 (ATSC A/52): its frames, each behind its synchronization word. */
final class Ac3Parser extends AudioStreamParser {
  private final int track;
  private FrameFormat format = FrameFormat.audio(Codec.AC3, 0, 0, 0);

  Ac3Parser(int track, Consumer<? super Frame> output) {
    super(Ac3Header.LENGTH, output);
    this.track = track;
  }

  @Override
  public FrameFormat format() {
    return format;
  }

  @Override
  int length(ByteBuf in, int index) {
    return Ac3Header.isHeader(in, index) ? Ac3Header.parse(in, index).bytes() : 0;
  }

  @Override
  void frame(ByteBuf in, int index, int length, long time) {
    Ac3Header header = Ac3Header.parse(in, index);
    int rate = header.sampleRate();
    if (rate != format.sampleRate() || header.channels() != format.channels()) {
      format = FrameFormat.audio(Codec.AC3, rate, rate, header.channels());
    }
    Frame made = whole(track, format, in, index, length, Ac3Header.SAMPLES);
    emit(made, time, (double) Ac3Header.SAMPLES / rate);
  }
}

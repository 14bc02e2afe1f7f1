package dev.photofinish.rtp.format;

import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;

/** Parses AC-3 (ATSC A/52): its frames, each behind its synchronization word. */
final class Ac3Parser extends AudioStreamParser {
  Ac3Parser(int track, Consumer<? super Frame> output) {
    super(track, FrameFormat.audio(Codec.AC3, 0, 0, 0), Ac3Header.LENGTH, output);
  }

  @Override
  int length(ByteBuf in, int index) {
    return Ac3Header.isHeader(in, index) ? Ac3Header.parse(in, index).bytes() : 0;
  }

  @Override
  void frame(ByteBuf in, int index, int length, long time) {
    Ac3Header header = Ac3Header.parse(in, index);
    format(header.sampleRate(), header.sampleRate(), header.channels());
    emitWhole(in, index, length, Ac3Header.SAMPLES, time);
  }
}

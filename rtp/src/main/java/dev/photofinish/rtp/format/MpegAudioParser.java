package dev.photofinish.rtp.format;

import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;

/**
 * Parses MPEG audio of layers I to III (ISO 11172-3, ISO 13818-3). Its header is short: where none
 * has been read yet, or bytes are missing, one counts only if another one is behind its frame.
 * Frames of a free bit rate, which do not say their length, are left out.
 */
final class MpegAudioParser extends AudioStreamParser {
  private static final int CLOCK_RATE = 90_000;
  private static final int HEADER = 4;

  MpegAudioParser(int track, Consumer<? super Frame> output) {
    super(track, FrameFormat.audio(Codec.MPEG_AUDIO, CLOCK_RATE, 0, 0), HEADER, output);
  }

  @Override
  int length(ByteBuf in, int index) {
    if (!MpegAudioHeader.isHeader(in.getInt(index))) {
      return 0;
    }
    int length = MpegAudioHeader.parse(in.getInt(index)).bytes();
    if (length < HEADER || isInStep()) {
      return length < HEADER ? 0 : length;
    }
    if (in.writerIndex() - index < length + HEADER) {
      return MORE;
    }
    return MpegAudioHeader.isHeader(in.getInt(index + length)) ? length : 0;
  }

  @Override
  void frame(ByteBuf in, int index, int length, long time) {
    MpegAudioHeader header = MpegAudioHeader.parse(in.getInt(index));
    format(CLOCK_RATE, header.sampleRate(), header.channels());
    emitWhole(in, index, length, header.samples(), time);
  }
}

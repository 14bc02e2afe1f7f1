package dev.photofinish.rtp.format;

import io.netty.buffer.ByteBuf;
import java.util.Optional;
import java.util.function.Consumer;

/** Parses AAC as ADTS (ISO 14496-3 section 1.A.2.2): frames of one raw data block each. */
final class AdtsParser extends AudioStreamParser {
  private static final int SYNC = 0xfff0;
  private static final int SYNC_BITS = 0xfff6;
  private static final int SHORTEST = 7;

  private int fields = -1;
  private double seconds;

  AdtsParser(int track, Consumer<? super Frame> output) {
    super(track, FrameFormat.audio(Codec.AAC, 0, 0, 0), SHORTEST, output);
  }

  @Override
  int length(ByteBuf in, int index) {
    if ((in.getUnsignedShort(index) & SYNC_BITS) != SYNC) {
      return 0;
    }
    int length = in.getInt(index + 3) >>> 13 & 0x1fff;
    boolean oneBlock = (in.getByte(index + 6) & 3) == 0;
    return oneBlock && AdtsHeader.length(in, index, length, length) > 0 ? length : 0;
  }

  @Override
  void frame(ByteBuf in, int index, int length, long time) {
    Optional<AudioSpecificConfig> config = AdtsHeader.config(in, index);
    if (config.isEmpty()) {
      return;
    }
    int now = in.getUnsignedShort(index + 2) & 0xfdc0;
    if (now != fields) {
      fields = now;
      format(config.get().format(config.get().sampleRate()));
      seconds = (double) config.get().frameSamples() / config.get().coreRate();
    }
    int header = AdtsHeader.length(in, index, length, length);
    ByteBuf content = in.slice(index + header, length - header);
    emit(content, config.get().frameSamples(), false, time, seconds);
  }
}

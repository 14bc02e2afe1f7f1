package dev.photofinish.rtp.format;

import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;

/**
 * Parses AAC in LATM as transport streams have it: elements that say their configuration, each
 * behind a synchronization word and its length (AudioSyncStream, ISO 14496-3 section 1.7.2).
 */
final class LoasParser extends AudioStreamParser {
  private static final int CLOCK_RATE = 90_000;
  private static final int HEADER = 3;
  private static final int SYNC = 0x56e0;
  private static final int SYNC_BITS = 0xffe0;
  private static final int LENGTH_BITS = 0x1fff;

  private static final double SECOND = 1e9;

  private final LatmReader reader = new LatmReader(true, null);

  /** The last time that was said, and the elements since then of which nothing could be read. */
  private long said = NO_TIME;

  private int unread;

  LoasParser(int track, Consumer<? super Frame> output) {
    super(track, FrameFormat.audio(Codec.AAC, CLOCK_RATE, 0, 0), HEADER, output);
  }

  /** The word is short: where none has been read yet, one counts only if another follows. */
  @Override
  int length(ByteBuf in, int index) {
    if (!isHeader(in, index)) {
      return 0;
    }
    int length = HEADER + (in.getUnsignedMedium(index) & LENGTH_BITS);
    if (isInStep()) {
      return length;
    }
    if (in.writerIndex() - index < length + HEADER) {
      return MORE;
    }
    return isHeader(in, index + length) ? length : 0;
  }

  private static boolean isHeader(ByteBuf in, int index) {
    return (in.getUnsignedShort(index) & SYNC_BITS) == SYNC;
  }

  @Override
  void frame(ByteBuf in, int index, int length, long time) {
    ByteBuf element = in.slice(index + HEADER, length - HEADER);
    if (time != NO_TIME) {
      said = time;
      unread = 0;
    }
    unread++;
    long[] next = {time};
    reader.read(
        element,
        (audio, bit, bytes, whole) -> {
          long at = next[0] == NO_TIME ? behindUnread(audio) : next[0];
          unread = 0;
          unit(audio, LatmReader.bytes(element, bit, bytes), bytes < whole, at);
          next[0] = NO_TIME;
        });
  }

  /** Behind elements of which nothing could be read: those before the first configuration. */
  private long behindUnread(AudioSpecificConfig audio) {
    StreamMuxConfig config = reader.config();
    if (unread < 2 || said == NO_TIME || config == null) {
      return NO_TIME;
    }
    long units = (unread - 1L) * config.subFrames();
    return said + Math.round(units * audio.frameSamples() * SECOND / audio.coreRate());
  }

  private void unit(AudioSpecificConfig audio, ByteBuf bytes, boolean damaged, long time) {
    if (!format().parameterSets().contains(audio.bytes())) {
      format(audio.format(CLOCK_RATE));
    }
    int duration = (int) ((long) audio.frameSamples() * CLOCK_RATE / audio.coreRate());
    emit(bytes, duration, damaged, time, (double) audio.frameSamples() / audio.coreRate());
  }
}

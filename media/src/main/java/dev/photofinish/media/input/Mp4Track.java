package dev.photofinish.media.input;

import dev.photofinish.rtp.format.Codec;
import dev.photofinish.rtp.format.Frame;
import dev.photofinish.rtp.format.FrameFormat;
import dev.photofinish.rtp.format.FrameTime;
import dev.photofinish.rtp.format.RandomAccess;
import dev.photofinish.rtp.format.StreamParser;
import dev.photofinish.rtp.format.StreamParsers;
import dev.photofinish.rtp.format.Ticks;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A track of an MP4: its samples in decoding order, and the frames that they are. */
final class Mp4Track {
  private static final byte[] START_CODE = {0, 0, 0, 1};

  /** What samples of fragments have that do not say it (trex, tfhd). */
  record Defaults(int duration, int size) {}

  /**
   * What a track's boxes say.
   *
   * @param lengthBytes of a NAL unit's length; 0 of other codecs
   * @param heads parameter sets: NAL units in Annex B, OBUs of AV1
   * @param shift ticks from the media's time to the presentation's (edit list)
   */
  record Description(
      int id,
      int timescale,
      FrameFormat format,
      int lengthBytes,
      ByteBuf heads,
      long shift,
      Defaults defaults) {}

  private final int number;
  private final @Nullable Description description;
  private final @Nullable String problem;
  private final @Nullable Mp4SampleTable table;
  private final Queue<Mp4Sample> fragments = new ArrayDeque<>();
  private Consumer<? super Frame> output = Frame::release;
  private @Nullable StreamParser parser;

  /** Taken, and no part of the sample before it. */
  private @Nullable Mp4Sample ahead;

  private long fragmentTime;

  private Mp4Track(
      int number,
      @Nullable Description description,
      @Nullable Mp4SampleTable table,
      @Nullable String problem) {
    this.number = number;
    this.description = description;
    this.table = table;
    this.problem = problem;
  }

  static Mp4Track of(int number, Description description, Mp4SampleTable table) {
    return new Mp4Track(number, description, table, null);
  }

  static Mp4Track leftOut(String problem) {
    return new Mp4Track(-1, null, null, problem);
  }

  /** Why it is not read; null where it is. */
  @Nullable String problem() {
    return problem;
  }

  private Description description() {
    if (description == null) {
      throw new IllegalStateException("a track that is not read: " + problem);
    }
    return description;
  }

  int id() {
    return description().id();
  }

  Defaults defaults() {
    return description().defaults();
  }

  /** Its format, with the parameter sets of its description. */
  FrameFormat format() {
    return description().format();
  }

  void outputTo(Consumer<? super Frame> frames) {
    output = frames;
    Codec codec = format().codec();
    if (codec.hasNalUnits() || codec == Codec.AV1) {
      parser = StreamParsers.of(number, codec, frames).orElseThrow();
      parser.bytes(description().heads(), StreamParser.NO_TIME);
    }
    if (parser != null && codec == Codec.AV1) {
      parser.end(); // samples have the sequence header again where they need it
    }
  }

  // ---- Samples

  boolean hasNext() {
    return ahead != null || hasMore();
  }

  private boolean hasMore() {
    return !fragments.isEmpty() || (table != null && table.hasNext());
  }

  long decodeNanos() {
    if (ahead != null) {
      return nanos(ahead.decodeTime());
    }
    Mp4Sample next = fragments.peek();
    return nanos(table != null && table.hasNext() ? table.decodeTime() : time(next));
  }

  private static long time(@Nullable Mp4Sample sample) {
    return sample == null ? 0 : sample.decodeTime();
  }

  /** The next sample; of those that are some bytes each, as many as a frame may have. */
  Mp4Sample take() {
    Mp4Sample first = ahead == null ? takeOne() : ahead;
    ahead = null;
    int joined = Mp4Sound.joined(format());
    int size = first.size();
    while (size >= 0 && size < joined && hasMore()) {
      Mp4Sample next = takeOne();
      if (next.offset() != first.offset() + size || next.size() < 0 || next.size() > joined) {
        ahead = next;
        break;
      }
      size += next.size();
    }
    return new Mp4Sample(first.offset(), size, first.decodeTime(), first.composition());
  }

  private Mp4Sample takeOne() {
    return table != null && table.hasNext() ? table.take() : fragments.remove();
  }

  /** The next fragment begins at a decoding time. */
  void fragmentAt(long time) {
    fragmentTime = time;
  }

  /** Samples of fragments that were not taken yet. */
  int waiting() {
    return fragments.size();
  }

  void add(long offset, int size, long duration, int composition) {
    fragments.add(new Mp4Sample(offset, size, fragmentTime, composition));
    fragmentTime += duration;
  }

  private long nanos(long ticks) {
    return Ticks.nanos(ticks, description().timescale());
  }

  // ---- Frames

  /** Gives the frame of a sample to the output. */
  void frame(ByteBuf bytes, Mp4Sample sample) throws MediaFormatException {
    Description known = description();
    long time = nanos(sample.decodeTime() + sample.composition() + known.shift());
    if (parser != null) {
      boolean hasLengths = known.lengthBytes() > 0;
      parser.bytes(hasLengths ? annexB(bytes, known.lengthBytes()) : bytes, time);
      parser.end();
    } else {
      output.accept(
          Frame.of(number, known.format(), bytes, new int[0], 0, RandomAccess.IDR, false)
              .at(new FrameTime(time, true, null, false)));
    }
  }

  /** Start codes in the place of lengths (ISO/IEC 14496-15 section 5.3.4.2). */
  private static ByteBuf annexB(ByteBuf in, int lengthBytes) throws MediaFormatException {
    ByteBuf out = Unpooled.buffer(in.readableBytes() + 64);
    while (in.readableBytes() > lengthBytes) {
      long length =
          switch (lengthBytes) {
            case 1 -> in.readUnsignedByte();
            case 2 -> in.readUnsignedShort();
            default -> in.readUnsignedInt();
          };
      if (length > in.readableBytes()) {
        throw new MediaFormatException(
            "a NAL unit has " + length + " bytes; expected at most " + in.readableBytes());
      }
      out.writeBytes(START_CODE).writeBytes(in, (int) length);
    }
    return out;
  }
}

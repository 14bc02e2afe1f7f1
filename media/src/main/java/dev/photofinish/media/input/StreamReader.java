package dev.photofinish.media.input;

import dev.photofinish.rtp.format.Codec;
import dev.photofinish.rtp.format.Frame;
import dev.photofinish.rtp.format.FrameFormat;
import dev.photofinish.rtp.format.PresentationOrder;
import dev.photofinish.rtp.format.StreamParser;
import dev.photofinish.rtp.format.StreamParsers;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** Reads bytes from their beginning to their end: elementary streams and transport streams. */
abstract class StreamReader extends MediaReader {
  private static final int PART = 1 << 14;

  /** So much is read until all media are described; what is not by then is left out. */
  private static final int MOST_BEFORE = 16 << 20;

  private final InputStream in;
  private final byte[] part = new byte[PART];
  private final Queue<Frame> frames = new ArrayDeque<>();
  private final List<Medium> media = new ArrayList<>();
  private final List<String> leftOut = new ArrayList<>();
  private List<FrameFormat> formats = List.of();
  private boolean over;

  StreamReader(InputStream in) {
    this.in = in;
  }

  static StreamReader of(InputFormat format, InputStream in) throws MediaFormatException {
    return switch (format) {
      case H264 -> new ElementaryReader(in, Codec.H264);
      case H265 -> new ElementaryReader(in, Codec.H265);
      case ADTS -> new ElementaryReader(in, Codec.AAC);
      case MPEG_TS -> new TsReader(in);
      case MP4 ->
          throw new MediaFormatException(
              "MP4 cannot be read from a pipe; expected a file, or MPEG-TS in the pipe");
    };
  }

  /** One media of the stream. */
  static final class Medium {
    private final StreamParser parser;
    private final @Nullable PresentationOrder order;
    private final String name;
    private int number = -1;

    Medium(StreamParser parser, @Nullable PresentationOrder order, String name) {
      this.parser = parser;
      this.order = order;
      this.name = name;
    }

    private void end() {
      parser.end();
      if (order != null) {
        order.end();
      }
    }

    StreamParser parser() {
      return parser;
    }

    boolean isDescribed() {
      FrameFormat format = parser.format();
      if (format.codec().kind() == Codec.Kind.AUDIO) {
        return format.sampleRate() > 0;
      }
      boolean hasSets = format.codec() == Codec.MPEG2_VIDEO || !format.parameterSets().isEmpty();
      return hasSets && format.width() > 0;
    }
  }

  /** Adds a media of a codec that has a parser. */
  final Medium add(Codec codec, String name) {
    StreamParser parser = StreamParsers.of(media.size(), codec, frames::add).orElseThrow();
    return add(new Medium(parser, null, name));
  }

  /** Adds AAC as LATM. */
  final Medium addLatm() {
    return add(new Medium(StreamParsers.latm(media.size(), frames::add), null, "AAC as LATM"));
  }

  /** Adds Opus with control headers. */
  final Medium addOpus(int channels) {
    return add(new Medium(StreamParsers.opus(media.size(), channels, frames::add), null, "Opus"));
  }

  /** Adds a media of a codec that has a parser, whose frames have no times of their own. */
  final Medium addUntimed(Codec codec, String name) {
    PresentationOrder order = new PresentationOrder(frames::add);
    StreamParser parser = StreamParsers.of(media.size(), codec, order::frame).orElseThrow();
    return add(new Medium(parser, order, name));
  }

  private Medium add(Medium medium) {
    media.add(medium);
    return medium;
  }

  final void leaveOut(String problem) {
    leftOut.add(problem);
  }

  /** Takes what was read; it stays the caller's. */
  abstract void bytes(ByteBuf read) throws MediaFormatException;

  /** Whether it is known which media there are. */
  abstract boolean isMapped();

  /** Reads until all media are described. */
  final void describe() throws IOException {
    long read = 0;
    while (!isComplete() && !over && read < MOST_BEFORE) {
      read += read();
    }
    List<FrameFormat> described = new ArrayList<>();
    for (Medium medium : media) {
      if (medium.isDescribed()) {
        medium.number = described.size();
        described.add(medium.parser.format());
      } else {
        leftOut.add(medium.name + " has no frame that describes it");
      }
    }
    if (described.isEmpty()) {
      String why = leftOut.isEmpty() ? "" : ": " + String.join(", ", leftOut);
      throw new MediaFormatException("there are no media that can be read" + why);
    }
    formats = List.copyOf(described);
  }

  private boolean isComplete() {
    return isMapped() && !media.isEmpty() && media.stream().allMatch(Medium::isDescribed);
  }

  private int read() throws IOException {
    int count = in.read(part);
    if (count < 0) {
      over = true;
      media.forEach(Medium::end);
      return 0;
    }
    bytes(Unpooled.wrappedBuffer(part, 0, count));
    return count;
  }

  @Override
  public final List<FrameFormat> formats() {
    return formats;
  }

  @Override
  public final List<String> leftOut() {
    return List.copyOf(leftOut);
  }

  @Override
  public final Optional<Frame> next() throws IOException {
    while (true) {
      Frame frame = frames.poll();
      if (frame == null && over) {
        return Optional.empty();
      }
      if (frame == null) {
        read();
        continue;
      }
      int number = media.get(frame.track()).number;
      if (number >= 0) {
        return Optional.of(frame.withTrack(number));
      }
      frame.release();
    }
  }

  @Override
  public final void close() throws IOException {
    for (Medium medium : media) {
      if (medium.order != null) {
        medium.order.release();
      }
    }
    frames.forEach(Frame::release);
    frames.clear();
    over = true;
    in.close();
  }
}

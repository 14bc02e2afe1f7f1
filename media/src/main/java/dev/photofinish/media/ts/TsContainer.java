package dev.photofinish.media.ts;

import dev.photofinish.media.codec.Aac;
import dev.photofinish.media.codec.ElementaryStream;
import dev.photofinish.media.container.Container;
import dev.photofinish.media.container.Sample;
import dev.photofinish.media.container.Track;
import dev.photofinish.rtp.format.Codec;
import dev.photofinish.rtp.format.Frame;
import dev.photofinish.rtp.format.FrameFormat;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Optional;

/**
 * An MPEG transport stream: H.264, H.265, H.266, MPEG-1/2 and MPEG-4 video; AAC as ADTS, MPEG
 * audio, AC-3, Opus; KLV. A camera's own transport stream passes as it is. Access unit delimiters
 * are inserted, parameter sets stand before each key frame. Tables come with key frames and at
 * least each 100 ms of the stream, and so does the clock.
 */
public final class TsContainer implements Container {
  private static final int RATE = 90_000;

  /** What is 0 in the stream, so that all times, decode times and the clock too, are above 0. */
  private static final long START = RATE * 14L / 10;

  /** Between the arrival of a picture and its decoding, for the decoder's buffer. */
  private static final long CLOCK_BEFORE = RATE * 7L / 10;

  /** ISO/IEC 13818-1 section 2.7.2. */
  private static final long CLOCK_EVERY = RATE / 10;

  /** A longer gap is not filled with packets for the clock. */
  private static final long LONGEST_GAP = 10L * RATE;

  /** Of PES packets that say their length. */
  private static final int MOST_LENGTH = 0xffff;

  private static final long NEVER = Long.MIN_VALUE / 2;

  private final PacketWriter packets = new PacketWriter();
  private List<Track> tracks = List.of();
  private boolean hasStream;
  private boolean hasMedia;
  private int version = -1;
  private int clockIndex;
  private long tablesAt = NEVER;
  private long clockAt = NEVER;

  /** A stream of one program. */
  public TsContainer() {}

  @Override
  public String extension() {
    return "ts";
  }

  @Override
  public String contentType(List<Track> of) {
    return "video/mp2t";
  }

  @Override
  public Optional<String> problem(FrameFormat format) {
    boolean isStream = isStream(format);
    if (isStream ? hasMedia : hasStream) {
      return Optional.of("a transport stream of the camera cannot be mixed with other media");
    }
    Optional<String> problem = isStream ? Optional.empty() : problemOfMedia(format);
    hasStream |= isStream;
    hasMedia |= !isStream && problem.isEmpty();
    return problem;
  }

  private static boolean isStream(FrameFormat format) {
    return format.codec() == Codec.MPEG_TS;
  }

  private static Optional<String> problemOfMedia(FrameFormat format) {
    if (StreamType.of(format.codec()).isEmpty()) {
      return Optional.of(format.codec() + " has no standard form in an MPEG transport stream");
    }
    if (format.codec() == Codec.OPUS && !OpusInTs.isPossible(format)) {
      return Optional.of("Opus of more than 2 channels is not supported in MPEG transport streams");
    }
    return format.codec() == Codec.AAC && !Aac.of(format).fitsAdts()
        ? Optional.of("this kind of AAC has no form in an MPEG transport stream (ADTS)")
        : Optional.empty();
  }

  @Override
  public boolean isDescribed(FrameFormat format, ByteBuf head) {
    return ElementaryStream.isDescribed(format);
  }

  @Override
  public boolean continues(FrameFormat current, FrameFormat next) {
    return current.codec() == next.codec()
        && (next.codec() != Codec.OPUS || current.channels() == next.channels()); // in the tables
  }

  @Override
  public int timescale(FrameFormat format) {
    return RATE;
  }

  /** Nothing: tables stand in the stream, and begin again. */
  @Override
  public ByteBuf header(List<Track> of) {
    tracks = of;
    version++;
    tablesAt = NEVER;
    clockAt = NEVER;
    clockIndex = 0;
    for (Track track : of) {
      if (track.format().codec().kind() == Codec.Kind.VIDEO) {
        clockIndex = track.index();
        break;
      }
    }
    return Unpooled.EMPTY_BUFFER;
  }

  @Override
  public void fragment(List<Sample> samples, CompositeByteBuf out) {
    if (hasStream) {
      samples.forEach(s -> out.addComponent(true, s.frame().content().retainedDuplicate()));
      return;
    }
    int bytes = 0;
    for (Sample sample : samples) {
      bytes += sample.frame().content().readableBytes() + 4 * PacketWriter.PACKET_BYTES;
    }
    ByteBuf made = Unpooled.buffer(bytes + bytes / 40); // headers are 4 of 188 bytes
    for (Sample sample : samples) {
      sample(sample, made);
    }
    out.addComponent(true, made);
  }

  private void sample(Sample sample, ByteBuf out) {
    Track track = sample.track();
    boolean main = track.index() == clockIndex;
    long decode = sample.decodeTime() + START;
    boolean key = sample.frame().isKeyFrame();
    if ((main && key && track.format().codec().kind() == Codec.Kind.VIDEO)
        || decode - tablesAt >= CLOCK_EVERY) {
      tables(out);
      tablesAt = decode;
    }
    long clock = decode - CLOCK_BEFORE;
    fillClock(main ? clock - 1 : clock, out);
    boolean carries = main && clock > clockAt;
    if (carries) {
      clockAt = clock;
    }
    ByteBuf packet = packet(sample, decode);
    long carried = carries ? clock : PacketWriter.NO_CLOCK;
    packets.write(ProgramTables.pid(track), packet, carried, key, out);
    packet.release();
  }

  private void tables(ByteBuf out) {
    int clockPid = ProgramTables.pid(tracks.get(clockIndex));
    write(ProgramTables.ASSOCIATION_PID, ProgramTables.association(), out);
    write(ProgramTables.MAP_PID, ProgramTables.map(tracks, clockPid, version), out);
  }

  private void write(int pid, ByteBuf payload, ByteBuf out) {
    packets.write(pid, payload, PacketWriter.NO_CLOCK, false, out);
    payload.release();
  }

  /** Packets with the clock alone, where pictures are too far from each other. */
  private void fillClock(long until, ByteBuf out) {
    if (clockAt == NEVER || until - clockAt > LONGEST_GAP) {
      return;
    }
    while (until - clockAt >= CLOCK_EVERY) {
      clockAt += CLOCK_EVERY;
      packets.clock(ProgramTables.pid(tracks.get(clockIndex)), clockAt, out);
    }
  }

  /** The PES packet of a frame (section 2.4.3.6). */
  private static ByteBuf packet(Sample sample, long decode) {
    CompositeByteBuf data = Unpooled.compositeBuffer(Integer.MAX_VALUE);
    Frame frame = sample.frame();
    boolean video = frame.codec().kind() == Codec.Kind.VIDEO;
    if (frame.codec() == Codec.OPUS) {
      data.addComponent(true, OpusInTs.controlHeader(frame.content().readableBytes()));
    }
    ElementaryStream.append(frame, video, data);
    long time = Math.max(decode, sample.time() + START);
    boolean both = time != decode;
    int fields = both ? 10 : 5;
    int length = 3 + fields + data.readableBytes();
    ByteBuf header = Unpooled.buffer(19);
    header.writeMedium(1);
    header.writeByte(StreamType.of(frame.codec()).orElseThrow().streamId());
    header.writeShort(video || length > MOST_LENGTH ? 0 : length);
    header.writeByte(0x84).writeByte(both ? 0xc0 : 0x80).writeByte(fields); // data are aligned
    time(both ? 3 : 2, time, header);
    if (both) {
      time(1, decode, header);
    }
    CompositeByteBuf packet = Unpooled.compositeBuffer(Integer.MAX_VALUE);
    packet.addComponent(true, header);
    packet.addComponent(true, data);
    return packet;
  }

  private static void time(int prefix, long ticks, ByteBuf out) {
    out.writeByte(prefix << 4 | ((int) (ticks >> 29) & 0xe) | 1);
    out.writeShort(((int) (ticks >> 14) & 0xfffe) | 1);
    out.writeShort(((int) (ticks << 1) & 0xfffe) | 1);
  }
}

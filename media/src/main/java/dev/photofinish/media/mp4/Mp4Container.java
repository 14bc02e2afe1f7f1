package dev.photofinish.media.mp4;

import dev.photofinish.media.codec.CodecStrings;
import dev.photofinish.media.container.Container;
import dev.photofinish.media.container.Sample;
import dev.photofinish.media.container.Track;
import dev.photofinish.rtp.format.Codec;
import dev.photofinish.rtp.format.FrameFormat;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Fragmented MP4, for files, HLS and Media Source Extensions: H.264, H.265, AV1, VP8, VP9, MPEG-4
 * visual, JPEG; AAC, Opus, FLAC, MP3, AC-3, G.711, L16 and L24. Each fragment is a moof and an
 * mdat.
 *
 * <p>Times are those of {@link Sample}. Where frames are not in the order of their times, all times
 * of all tracks are moved so that the first decode time is not below 0: then the first picture is
 * shown some pictures after 0. Neither edit lists nor negative composition offsets do the same,
 * because players differ in both.
 */
public final class Mp4Container implements Container {
  private static final long SECOND = 1_000_000_000L;
  private static final int VIDEO_RATE = 90_000;
  private static final int DATA_OFFSET = 0x1;
  private static final int DURATION_SIZE_FLAGS = 0x700;
  private static final int COMPOSITION_OFFSET = 0x800;
  private static final int DEFAULT_BASE_IS_MOOF = 0x2_0000;
  private static final int SYNC = 0x200_0000;

  /** Depends on others, and is not sync. */
  private static final int NOT_SYNC = 0x101_0000;

  private final boolean inBand;
  private final boolean reserved;
  private final SampleData data;

  /** By which all times are moved, in nanoseconds; below 0 before it is known. */
  private long moved = -1;

  private int sequence;

  /** With parameter sets in the sample entry alone (avc1, hvc1): the form that all players read. */
  public Mp4Container() {
    this(false, false);
  }

  private Mp4Container(boolean inBand, boolean reserved) {
    this.inBand = inBand;
    this.reserved = reserved;
    this.data = new SampleData(inBand);
  }

  /**
   * With parameter sets in the stream too (avc3, hev1): a change of them, and of the size of other
   * video but MPEG-4 visual, needs no new header, for a pipe that cannot begin again.
   */
  public static Mp4Container withParameterSetsInBand() {
    return new Mp4Container(true, false);
  }

  /**
   * For a file whose length is written into its header when it is finished: the first box of mvex
   * is a free one of 20 bytes, the place of an mehd of version 1.
   */
  public static Mp4Container withPlaceForLength() {
    return new Mp4Container(false, true);
  }

  @Override
  public String extension() {
    return "mp4";
  }

  @Override
  public String contentType(List<Track> tracks) {
    boolean video =
        tracks.stream().anyMatch(track -> track.format().codec().kind() == Codec.Kind.VIDEO);
    return (video ? "video" : "audio")
        + "/mp4; codecs=\""
        + tracks.stream()
            .map(track -> CodecStrings.of(track.format(), track.head(), inBand))
            .collect(Collectors.joining(", "))
        + "\"";
  }

  @Override
  public Optional<String> problem(FrameFormat format) {
    return SampleEntry.knows(format.codec())
        ? Optional.empty()
        : Optional.of(format.codec() + " cannot be put into MP4");
  }

  @Override
  public boolean isDescribed(FrameFormat format, ByteBuf head) {
    return SampleEntry.isDescribed(format, head);
  }

  @Override
  public boolean continues(FrameFormat current, FrameFormat next) {
    return inBand
        && current.codec() == next.codec()
        && describesItself(current.codec())
        && current.clockRate() == next.clockRate();
  }

  /** Whether its key frames say all that a decoder needs, so that their size may change. */
  private static boolean describesItself(Codec codec) {
    return codec.kind() == Codec.Kind.VIDEO && codec != Codec.MPEG4_VISUAL;
  }

  @Override
  public int timescale(FrameFormat format) {
    return format.clockRate() > 0 ? format.clockRate() : VIDEO_RATE;
  }

  /** The initialization segment: ftyp and moov. */
  @Override
  public ByteBuf header(List<Track> tracks) {
    moved = -1;
    return MovieBox.write(tracks, inBand, reserved);
  }

  @Override
  public void fragment(List<Sample> samples, CompositeByteBuf out) {
    if (moved < 0) {
      moved = samples.stream().mapToLong(Mp4Container::below).max().orElse(0);
    }
    SortedMap<Integer, List<Sample>> byTrack = new TreeMap<>();
    for (Sample sample : samples) {
      byTrack.computeIfAbsent(sample.track().index(), index -> new ArrayList<>()).add(sample);
    }
    CompositeByteBuf content = Unpooled.compositeBuffer(Integer.MAX_VALUE);
    ByteBuf movie = Unpooled.buffer(256 + 16 * samples.size());
    int start = Boxes.begin(movie, "moof");
    int header = Boxes.begin(movie, "mfhd", 0, 0);
    movie.writeInt(++sequence);
    Boxes.end(movie, header);
    List<Integer> offsets = new ArrayList<>();
    List<Integer> starts = new ArrayList<>();
    for (List<Sample> of : byTrack.values()) {
      starts.add(content.writerIndex());
      offsets.add(track(of, movie, content));
    }
    Boxes.end(movie, start);
    int first = movie.writerIndex() + 8;
    for (int i = 0; i < offsets.size(); i++) {
      movie.setInt(offsets.get(i), first + starts.get(i));
    }
    movie.writeInt(8 + content.readableBytes());
    Boxes.type(movie, "mdat");
    out.addComponent(true, movie);
    out.addComponent(true, content);
  }

  /** Nanoseconds of a decode time below 0. */
  private static long below(Sample sample) {
    long rate = sample.track().timescale();
    return Math.max(0, (-sample.decodeTime() * SECOND + rate - 1) / rate);
  }

  /** The traf of one track; returns where its data offset is to be written. */
  private int track(List<Sample> samples, ByteBuf movie, CompositeByteBuf content) {
    Sample first = samples.get(0);
    long shift = moved * first.track().timescale() / SECOND;
    int start = Boxes.begin(movie, "traf");
    int header = Boxes.begin(movie, "tfhd", 0, DEFAULT_BASE_IS_MOOF);
    movie.writeInt(MovieBox.id(first.track()));
    Boxes.end(movie, header);
    int time = Boxes.begin(movie, "tfdt", 1, 0);
    movie.writeLong(Math.max(0, first.decodeTime() + shift));
    Boxes.end(movie, time);
    boolean reordered = samples.stream().anyMatch(sample -> sample.time() != sample.decodeTime());
    int flags = DATA_OFFSET | DURATION_SIZE_FLAGS | (reordered ? COMPOSITION_OFFSET : 0);
    int run = Boxes.begin(movie, "trun", 1, flags);
    movie.writeInt(samples.size());
    int offset = movie.writerIndex();
    movie.writeInt(0);
    for (Sample sample : samples) {
      movie.writeInt((int) sample.duration());
      movie.writeInt(data.append(sample.frame(), content));
      movie.writeInt(sample.frame().isKeyFrame() ? SYNC : NOT_SYNC);
      if (reordered) {
        movie.writeInt((int) (sample.time() - sample.decodeTime()));
      }
    }
    Boxes.end(movie, run);
    Boxes.end(movie, start);
    return offset;
  }
}

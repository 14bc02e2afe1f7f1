package dev.photofinish.media.input;

import dev.photofinish.media.box.BoxReader;
import dev.photofinish.rtp.format.AudioSpecificConfig;
import dev.photofinish.rtp.format.Codec;
import dev.photofinish.rtp.format.Frame;
import dev.photofinish.rtp.format.FrameFormat;
import dev.photofinish.rtp.format.H264Sps;
import dev.photofinish.rtp.format.H265Sps;
import dev.photofinish.rtp.format.NalSyntax;
import dev.photofinish.rtp.format.StreamParser;
import dev.photofinish.rtp.format.StreamParsers;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the description of a track: the boxes in trak, and its trex. */
final class Mp4TrackReader {
  private static final int VIDEO_ENTRY_BYTES = 78;
  private static final int AUDIO_ENTRY_BYTES = 28;
  private static final int MOST_SETS = 64;

  /** Object types of MPEG-2 and MPEG-1 audio. */
  private static final Set<Integer> MPEG_AUDIO = Set.of(0x69, 0x6b);

  private static final String CUT_OFF = "a box of a track ends within its fields";

  private final int number;
  private final ByteBuf movie;
  private final ByteBuf trak;

  /**
   * @param movie the content of moov
   * @param trak the content of the track
   */
  Mp4TrackReader(int number, ByteBuf movie, ByteBuf trak) {
    this.number = number;
    this.movie = movie;
    this.trak = trak;
  }

  /** The track; one that is not read says why. */
  Mp4Track read() throws MediaFormatException {
    try {
      return readUnchecked();
    } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
      throw new MediaFormatException(CUT_OFF);
    }
  }

  private Mp4Track readUnchecked() throws MediaFormatException {
    ByteBuf header = Mp4Box.find(trak, "tkhd");
    int id = header.getInt(header.getByte(0) == 1 ? 20 : 12);
    ByteBuf media = Mp4Box.find(trak, "mdia");
    ByteBuf mediaHeader = Mp4Box.find(media, "mdhd");
    int timescale = mediaHeader.getInt(mediaHeader.getByte(0) == 1 ? 20 : 12);
    if (timescale <= 0) {
      throw new MediaFormatException("a track has the time scale " + timescale);
    }
    ByteBuf table = Mp4Box.find(Mp4Box.find(media, "minf"), "stbl");
    ByteBuf entries = Mp4Box.find(table, "stsd");
    String type = entries.readableBytes() < 16 ? "none" : BoxReader.type(entries, 12);
    ByteBuf entry = entries.slice(8, entries.readableBytes() - 8);
    Optional<Entry> known =
        switch (type) {
          case "avc1", "avc3" -> Optional.of(avc(entry(entry, VIDEO_ENTRY_BYTES)));
          case "hvc1", "hev1" -> Optional.of(hevc(entry(entry, VIDEO_ENTRY_BYTES)));
          case "av01" -> Optional.of(av1(entry));
          case "mp4a" -> described(entry);
          default -> Mp4Sound.format(type, entry).map(Mp4TrackReader::plain);
        };
    if (known.isEmpty()) {
      return Mp4Track.leftOut(
          "the track of type "
              + type
              + " is not read; expected H.264, H.265, AV1, AAC, Opus, MP3, AC-3, G.711 or L16");
    }
    Entry e = known.get();
    Mp4Track.Description description =
        new Mp4Track.Description(
            id, timescale, e.format, e.lengthBytes, e.heads, shift(timescale), defaults(id));
    return Mp4Track.of(number, description, new Mp4SampleTable(table));
  }

  /** The sample entry without its box's header and fields: boxes. */
  private static ByteBuf entry(ByteBuf entries, int fields) {
    int size = (int) Math.min(entries.readableBytes(), entries.getUnsignedInt(0));
    return entries.slice(8 + fields, size - 8 - fields);
  }

  private record Entry(FrameFormat format, int lengthBytes, ByteBuf heads) {}

  /** Of a codec whose samples are frames as they are. */
  private static Entry plain(FrameFormat format) {
    return new Entry(format, 0, Unpooled.EMPTY_BUFFER);
  }

  /** ISO/IEC 14496-15 section 5.3.3.1. */
  private static Entry avc(ByteBuf boxes) throws MediaFormatException {
    ByteBuf config = Mp4Box.find(boxes, "avcC").slice();
    int lengthBytes = (config.skipBytes(4).readByte() & 3) + 1;
    List<ByteBuf> sets = new ArrayList<>();
    sets(config, config.readByte() & 0x1f, sets);
    sets(config, config.readUnsignedByte(), sets);
    FrameFormat format = FrameFormat.video(Codec.H264, 90_000).withParameterSets(sets);
    if (!sets.isEmpty() && NalSyntax.H264.type(sets.get(0)) == NalSyntax.H264.sequenceSet()) {
      H264Sps sps = H264Sps.of(sets.get(0));
      format = format.withSize(sps.width(), sps.height());
    }
    return new Entry(format, lengthBytes, heads(sets));
  }

  /** ISO/IEC 14496-15 section 8.3.3.1. */
  private static Entry hevc(ByteBuf boxes) throws MediaFormatException {
    ByteBuf config = Mp4Box.find(boxes, "hvcC").slice();
    int lengthBytes = (config.skipBytes(21).readByte() & 3) + 1;
    List<ByteBuf> sets = new ArrayList<>();
    for (int arrays = config.readUnsignedByte(); arrays > 0; arrays--) {
      boolean isSet = NalSyntax.H265.isParameterSet(config.readByte() & 0x3f);
      sets(config, config.readUnsignedShort(), isSet ? sets : new ArrayList<>());
    }
    FrameFormat format = FrameFormat.video(Codec.H265, 90_000).withParameterSets(sets);
    for (ByteBuf set : sets) {
      if (NalSyntax.H265.type(set) == NalSyntax.H265.sequenceSet()) {
        H265Sps sps = H265Sps.of(set);
        format = format.withSize(sps.width(), sps.height());
      }
    }
    return new Entry(format, lengthBytes, heads(sets));
  }

  /**
   * AV1 in ISO BMFF section 2.3.3: the sequence header stands behind four bytes of av1C, or in the
   * samples alone.
   */
  private static Entry av1(ByteBuf entry) throws MediaFormatException {
    ByteBuf config = Mp4Box.find(entry(entry, VIDEO_ENTRY_BYTES), "av1C");
    ByteBuf heads = config.slice(4, config.readableBytes() - 4);
    StreamParser parser = StreamParsers.of(0, Codec.AV1, Frame::release).orElseThrow();
    parser.bytes(heads, StreamParser.NO_TIME);
    parser.end();
    FrameFormat format = parser.format();
    return new Entry(
        format.parameterSets().isEmpty()
            ? format.withSize(entry.getUnsignedShort(32), entry.getUnsignedShort(34))
            : format,
        0,
        heads);
  }

  private static void sets(ByteBuf in, int count, List<ByteBuf> sets) throws MediaFormatException {
    for (int i = 0; i < count; i++) {
      byte[] set = new byte[in.readUnsignedShort()];
      in.readBytes(set);
      if (sets.size() >= MOST_SETS) {
        throw new MediaFormatException("a track has more than 64 parameter sets");
      }
      sets.add(FrameFormat.parameterSet(set));
    }
  }

  private static ByteBuf heads(List<ByteBuf> sets) {
    ByteBuf heads = Unpooled.buffer();
    for (ByteBuf set : sets) {
      heads.writeInt(1).writeBytes(set, set.readerIndex(), set.readableBytes());
    }
    return heads;
  }

  /**
   * The esds box (ISO/IEC 14496-1 section 7.2.6): the object type is in tag 4, AAC's
   * AudioSpecificConfig in tag 5.
   */
  private static Optional<Entry> described(ByteBuf entry) throws MediaFormatException {
    ByteBuf boxes = entry(entry, AUDIO_ENTRY_BYTES + quickTimeBytes(entry));
    ByteBuf wave = Mp4Box.find(boxes, "wave");
    ByteBuf in = Mp4Box.find(wave.isReadable() ? wave : boxes, "esds").slice();
    in.skipBytes(4);
    while (in.isReadable()) {
      int tag = in.readUnsignedByte();
      int length = descriptorLength(in);
      switch (tag) {
        case 3 -> {
          int flags = in.skipBytes(2).readUnsignedByte();
          in.skipBytes((flags & 0x80) != 0 ? 2 : 0);
          in.skipBytes((flags & 0x40) != 0 ? in.readUnsignedByte() : 0);
          in.skipBytes((flags & 0x20) != 0 ? 2 : 0);
        }
        case 4 -> {
          int type = in.readUnsignedByte();
          if (MPEG_AUDIO.contains(type)) {
            return Mp4Sound.format(Mp4Sound.MP3, entry).map(Mp4TrackReader::plain);
          }
          in.skipBytes(12);
        }
        case 5 -> {
          byte[] config = new byte[Math.min(length, in.readableBytes())];
          in.readBytes(config);
          return AudioSpecificConfig.parse(config).map(c -> plain(c.format(c.sampleRate())));
        }
        default -> in.skipBytes(Math.min(length, in.readableBytes()));
      }
    }
    return Optional.empty();
  }

  /** QuickTime's sound descriptions of version 1 and 2 have more fields before their boxes. */
  private static int quickTimeBytes(ByteBuf entry) {
    return switch (entry.getUnsignedShort(16)) {
      case 1 -> 16;
      case 2 -> 36;
      default -> 0;
    };
  }

  private static int descriptorLength(ByteBuf in) {
    int length = 0;
    for (int i = 0; i < 4; i++) {
      int b = in.readUnsignedByte();
      length = length << 7 | (b & 0x7f);
      if (b < 0x80) {
        break;
      }
    }
    return length;
  }

  /** The edit list's (section 8.6.6) beginning: an empty edit, then where the media begins. */
  private long shift(int timescale) throws MediaFormatException {
    ByteBuf list = Mp4Box.find(Mp4Box.find(trak, "edts"), "elst");
    if (list.readableBytes() < 8) {
      return 0;
    }
    boolean wide = list.getByte(0) == 1;
    int entryBytes = wide ? 20 : 12;
    long count = Math.min(list.getUnsignedInt(4), 2);
    ByteBuf movieHeader = Mp4Box.find(movie, "mvhd");
    int movieScale = Math.max(1, movieHeader.getInt(movieHeader.getByte(0) == 1 ? 20 : 12));
    long shift = 0;
    for (int i = 0; i < count; i++) {
      int at = 8 + i * entryBytes;
      long duration = wide ? list.getLong(at) : list.getUnsignedInt(at);
      long from = wide ? list.getLong(at + 8) : list.getInt(at + 4);
      if (from >= 0) {
        return shift - from;
      }
      shift += duration * timescale / movieScale;
    }
    return shift;
  }

  private Mp4Track.Defaults defaults(int id) throws MediaFormatException {
    int[] found = new int[2];
    Mp4Box.forEach(
        Mp4Box.find(movie, "mvex"),
        (type, trex) -> {
          if (type.equals("trex") && trex.getInt(4) == id) {
            found[0] = trex.getInt(12);
            found[1] = trex.getInt(16);
          }
        });
    return new Mp4Track.Defaults(found[0], found[1]);
  }
}

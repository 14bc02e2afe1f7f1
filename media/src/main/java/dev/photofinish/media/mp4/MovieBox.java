package dev.photofinish.media.mp4;

import dev.photofinish.media.container.Track;
import dev.photofinish.rtp.format.Codec;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The initialization segment: ftyp and moov, the tables of samples empty, fragments announced. */
final class MovieBox {
  private static final int MOVIE_TIMESCALE = 1000;

  /** Of mehd in version 1, without size and type. */
  private static final int MOVIE_EXTENDS_HEADER_BYTES = 12;

  private static final int ONE = 1 << 16;
  private static final int UNDETERMINED_LANGUAGE = 0x55c4;

  private MovieBox() {}

  /**
   * @param reserved whether a free box has the place of mehd, which needs the length of all
   */
  static ByteBuf write(List<Track> tracks, boolean inBand, boolean reserved) {
    ByteBuf out = Unpooled.buffer(1024);
    int type = Boxes.begin(out, "ftyp");
    Boxes.type(out, "iso6");
    out.writeInt(1);
    Boxes.type(out, "iso6");
    Boxes.type(out, "mp41");
    if (tracks.stream().anyMatch(track -> track.format().codec() == Codec.AV1)) {
      Boxes.type(out, "av01");
    }
    Boxes.end(out, type);
    int movie = Boxes.begin(out, "moov");
    movieHeader(tracks.size(), out);
    for (Track track : tracks) {
      track(track, inBand, out);
    }
    int extends0 = Boxes.begin(out, "mvex");
    if (reserved) {
      int length = Boxes.begin(out, "free");
      out.writeZero(MOVIE_EXTENDS_HEADER_BYTES);
      Boxes.end(out, length);
    }
    for (Track track : tracks) {
      int defaults = Boxes.begin(out, "trex", 0, 0);
      out.writeInt(id(track)).writeInt(1).writeZero(12);
      Boxes.end(out, defaults);
    }
    Boxes.end(out, extends0);
    Boxes.end(out, movie);
    return out;
  }

  static int id(Track track) {
    return track.index() + 1;
  }

  private static void movieHeader(int tracks, ByteBuf out) {
    int start = Boxes.begin(out, "mvhd", 0, 0);
    out.writeZero(8).writeInt(MOVIE_TIMESCALE).writeInt(0); // no dates, no duration
    out.writeInt(ONE).writeShort(0x100).writeZero(10);
    matrix(out);
    out.writeZero(24).writeInt(tracks + 1);
    Boxes.end(out, start);
  }

  /** The identity. */
  private static void matrix(ByteBuf out) {
    out.writeInt(ONE).writeZero(12).writeInt(ONE).writeZero(12).writeInt(1 << 30);
  }

  private static void track(Track track, boolean inBand, ByteBuf out) {
    boolean video = track.format().codec().kind() == Codec.Kind.VIDEO;
    int start = Boxes.begin(out, "trak");
    int header = Boxes.begin(out, "tkhd", 0, 3);
    out.writeZero(8).writeInt(id(track)).writeZero(8);
    out.writeZero(8).writeShort(0).writeShort(0); // layer, alternate group
    out.writeShort(video ? 0 : 0x100).writeShort(0); // volume
    matrix(out);
    out.writeInt(track.format().width() << 16).writeInt(track.format().height() << 16);
    Boxes.end(out, header);
    int media = Boxes.begin(out, "mdia");
    mediaHeaders(track, video, out);
    int information = Boxes.begin(out, "minf");
    int mediaInformation = Boxes.begin(out, video ? "vmhd" : "smhd", 0, video ? 1 : 0);
    out.writeZero(video ? 8 : 4);
    Boxes.end(out, mediaInformation);
    dataInformation(out);
    sampleTable(track, inBand, out);
    Boxes.end(out, information);
    Boxes.end(out, media);
    Boxes.end(out, start);
  }

  private static void mediaHeaders(Track track, boolean video, ByteBuf out) {
    int header = Boxes.begin(out, "mdhd", 0, 0);
    out.writeZero(8).writeInt(track.timescale()).writeInt(0);
    out.writeShort(UNDETERMINED_LANGUAGE).writeShort(0);
    Boxes.end(out, header);
    int handler = Boxes.begin(out, "hdlr", 0, 0);
    out.writeInt(0);
    Boxes.type(out, video ? "vide" : "soun");
    out.writeZero(12);
    out.writeCharSequence(video ? "video" : "audio", StandardCharsets.US_ASCII);
    out.writeByte(0);
    Boxes.end(out, handler);
  }

  /** The data are in this file. */
  private static void dataInformation(ByteBuf out) {
    int start = Boxes.begin(out, "dinf");
    int references = Boxes.begin(out, "dref", 0, 0);
    out.writeInt(1);
    Boxes.end(out, Boxes.begin(out, "url ", 0, 1));
    Boxes.end(out, references);
    Boxes.end(out, start);
  }

  private static void sampleTable(Track track, boolean inBand, ByteBuf out) {
    int start = Boxes.begin(out, "stbl");
    int descriptions = Boxes.begin(out, "stsd", 0, 0);
    out.writeInt(1);
    SampleEntry.write(track, inBand, out);
    Boxes.end(out, descriptions);
    for (String type : List.of("stts", "stsc", "stsz", "stco")) {
      int table = Boxes.begin(out, type, 0, 0);
      out.writeZero(type.equals("stsz") ? 8 : 4);
      Boxes.end(out, table);
    }
    Boxes.end(out, start);
  }
}

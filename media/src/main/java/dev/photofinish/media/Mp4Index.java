package dev.photofinish.media;

import dev.photofinish.media.box.BoxReader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The index of a finished fragmented MP4 of ours: how long it is, in its header, and where its key
 * frames are, in a box at its end (ISO/IEC 14496-12 sections 8.8.2 and 8.8.9 to 8.8.11). Without
 * them a player reads all fragments to know that, or, where it cannot go back in the file, takes
 * the first one for all.
 *
 * <p>The length is in mehd, and in the media headers too, because FFmpeg and Chromium read no mehd.
 */
final class Mp4Index {
  /** Key frames that are named; with more it is each second one, each fourth one and so on. */
  static final int MOST_ENTRIES = 4096;

  private static final int SYNC = 0x200_0000;
  private static final int COMPOSITION_OFFSET = 0x800;
  private static final int MILLIS = 1000;
  private static final int ENTRY_BYTES = 19;

  private final ByteBuf header;
  private final List<Track> tracks = new ArrayList<>();

  /** The first video, or the first of all: its key frames are named. Null where there is none. */
  private final @Nullable Track main;

  private List<Entry> entries = new ArrayList<>();
  private int every = 1;
  private long keyFrames;

  /** A key frame that begins a fragment: its time, where its moof is, and which traf has it. */
  private record Entry(long time, long moof, int traf) {}

  private static final class Track {
    private final int id;
    private final boolean isVideo;

    /** A part of {@link #header}. */
    private final ByteBuf mediaHeader;

    /** In ticks of its own. */
    private long end;

    Track(int id, boolean isVideo, ByteBuf mediaHeader) {
      this.id = id;
      this.isVideo = isVideo;
      this.mediaHeader = mediaHeader;
    }

    long timescale() {
      return mediaHeader.getUnsignedInt(12);
    }
  }

  /**
   * @param header ftyp and moov as {@code Mp4Container} writes them; copied
   */
  Mp4Index(ByteBuf header) {
    this.header = Unpooled.copiedBuffer(header);
    each(find(this.header, "moov"), "trak", this::track);
    Track first = tracks.isEmpty() ? null : tracks.get(0);
    this.main = tracks.stream().filter(track -> track.isVideo).findFirst().orElse(first);
  }

  private void track(ByteBuf track) {
    ByteBuf trackHeader = find(track, "tkhd");
    ByteBuf media = find(track, "mdia");
    ByteBuf handler = find(media, "hdlr");
    ByteBuf mediaHeader = find(media, "mdhd");
    if (trackHeader.isReadable(16) && handler.isReadable(12) && mediaHeader.isReadable(20)) {
      boolean isVideo = BoxReader.type(handler, 8).equals("vide");
      tracks.add(new Track(trackHeader.getInt(12), isVideo, mediaHeader));
    }
  }

  private static ByteBuf find(ByteBuf in, String type) {
    ByteBuf[] found = {Unpooled.EMPTY_BUFFER};
    each(in, type, content -> found[0] = content);
    return found[0];
  }

  private static void each(ByteBuf in, String type, Consumer<ByteBuf> sink) {
    BoxReader boxes = new BoxReader(in);
    while (boxes.next()) {
      if (boxes.type().equals(type)) {
        sink.accept(boxes.content());
      }
    }
  }

  /**
   * Takes a fragment.
   *
   * @param content that begins with its moof; it stays the caller's
   * @param offset of the moof in the file
   */
  void fragment(ByteBuf content, long offset) {
    int[] traf = {0};
    each(find(content, "moof"), "traf", run -> run(run, offset, ++traf[0]));
  }

  private void run(ByteBuf traf, long moof, int number) {
    ByteBuf fragmentHeader = find(traf, "tfhd");
    ByteBuf time = find(traf, "tfdt");
    ByteBuf run = find(traf, "trun");
    if (!fragmentHeader.isReadable(8) || !time.isReadable(12) || !run.isReadable(12)) {
      return;
    }
    int id = fragmentHeader.getInt(4);
    Track track = tracks.stream().filter(of -> of.id == id).findFirst().orElse(null);
    if (track != null) {
      run(track, time.getLong(4), run, moof, number);
    }
  }

  private void run(Track track, long begin, ByteBuf run, long moof, int number) {
    boolean reordered = (run.readInt() & COMPOSITION_OFFSET) != 0;
    int samples = run.readInt();
    run.skipBytes(4); // data_offset
    long decode = begin;
    for (int i = 0; i < samples && run.isReadable(reordered ? 16 : 12); i++) {
      long duration = run.readUnsignedInt();
      int flags = run.skipBytes(4).readInt();
      long time = decode + (reordered ? run.readInt() : 0);
      track.end = Math.max(track.end, time + duration);
      decode += duration;
      if (i == 0 && flags == SYNC && track == main) {
        entry(new Entry(time, moof, number));
      }
    }
  }

  private void entry(Entry entry) {
    if (keyFrames++ % every != 0) {
      return;
    }
    entries.add(entry);
    if (entries.size() > MOST_ENTRIES) {
      List<Entry> kept = new ArrayList<>();
      for (int i = 0; i < entries.size(); i += 2) {
        kept.add(entries.get(i));
      }
      entries = kept;
      every *= 2;
    }
  }

  /** The header with the length, of as many bytes as before. */
  ByteBuf header() {
    long millis = 0;
    for (Track track : tracks) {
      long timescale = Math.max(1, track.timescale());
      millis = Math.max(millis, (track.end * MILLIS + timescale - 1) / timescale);
      if (track.end <= 0xffff_fffeL) { // else 0 stays there, and mehd alone says it
        track.mediaHeader.setInt(16, (int) track.end);
      }
    }
    ByteBuf extend = find(find(header, "moov"), "mvex");
    if (extend.isReadable(20) && extend.getInt(0) == 20 && isReserved(extend)) {
      extend.setCharSequence(4, "mehd", StandardCharsets.US_ASCII);
      extend.setInt(8, 1 << 24).setLong(12, millis); // version 1
    }
    return header.duplicate();
  }

  private static boolean isReserved(ByteBuf extend) {
    String type = BoxReader.type(extend, 4);
    return type.equals("free") || type.equals("mehd");
  }

  /** The mfra that belongs behind the last fragment; empty where no key frame is known. */
  ByteBuf end() {
    if (main == null || entries.isEmpty()) {
      return Unpooled.EMPTY_BUFFER;
    }
    int table = 24 + ENTRY_BYTES * entries.size();
    int all = 8 + table + 16;
    ByteBuf out = Unpooled.buffer(all);
    box(out, all, "mfra");
    box(out, table, "tfra");
    out.writeInt(1 << 24)
        .writeInt(main.id)
        .writeInt(0)
        .writeInt(entries.size()); // numbers of a byte
    for (Entry entry : entries) {
      out.writeLong(entry.time).writeLong(entry.moof);
      out.writeByte(entry.traf).writeByte(1).writeByte(1);
    }
    box(out, 16, "mfro");
    return out.writeInt(0).writeInt(all);
  }

  private static void box(ByteBuf out, int size, String type) {
    out.writeInt(size).writeCharSequence(type, StandardCharsets.US_ASCII);
  }
}

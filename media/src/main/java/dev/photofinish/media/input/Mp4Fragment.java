package dev.photofinish.media.input;

import io.netty.buffer.ByteBuf;
import java.util.List;

/** The samples of a track in a fragment (section 8.8). */
final class Mp4Fragment {
  private static final int MOST_SAMPLES = 1 << 20;

  private final Mp4Track track;
  private final long base;
  private final Mp4Track.Defaults defaults;
  private long offset;

  private Mp4Fragment(Mp4Track track, long base, Mp4Track.Defaults defaults) {
    this.track = track;
    this.base = base;
    this.defaults = defaults;
    this.offset = base;
  }

  /**
   * Adds the samples of a traf box to their track; those of tracks that are not read are left out.
   *
   * @param moof where the moof box begins in the file
   */
  static void read(ByteBuf traf, long moof, List<Mp4Track> tracks) throws MediaFormatException {
    ByteBuf header = Mp4Box.find(traf, "tfhd");
    Fields fields = new Fields(header);
    int flags = fields.flags();
    int id = fields.next();
    Mp4Track track = tracks.stream().filter(t -> t.id() == id).findFirst().orElse(null);
    if (track == null) {
      return;
    }
    long base = (flags & 1) != 0 ? fields.wide() : moof;
    fields.skip((flags & 2) != 0 ? 4 : 0); // sample_description_index
    Mp4Track.Defaults known = track.defaults();
    int duration = (flags & 8) != 0 ? fields.next() : known.duration();
    int size = (flags & 0x10) != 0 ? fields.next() : known.size();
    Mp4Fragment fragment = new Mp4Fragment(track, base, new Mp4Track.Defaults(duration, size));
    ByteBuf time = Mp4Box.find(traf, "tfdt");
    if (time.isReadable()) {
      Fields said = new Fields(time);
      track.fragmentAt(said.version() == 1 ? said.wide() : Integer.toUnsignedLong(said.next()));
    }
    Mp4Box.forEach(
        traf,
        (type, run) -> {
          if (type.equals("trun")) {
            fragment.run(run);
          }
        });
  }

  private void run(ByteBuf run) throws MediaFormatException {
    Fields fields = new Fields(run);
    int flags = fields.flags();
    long count = Integer.toUnsignedLong(fields.next());
    offset = (flags & 1) != 0 ? base + fields.next() : offset;
    fields.skip((flags & 4) != 0 ? 4 : 0); // first_sample_flags
    if (count > MOST_SAMPLES - track.waiting()) {
      throw new MediaFormatException("a fragment has more than " + MOST_SAMPLES + " samples");
    }
    for (int i = 0; i < count; i++) {
      int duration = (flags & 0x100) != 0 ? fields.next() : defaults.duration();
      int size = (flags & 0x200) != 0 ? fields.next() : defaults.size();
      fields.skip((flags & 0x400) != 0 ? 4 : 0); // sample_flags
      int composition = (flags & 0x800) != 0 ? fields.next() : 0;
      track.add(offset, size, Integer.toUnsignedLong(duration), composition);
      offset += Integer.toUnsignedLong(size);
    }
  }

  /** The fields behind a version and flags; a box that ends too soon is wrong. */
  private static final class Fields {
    private final ByteBuf in;

    Fields(ByteBuf in) throws MediaFormatException {
      this.in = in.slice();
      has(4);
      this.in.skipBytes(4);
    }

    private void has(int bytes) throws MediaFormatException {
      if (in.readableBytes() < bytes) {
        throw new MediaFormatException("a box of a fragment ends within its fields");
      }
    }

    int version() {
      return in.getByte(0);
    }

    int flags() {
      return in.getInt(0) & 0xff_ffff;
    }

    int next() throws MediaFormatException {
      has(4);
      return in.readInt();
    }

    long wide() throws MediaFormatException {
      has(8);
      return in.readLong();
    }

    void skip(int bytes) throws MediaFormatException {
      has(bytes);
      in.skipBytes(bytes);
    }
  }
}

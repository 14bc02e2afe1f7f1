package dev.photofinish.media;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The blocks of a fragmented MP4 of ours that a loss of power has kept from the disk: they are
 * zeros. No codec makes so many of them, but silence of uncompressed audio (L16, L24).
 */
final class LostBlocks {
  /** Of file systems, and of memory. */
  private static final int BLOCK = 4096;

  /** Of the last block of a file; fewer zeros an audio codec may have for padding. */
  private static final int LEAST = 512;

  private static final int MOST_MOOF_BYTES = 1 << 20;
  private static final int HEADER = 8;
  private static final Set<String> PARENTS =
      Set.of("moov", "trak", "mdia", "minf", "stbl", "moof", "traf");

  private final FileChannel channel;
  private final List<Boolean> silentByZeros = new ArrayList<>();
  private final ByteBuffer block = ByteBuffer.allocate(BLOCK);

  /**
   * @param header bytes before the first part
   */
  LostBlocks(FileChannel channel, long header) throws IOException {
    this.channel = channel;
    ByteBuffer box = ByteBuffer.allocate((int) Math.min(header, MOST_MOOF_BYTES));
    Leftover.read(channel, box, 0);
    boxes(box.flip(), "stsd", entry -> silentByZeros.add(isUncompressed(entry)));
  }

  /** Takes one box, whose content stands between position and limit. */
  private interface Sink {
    void box(ByteBuffer content);
  }

  /** By the type of the first entry: behind version, number of entries, and its size. */
  private static boolean isUncompressed(ByteBuffer descriptions) {
    if (descriptions.remaining() < 2 * HEADER) {
      return false;
    }
    String type = type(descriptions, HEADER + 4);
    return type.equals("twos") || type.equals("in24");
  }

  /** Whether one is between two places of the file, of which the first is that of a moof. */
  boolean isIn(long start, long end) throws IOException {
    for (long at = start / BLOCK * BLOCK; at < end; at += BLOCK) {
      int length = Leftover.read(channel, block.clear(), at);
      if (length >= LEAST && isZero(length) && !isSilence(at, at + length, start)) {
        return true;
      }
    }
    return false;
  }

  private boolean isZero(int length) {
    for (int i = 0; i < length; i++) {
      if (block.get(i) != 0) {
        return false;
      }
    }
    return true;
  }

  /** Whether all of it belongs to one run of uncompressed audio. */
  private boolean isSilence(long from, long to, long moof) throws IOException {
    if (!silentByZeros.contains(true)) {
      return false;
    }
    ByteBuffer size = ByteBuffer.allocate(4);
    Leftover.read(channel, size, moof);
    ByteBuffer box = ByteBuffer.allocate(Math.max(0, Math.min(size.getInt(0), MOST_MOOF_BYTES)));
    Leftover.read(channel, box, moof);
    boolean[] silence = {false};
    boxes(
        box.flip(),
        "traf",
        traf -> {
          int[] track = {0};
          boxes(traf.slice(), "tfhd", tfhd -> track[0] = track(tfhd));
          boxes(traf, "trun", run -> silence[0] |= covers(track[0], run, from - moof, to - moof));
        });
    return silence[0];
  }

  private static int track(ByteBuffer tfhd) {
    return tfhd.remaining() < HEADER ? 0 : tfhd.getInt(4);
  }

  /** Whether a run as {@code Mp4Container} writes it has these bytes, counted from its moof. */
  private boolean covers(int track, ByteBuffer run, long from, long to) {
    boolean known = track > 0 && track <= silentByZeros.size() && run.remaining() >= 12;
    if (!known || !silentByZeros.get(track - 1)) {
      return false;
    }
    boolean reordered = (run.getInt() & 0x800) != 0;
    int samples = run.getInt();
    long begin = run.getInt();
    long end = begin;
    int fields = reordered ? 4 : 3;
    for (int i = 0; i < samples && run.remaining() >= 4 * fields; i++) {
      end += run.getInt(run.position() + 4);
      run.position(run.position() + 4 * fields);
    }
    return from >= begin && to <= end;
  }

  /** Gives the boxes of a type, at any depth; ends where a box is none. */
  private static void boxes(ByteBuffer in, String wanted, Sink sink) {
    while (in.remaining() >= HEADER) {
      int size = in.getInt(in.position());
      String type = type(in, in.position() + 4);
      if (size < HEADER || size > in.remaining()) {
        return;
      }
      ByteBuffer content = in.slice(in.position() + HEADER, size - HEADER);
      in.position(in.position() + size);
      if (type.equals(wanted)) {
        sink.box(content);
      } else if (PARENTS.contains(type)) {
        boxes(content, wanted, sink);
      }
    }
  }

  private static String type(ByteBuffer in, int at) {
    byte[] bytes = new byte[4];
    in.get(at, bytes);
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}

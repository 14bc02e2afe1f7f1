package dev.photofinish.media;

import dev.photofinish.media.box.BoxReader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

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
    ByteBuf boxes = read(0, (int) Math.min(header, MOST_MOOF_BYTES));
    boxes(boxes, "stsd", entry -> silentByZeros.add(isUncompressed(entry)));
  }

  private ByteBuf read(long at, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(Math.max(0, length));
    Leftover.read(channel, bytes, at);
    return Unpooled.wrappedBuffer(bytes.flip());
  }

  /** By the type of the first entry: behind version, number of entries, and its size. */
  private static boolean isUncompressed(ByteBuf descriptions) {
    if (descriptions.readableBytes() < 16) {
      return false;
    }
    String type = BoxReader.type(descriptions, 12);
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
    ByteBuf size = read(moof, Integer.BYTES);
    int length = size.isReadable(Integer.BYTES) ? size.getInt(0) : 0;
    boolean[] silence = {false};
    boxes(
        read(moof, Math.min(length, MOST_MOOF_BYTES)),
        "traf",
        traf -> {
          int[] track = {0};
          boxes(traf, "tfhd", tfhd -> track[0] = track(tfhd));
          boxes(traf, "trun", run -> silence[0] |= covers(track[0], run, from - moof, to - moof));
        });
    return silence[0];
  }

  private static int track(ByteBuf tfhd) {
    return tfhd.isReadable(8) ? tfhd.getInt(4) : 0;
  }

  /** Whether a run as {@code Mp4Container} writes it has these bytes, counted from its moof. */
  private boolean covers(int track, ByteBuf run, long from, long to) {
    boolean known = track > 0 && track <= silentByZeros.size() && run.isReadable(12);
    if (!known || !silentByZeros.get(track - 1)) {
      return false;
    }
    boolean reordered = (run.readInt() & 0x800) != 0;
    int samples = run.readInt();
    long begin = run.readInt();
    long end = begin;
    int fields = reordered ? 4 : 3;
    for (int i = 0; i < samples && run.isReadable(4 * fields); i++) {
      end += run.getInt(run.readerIndex() + 4);
      run.skipBytes(4 * fields);
    }
    return from >= begin && to <= end;
  }

  /** Gives the content of each box of a type, at any depth; ends where a box is none. */
  private static void boxes(ByteBuf in, String wanted, Consumer<ByteBuf> sink) {
    BoxReader boxes = new BoxReader(in);
    while (boxes.next()) {
      if (boxes.type().equals(wanted)) {
        sink.accept(boxes.content());
      } else if (PARENTS.contains(boxes.type())) {
        boxes(boxes.content(), wanted, sink);
      }
    }
  }
}

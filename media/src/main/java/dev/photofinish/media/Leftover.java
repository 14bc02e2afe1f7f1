package dev.photofinish.media;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The end of a file that a killed process left behind. */
final class Leftover {
  private static final int BOX_HEADER_BYTES = 8;
  private static final int MOOF = 0x6d6f6f66;
  private static final int MDAT = 0x6d646174;

  private Leftover() {}

  /**
   * The bytes that are good.
   *
   * @param header before the first fragment
   * @param whole up to the end of the last whole part; not above {@code header} where there is none
   */
  record Good(long header, long whole) {
    boolean isUseful() {
      return whole > header;
    }
  }

  /** Cuts a file behind its last whole part. */
  static Good cut(Path file, RecordingContainer container) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      Good good =
          container == RecordingContainer.MP4
              ? fragments(channel)
              : new Good(0, new TsLeftover(channel).whole());
      channel.truncate(good.whole);
      return good;
    }
  }

  /** Walks over the boxes of the file itself: what counts are pairs of moof and mdat. */
  private static Good fragments(FileChannel channel) throws IOException {
    ByteBuffer box = ByteBuffer.allocate(BOX_HEADER_BYTES);
    long size = channel.size();
    long at = 0;
    long header = -1;
    long whole = 0;
    while (size - at >= BOX_HEADER_BYTES) {
      box.clear();
      while (box.hasRemaining() && channel.read(box, at + box.position()) >= 0) {
        // until all of it is read
      }
      long length = Integer.toUnsignedLong(box.getInt(0));
      int type = box.getInt(4);
      if (length < BOX_HEADER_BYTES || length > size - at) {
        break;
      }
      if (type == MOOF && header < 0) {
        header = at;
      }
      at += length;
      whole = type == MDAT ? at : whole;
    }
    return new Good(Math.max(0, header), whole);
  }
}

package dev.photofinish.media;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The end of a file that a killed process left behind. */
final class Leftover {
  private Leftover() {}

  /**
   * The bytes that are good.
   *
   * @param header before the first fragment
   * @param whole up to the end of the last whole part; not above {@code header} where there is none
   * @param index that was written behind it
   */
  record Good(long header, long whole, long index) {
    boolean isUseful() {
      return whole > header;
    }
  }

  /** Cuts a file behind its last whole part, and writes the index of an MP4 there. */
  static Good cut(Path file, RecordingContainer container) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      if (container == RecordingContainer.TS) {
        long whole = new TsLeftover(channel).whole();
        channel.truncate(whole);
        return new Good(0, whole, 0);
      }
      Mp4Leftover leftover = new Mp4Leftover(channel);
      Good good = leftover.good();
      channel.truncate(good.whole);
      return good.isUseful() ? leftover.indexed(good) : good;
    }
  }

  /** Reads from a place until the buffer is full or the file ends; how many bytes. */
  static int read(FileChannel channel, ByteBuffer into, long at) throws IOException {
    while (into.hasRemaining() && channel.read(into, at + into.position()) >= 0) {
      // until all of it is read
    }
    return into.position();
  }
}

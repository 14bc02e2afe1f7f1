package dev.photofinish.media.input;

import io.netty.buffer.ByteBuf;

/** The samples of a track that are not in fragments (section 8.6 and 8.7), in decoding order. */
final class Mp4SampleTable {
  private final Mp4Table.Runs durations;
  private final Mp4Table.Runs compositions;
  private final Mp4Table chunks;
  private final Mp4Table offsets;
  private final boolean wideOffsets;
  private final ByteBuf sizes;
  private final int sameSize;
  private final int count;

  private int sample;
  private long decodeTime;
  private int chunk = -1;
  private int chunkEntry = -1;
  private long leftInChunk;
  private long offset;

  /**
   * @param table the content of stbl
   */
  Mp4SampleTable(ByteBuf table) throws MediaFormatException {
    durations = new Mp4Table(Mp4Box.find(table, "stts"), 8).new Runs();
    compositions = new Mp4Table(Mp4Box.find(table, "ctts"), 8).new Runs();
    chunks = new Mp4Table(Mp4Box.find(table, "stsc"), 12);
    ByteBuf wide = Mp4Box.find(table, "co64");
    wideOffsets = wide.isReadable();
    offsets = wideOffsets ? new Mp4Table(wide, 8) : new Mp4Table(Mp4Box.find(table, "stco"), 4);
    sizes = Mp4Box.find(table, "stsz");
    sameSize = sizes.readableBytes() < 12 ? 0 : sizes.getInt(4);
    long said = sizes.readableBytes() < 12 ? 0 : sizes.getUnsignedInt(8);
    count = (int) Math.min(said, sameSize == 0 ? (sizes.readableBytes() - 12) / 4 : 1 << 30);
  }

  boolean hasNext() {
    if (sample < count && leftInChunk == 0) {
      nextChunk();
    }
    return sample < count && leftInChunk > 0;
  }

  private void nextChunk() {
    while (leftInChunk == 0 && chunk + 1 < offsets.count()) {
      chunk++;
      while (chunkEntry + 1 < chunks.count()
          && Integer.toUnsignedLong(chunks.field(chunkEntry + 1, 0)) <= chunk + 1) {
        chunkEntry++;
      }
      leftInChunk = chunkEntry < 0 ? 0 : Integer.toUnsignedLong(chunks.field(chunkEntry, 1));
      offset = wideOffsets ? offsets.wide(chunk) : Integer.toUnsignedLong(offsets.field(chunk, 0));
    }
  }

  long decodeTime() {
    return decodeTime;
  }

  /** The next sample, after {@link #hasNext} said that there is one. */
  Mp4Sample take() {
    int size = sameSize != 0 ? sameSize : sizes.getInt(12 + 4 * sample);
    Mp4Sample taken = new Mp4Sample(offset, size, decodeTime, compositions.next());
    offset += Integer.toUnsignedLong(size);
    decodeTime += Integer.toUnsignedLong(durations.next());
    leftInChunk--;
    sample++;
    return taken;
  }
}

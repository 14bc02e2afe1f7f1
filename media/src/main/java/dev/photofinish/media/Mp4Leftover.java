package dev.photofinish.media;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The end of a fragmented MP4 of ours that a killed process, or a loss of power, left behind. What
 * counts are pairs of moof and mdat that are there to their last byte. After a loss of power the
 * length of a file may be on the disk without its content, which then is zeros: the last parts are
 * read whole for that. Older ones the system has long written.
 */
final class Mp4Leftover {
  /** Parts whose content is looked at, of a second each as a rule. */
  static final int CHECKED = 128;

  /** Of a header, or of a moof. */
  private static final int MOST_INDEXED_BYTES = 1 << 20;

  private static final int BOX_HEADER_BYTES = 8;
  private static final int MOOF = 0x6d6f6f66;
  private static final int MDAT = 0x6d646174;

  private final FileChannel channel;
  private final Deque<Part> last = new ArrayDeque<>();
  private long header = -1;
  private long whole;

  /** A moof and its mdat, by their places in the file. */
  private record Part(long start, long end) {}

  Mp4Leftover(FileChannel channel) {
    this.channel = channel;
  }

  Leftover.Good good() throws IOException {
    walk();
    LostBlocks lost = new LostBlocks(channel, Math.max(0, header));
    for (Part part : last) {
      if (lost.isIn(part.start, part.end)) {
        whole = part.start;
        break;
      }
    }
    return new Leftover.Good(Math.max(0, header), whole, 0);
  }

  /** Over the boxes of the file itself. */
  private void walk() throws IOException {
    ByteBuffer box = ByteBuffer.allocate(BOX_HEADER_BYTES);
    long size = channel.size();
    long at = 0;
    long moof = 0;
    while (size - at >= BOX_HEADER_BYTES) {
      Leftover.read(channel, box.clear(), at);
      long length = Integer.toUnsignedLong(box.getInt(0));
      int type = box.getInt(4);
      if (length < BOX_HEADER_BYTES || length > size - at) {
        return;
      }
      if (type == MOOF) {
        moof = at;
        header = header < 0 ? at : header;
      }
      at += length;
      if (type == MDAT) {
        add(new Part(moof, at));
      }
    }
  }

  /** Writes what a finished file says of its fragments, if there is room for that. */
  Leftover.Good indexed(Leftover.Good good) throws IOException {
    if (good.header() > MOST_INDEXED_BYTES) {
      return good; // none of ours
    }
    Mp4Index index = new Mp4Index(read(0, good.header()));
    long at = good.header();
    while (at < good.whole()) {
      ByteBuf box = read(at, BOX_HEADER_BYTES);
      long length = box.getUnsignedInt(0);
      if (box.getInt(4) == MOOF && length <= MOST_INDEXED_BYTES) {
        index.fragment(read(at, length), at);
      }
      at += Math.max(BOX_HEADER_BYTES, length);
    }
    ByteBuf end = index.end();
    try {
      write(end.nioBuffer(), good.whole());
      write(index.header().nioBuffer(), 0);
    } catch (IOException e) {
      channel.truncate(good.whole()); // it plays without
      return good;
    }
    return new Leftover.Good(good.header(), good.whole(), end.readableBytes());
  }

  private ByteBuf read(long at, long length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate((int) length);
    Leftover.read(channel, bytes, at);
    return Unpooled.wrappedBuffer(bytes.clear());
  }

  private void write(ByteBuffer bytes, long at) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes, at + bytes.position());
    }
  }

  private void add(Part part) {
    whole = part.end;
    last.add(part);
    if (last.size() > CHECKED) {
      last.remove();
    }
  }
}

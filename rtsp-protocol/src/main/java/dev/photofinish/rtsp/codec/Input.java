package dev.photofinish.rtsp.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The bytes that were read and not yet decoded, and their position in the connection.
 *
 * <p>What arrives is chained behind what is left, not copied together, so that a frame's content is
 * a slice of what the socket gave even when it came in pieces. Only a peer that sends in crumbs is
 * copied: beyond {@value #MOST_PIECES} pieces they are merged, which bounds what they cost.
 */
final class Input {
  private static final int MOST_PIECES = 16;
  private static final byte LF = '\n';

  private ByteBuf buffer = Unpooled.EMPTY_BUFFER;

  /** The piece that a chain ends with, as it came; null where it was merged with others. */
  private @Nullable ByteBuf last;

  private long total;

  /** Owns the buffer from now on. */
  void add(ByteBuf in, ByteBufAllocator allocator) {
    total += in.readableBytes();
    if (!buffer.isReadable()) {
      buffer.release();
      buffer = in;
    } else if (buffer instanceof CompositeByteBuf chain) {
      append(chain, in);
    } else {
      CompositeByteBuf chain =
          allocator.compositeBuffer(MOST_PIECES).addFlattenedComponents(true, buffer);
      append(chain, in);
      buffer = chain;
    }
  }

  private void append(CompositeByteBuf chain, ByteBuf in) {
    int pieces = chain.numComponents();
    chain.addFlattenedComponents(true, in);
    last = chain.numComponents() == pieces + 1 ? in : null;
  }

  /** Lets go of what is decoded. */
  void discardDecoded() {
    if (!buffer.isReadable()) {
      release();
    } else if (buffer instanceof CompositeByteBuf chain) {
      chain.discardReadComponents();
    }
  }

  /** Lets go of everything. */
  void release() {
    buffer.release();
    buffer = Unpooled.EMPTY_BUFFER;
    last = null;
  }

  /** What is left; indices hold until the next {@link #add} or {@link #discardDecoded}. */
  ByteBuf buffer() {
    return buffer;
  }

  int index() {
    return buffer.readerIndex();
  }

  int length() {
    return buffer.readableBytes();
  }

  /** Position in the connection of the next byte. */
  long position() {
    return total - buffer.readableBytes();
  }

  void skip(int length) {
    buffer.skipBytes(length);
  }

  /** Bytes up to the next line feed; -1 if there is none yet. */
  int lineLength() {
    return buffer.bytesBefore(LF);
  }

  /** The next line, of that many bytes before its line feed, without its end. */
  String line(int length) {
    String line = buffer.readCharSequence(length, StandardCharsets.UTF_8).toString();
    buffer.skipBytes(1);
    return withoutReturns(line);
  }

  /** The line without the carriage returns at its end. */
  static String withoutReturns(String line) {
    int end = line.length();
    while (end > 0 && line.charAt(end - 1) == '\r') {
      end--;
    }
    return line.substring(0, end);
  }

  /** The text of the next bytes, which stay. */
  String peek(int length) {
    return buffer.toString(index(), Math.min(length, length()), StandardCharsets.UTF_8);
  }

  /** A retained slice of the next bytes, which are skipped; never a copy. */
  ByteBuf slice(int length) {
    ByteBuf slice = length == 0 ? Unpooled.EMPTY_BUFFER : sliceAt(index(), length);
    buffer.skipBytes(length);
    unchain();
    return slice;
  }

  /**
   * Hands the content of the next frame, of that length, to {@code frames}; never a copy. The frame
   * is skipped with its header.
   */
  void take(int channel, int length, FrameReceiver frames) {
    if (buffer instanceof CompositeByteBuf) {
      skip(InterleavedFrame.HEADER_LENGTH);
      ByteBuf slice = slice(length);
      try {
        frames.frame(channel, slice, slice.readerIndex(), length);
      } finally {
        slice.release();
      }
    } else {
      try {
        frames.frame(channel, buffer, index() + InterleavedFrame.HEADER_LENGTH, length);
      } finally {
        skip(
            InterleavedFrame.HEADER_LENGTH
                + length); // not before: what comes meanwhile is added behind it
      }
    }
  }

  /**
   * Once the pieces before the last are decoded, the last one alone is left: as it came, neither
   * chained nor sliced, since each byte that is looked at costs less.
   */
  private void unchain() {
    ByteBuf whole = last;
    int left = buffer.readableBytes();
    if (buffer instanceof CompositeByteBuf chain
        && whole != null
        && left > 0
        && left <= whole.readableBytes()) {
      buffer = whole.retain().readerIndex(whole.writerIndex() - left);
      last = null;
      chain.release();
    }
  }

  private ByteBuf sliceAt(int index, int length) {
    if (!(buffer instanceof CompositeByteBuf chain)) {
      return buffer.retainedSlice(index, length);
    }
    ByteBuf first = piece(chain, index, length);
    return first.readableBytes() == length ? first : pieces(chain, index, length, first);
  }

  /** As much of the range as one piece holds: a slice of the piece, not of the chain. */
  private static ByteBuf piece(CompositeByteBuf chain, int index, int length) {
    int number = chain.toComponentIndex(index);
    int start = index - chain.toByteIndex(number);
    ByteBuf piece = chain.internalComponent(number);
    return piece.retainedSlice(
        piece.readerIndex() + start, Math.min(length, piece.readableBytes() - start));
  }

  private static ByteBuf pieces(CompositeByteBuf chain, int index, int length, ByteBuf first) {
    CompositeByteBuf pieces =
        chain.alloc().compositeBuffer(MOST_PIECES + 1).addComponent(true, first);
    while (pieces.readableBytes() < length) {
      int done = pieces.readableBytes();
      pieces.addComponent(true, piece(chain, index + done, length - done));
    }
    return pieces;
  }
}

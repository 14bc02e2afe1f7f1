package dev.photofinish.rtp.format;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * The bit reservoir of MP3: puts the main data of ADUs where the frames of a stream have them (RFC
 * 5219 section 5.3), each at its back pointer.
 *
 * <p>What a back pointer reaches may not be there: at the start, and after a loss. Such an ADU
 * becomes a frame that needs none before it ({@link Mp3Adu#independent}), so that all that came is
 * played and nothing has to be put in for what did not.
 *
 * <p>A frame waits until nothing more can come into it: at most 511 bytes of main data do.
 */
final class BitReservoir {
  private final Consumer<Filled> output;
  private final Deque<Filled> waiting = new ArrayDeque<>();

  /** Positions count the main data of all frames. This is where the next frame's begin. */
  private long next;

  /** Behind the last main data. */
  private long filled;

  /**
   * @param output takes each frame that is complete
   */
  BitReservoir(Consumer<Filled> output) {
    this.output = output;
  }

  /** A frame, and where its room for main data lies. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Filled(Mp3Adu adu, byte[] frame, long from) {
    long end() {
      return from + adu.room();
    }
  }

  /** Takes the next ADU. */
  void add(Mp3Adu came) {
    boolean there =
        came.backPointer() <= next - filled
            && came.mainDataBytes() <= came.backPointer() + came.room();
    Mp3Adu adu = there ? came : came.independent();
    long begin = next - adu.backPointer();
    complete(begin);
    waiting.add(new Filled(adu, adu.frame(), next));
    next += adu.room();
    write(adu, begin);
    filled = begin + adu.mainDataBytes();
    complete(filled);
  }

  private void complete(long until) {
    for (Filled first = waiting.peek();
        first != null && first.end() <= until;
        first = waiting.peek()) {
      output.accept(waiting.remove());
    }
  }

  private void write(Mp3Adu adu, long begin) {
    int from = adu.mainDataAt();
    long at = begin;
    for (Filled each : waiting) {
      if (from == adu.bytes().length) {
        return;
      }
      int length = (int) Math.min(each.end() - at, adu.bytes().length - from);
      int offset = each.adu().mainDataAt() + (int) (at - each.from());
      System.arraycopy(adu.bytes(), from, each.frame(), offset, length);
      from += length;
      at += length;
    }
  }

  /** Lets go of all that waits. */
  void reset() {
    waiting.clear();
    filled = next;
  }
}

package dev.photofinish.rtsp.message;

import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Thrown where what the peer sent breaks the protocol.
 *
 * <p>The message says where in the text, what was seen there and what was expected; once the bytes'
 * place is known it also carries the position in the connection and the CSeq, so that anyone who
 * reads it finds the packet. Text of the peer is quoted shortened, escaped and without credentials.
 */
public class RtspFormatException extends Exception {
  private static final long UNKNOWN = -1;

  private final String where;
  private final String seen;
  private final String expected;
  private final long offset;
  private final int cseq;

  /**
   * @param where the part of the message, for example {@code Transport header} or {@code SDP line
   *     7}
   * @param seen the text as it came; it is shortened and escaped here
   * @param expected what would have been right
   */
  public RtspFormatException(String where, String seen, String expected) {
    this(where, Excerpt.of(seen), expected, UNKNOWN, (int) UNKNOWN);
  }

  RtspFormatException(String where, String seen, String expected, long offset, int cseq) {
    super(where + ": saw " + seen + ", expected " + expected + place(offset, cseq));
    this.where = where;
    this.seen = seen;
    this.expected = expected;
    this.offset = offset;
    this.cseq = cseq;
  }

  private static String place(long offset, int cseq) {
    if (offset == UNKNOWN) {
      return "";
    }
    return " (message at byte " + offset + " of the connection" + cseqText(cseq) + ")";
  }

  private static String cseqText(int cseq) {
    return cseq == UNKNOWN ? "" : ", CSeq " + cseq;
  }

  /**
   * The same error with the place of its message.
   *
   * @param offset position in the connection of the message's first byte, from 0
   * @param cseq the message's CSeq where it has one
   */
  public RtspFormatException at(long offset, OptionalInt cseq) {
    var located =
        new RtspFormatException(where, seen, expected, offset, cseq.orElse((int) UNKNOWN));
    located.setStackTrace(getStackTrace());
    return located;
  }

  /** The part of the message that is wrong. */
  public String where() {
    return where;
  }

  /** What stood there: at most 80 characters, escaped, without credentials. */
  public String seen() {
    return seen;
  }

  /** What would have been right. */
  public String expected() {
    return expected;
  }

  /** Position in the connection of the message's first byte, where it is known. */
  public OptionalLong offset() {
    return offset == UNKNOWN ? OptionalLong.empty() : OptionalLong.of(offset);
  }

  /** CSeq of the message, where it is known. */
  public OptionalInt cseq() {
    return cseq == UNKNOWN ? OptionalInt.empty() : OptionalInt.of(cseq);
  }
}

package dev.photofinish.rtsp.codec;

import dev.photofinish.rtsp.message.Method;
import dev.photofinish.rtsp.message.RtspLimitException;
import io.netty.buffer.ByteBuf;
import io.netty.util.ByteProcessor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalInt;

/**
 * Tells what begins at a byte where a message or a frame may begin, and where the next one does
 * when nothing can begin there.
 *
 * <p>In sync, right behind a message or a frame, a {@code $} is a frame's and any method is
 * believed. Out of sync the bytes may be the rest of a packet, so only what hardly comes about by
 * chance is believed: a status line, a method of RFC 2326, a frame on a channel that a Transport
 * header named or whose content begins like RTP. Once channels are known, a frame on another
 * channel has to look like RTP even in sync.
 */
final class Boundary {
  /** The thing that begins at a byte. */
  enum Start {
    FRAME,
    MESSAGE,
    /** Not enough bytes to tell. */
    INCOMPLETE,
    NOTHING
  }

  private static final byte LF = '\n';
  private static final byte DEL = 0x7f;
  private static final int SHORTEST_RTCP = 8;
  private static final int LONGEST_METHOD = 32;

  /** As much of a line is looked at for a status, with a few spaces before it. */
  private static final int LONGEST_STATUS = 32;

  private static final List<String> OPENINGS = openings();
  private static final BitSet FIRST_LETTERS = firstLetters();

  private final RtspLimits limits;
  private final BitSet channels = new BitSet();

  /**
   * Up to this index only a status line begins, since a control character stands there; and up to
   * {@code noRequestBefore} no request does, since the line lacks a version. What was found of one
   * beginning holds for those behind it, so that a line is read once, however many stand in it.
   */
  private int hopelessBefore;

  private int noRequestBefore;

  Boundary(RtspLimits limits) {
    this.limits = limits;
  }

  private static List<String> openings() {
    var openings = new ArrayList<>(List.of("RTSP/", "HTTP/"));
    Method.KNOWN.forEach(method -> openings.add(method + " "));
    return openings;
  }

  private static BitSet firstLetters() {
    var letters = new BitSet();
    OPENINGS.forEach(opening -> letters.set(opening.charAt(0)));
    return letters;
  }

  /** From now on frames on this channel are expected. */
  void expect(int channel) {
    channels.set(channel);
  }

  Start at(Input input, int index, boolean inSync) throws RtspLimitException {
    hopelessBefore = index;
    noRequestBefore = index;
    return behind(input, index, inSync);
  }

  /** As {@link #at}, where lines before the index may have been looked at. */
  private Start behind(Input input, int index, boolean inSync) throws RtspLimitException {
    ByteBuf in = input.buffer();
    return in.getByte(index) == '$' ? frame(in, index, inSync) : text(input, index, inSync);
  }

  private Start frame(ByteBuf in, int index, boolean inSync) {
    int available = in.writerIndex() - index;
    if (available < InterleavedFrame.HEADER_LENGTH) {
      return Start.INCOMPLETE;
    }
    boolean trusted = inSync && channels.isEmpty();
    if (trusted || channels.get(in.getUnsignedByte(index + 1))) {
      return Start.FRAME;
    }
    if (in.getUnsignedShort(index + 2) < SHORTEST_RTCP) {
      return Start.NOTHING;
    }
    if (available == InterleavedFrame.HEADER_LENGTH) {
      return Start.INCOMPLETE;
    }
    boolean rtpVersion2 = (in.getByte(index + InterleavedFrame.HEADER_LENGTH) & 0xc0) == 0x80;
    return rtpVersion2 ? Start.FRAME : Start.NOTHING;
  }

  /** Whether what is next is surely a frame, as nearly everything on a connection that plays is. */
  boolean isExpectedFrame(Input input) {
    if (input.length() < InterleavedFrame.HEADER_LENGTH) {
      return false;
    }
    return isExpected(input.buffer().getInt(input.index()));
  }

  /** Whether these four bytes surely begin a frame. */
  boolean isExpected(int header) {
    return InterleavedFrame.begins(header) && channels.get(InterleavedFrame.channel(header));
  }

  /** A frame among header lines, which only a channel that is expected can be. */
  boolean mayBeExpectedFrame(ByteBuf in) {
    int index = in.readerIndex();
    return in.readableBytes() >= 2
        && in.getByte(index) == '$'
        && channels.get(in.getUnsignedByte(index + 1));
  }

  private Start text(Input input, int index, boolean inSync) throws RtspLimitException {
    ByteBuf in = input.buffer();
    boolean status = isStatus(in, index);
    if (!status && index < hopelessBefore) {
      return Start.NOTHING;
    }
    OptionalInt opening = opening(in, index);
    boolean opened = opening.isPresent();
    if (!opened && !inSync) {
      return Start.NOTHING;
    }
    int most = Math.min(in.writerIndex(), index + limits.startLine() + 1);
    int lineFeed = in.indexOf(index, most, LF);
    int end = lineFeed < 0 ? most : lineFeed;
    if (end - index > limits.startLine()) {
      return tooLong(input, index, opened && opening.getAsInt() > 0);
    }
    int control = status ? -1 : control(in, index, end);
    if (control >= 0) {
      hopelessBefore = control;
      return Start.NOTHING;
    }
    String line = Input.withoutReturns(in.toString(index, end - index, StandardCharsets.UTF_8));
    if (lineFeed < 0) {
      return opened || mayBecomeRequest(line) ? Start.INCOMPLETE : Start.NOTHING;
    }
    if (StartLine.begins(line)) {
      return Start.MESSAGE;
    }
    noRequestBefore = lineFeed;
    return Start.NOTHING;
  }

  /** Whether a line that is not whole may turn out to be a request's. */
  private static boolean mayBecomeRequest(String line) {
    int end = 0;
    while (end < line.length() && StartLine.isOfMethod(line.charAt(end), end == 0)) {
      end++;
    }
    boolean ended = end == line.length() || line.charAt(end) == ' ' || line.charAt(end) == '\t';
    return end > 0 && end <= LONGEST_METHOD && ended;
  }

  private Start tooLong(Input input, int index, boolean surelyMessage) throws RtspLimitException {
    if (!surelyMessage) {
      return Start.NOTHING;
    }
    String line = input.buffer().toString(index, limits.startLine(), StandardCharsets.UTF_8);
    long offset = input.position() + index - input.index();
    throw new RtspLimitException(
        "startLine", limits.startLine() + " bytes", line, offset, OptionalInt.empty());
  }

  /** 1 if one of the openings is there, 0 if the bytes end within one, empty if there is none. */
  private static OptionalInt opening(ByteBuf in, int index) {
    for (String opening : OPENINGS) {
      int length = Math.min(opening.length(), in.writerIndex() - index);
      if (matches(in, index, opening, length)) {
        return OptionalInt.of(length == opening.length() ? 1 : 0);
      }
    }
    return OptionalInt.empty();
  }

  private static boolean matches(ByteBuf in, int index, String opening, int length) {
    for (int i = 0; i < length; i++) {
      if (Character.toUpperCase((char) in.getByte(index + i)) != opening.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Whether a status is there, whatever its reason phrase holds: {@code RTSP/1.0 404}. */
  private static boolean isStatus(ByteBuf in, int index) {
    int length = Math.min(LONGEST_STATUS, in.writerIndex() - index);
    return (in.getByte(index) | 0x20) == 'r'
        && StartLine.isStatus(in.toString(index, length, StandardCharsets.ISO_8859_1));
  }

  /**
   * The index of the first control character; -1 if there is none but tabs, and carriage returns at
   * the end.
   */
  private static int control(ByteBuf in, int index, int end) {
    int textEnd = end;
    while (textEnd > index && in.getByte(textEnd - 1) == '\r') {
      textEnd--;
    }
    return in.forEachByte(
        index, textEnd - index, b -> b < 0 || (b >= ' ' && b != DEL) || b == '\t');
  }

  /** The first index from there on where something may begin; the end if nothing does. */
  int next(Input input, int from) throws RtspLimitException {
    ByteBuf in = input.buffer();
    hopelessBefore = from;
    noRequestBefore = from;
    int index = candidate(in, from);
    while (index < in.writerIndex() && behind(input, index, false) == Start.NOTHING) {
      index = candidate(in, index + 1);
    }
    return index;
  }

  /**
   * The first index from there on whose byte something may begin with; the end if there is none.
   */
  private int candidate(ByteBuf in, int from) {
    int end = in.writerIndex();
    int index = search(in, from, Math.min(hopelessBefore, end), b -> !beginsStatus(b));
    if (index < 0) {
      int afterHopeless = Math.max(from, Math.min(hopelessBefore, end));
      index = search(in, afterHopeless, Math.min(noRequestBefore, end), b -> !beginsVersion(b));
    }
    if (index < 0) {
      int afterBoth = Math.max(from, Math.min(Math.max(hopelessBefore, noRequestBefore), end));
      index = search(in, afterBoth, end, b -> !beginsVersion(b) && !beginsMethod(b));
    }
    return index < 0 ? end : index;
  }

  private static int search(ByteBuf in, int from, int to, ByteProcessor others) {
    return from < to ? in.forEachByte(from, to - from, others) : -1;
  }

  private static boolean beginsStatus(byte b) {
    return b == '$' || b == 'R' || b == 'r';
  }

  private static boolean beginsVersion(byte b) {
    int c = Character.toUpperCase(b);
    return c == '$' || c == 'R' || c == 'H';
  }

  private static boolean beginsMethod(byte b) {
    return b > 0 && FIRST_LETTERS.get(Character.toUpperCase(b));
  }
}

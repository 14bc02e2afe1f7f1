package dev.photofinish.rtsp.codec;

import dev.photofinish.rtsp.message.Body;
import dev.photofinish.rtsp.message.HeaderNames;
import dev.photofinish.rtsp.message.Received;
import dev.photofinish.rtsp.message.RtspFormatException;
import dev.photofinish.rtsp.message.RtspLimitException;
import dev.photofinish.rtsp.message.RtspMessage;
import dev.photofinish.rtsp.message.TransportHeader;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Makes messages, frames and stray bytes of a connection's bytes, however they are split.
 *
 * <p>A state machine over {@link Input}: it takes what it can and remembers in which part of a
 * message it is, never where in the buffer. After an error it goes on behind what was wrong, except
 * after a {@link RtspLimitException}.
 */
final class MessageReader {
  private enum State {
    BOUNDARY,
    HEAD,
    BODY,
    UNSIZED_BODY
  }

  /** A frame that its receiver took. */
  static final Object TAKEN = new Object();

  private static final int EXCERPT = 64;
  private static final String EMPTY_LINE = "an empty line after the headers";

  private final RtspLimits limits;
  private final @Nullable FrameReceiver frames;
  private final Boundary boundary;
  private State state = State.BOUNDARY;
  private boolean inSync = true;
  private boolean stopped;
  private int strayBytes;
  private Head head;
  private byte[] body = {};
  private int bodyFilled;
  private UnsizedBody unsizedBody;

  /**
   * @param frames takes the frames; null for an {@link InterleavedFrame} of each
   */
  MessageReader(RtspLimits limits, @Nullable FrameReceiver frames) {
    this.limits = limits;
    this.frames = frames;
    this.boundary = new Boundary(limits);
    this.head = new Head(limits, 0, "");
    this.unsizedBody = new UnsizedBody(limits, head);
  }

  /**
   * The next {@link Received}, {@link InterleavedFrame} or {@link StrayBytes}, or {@link #TAKEN};
   * null when more bytes are needed.
   */
  @Nullable Object next(Input in) throws RtspFormatException {
    long position;
    State before;
    @Nullable Object next;
    do {
      position = in.position();
      before = state;
      next = step(in);
    } while (next == null && (in.position() > position || state != before));
    return next;
  }

  private @Nullable Object step(Input in) throws RtspFormatException {
    return switch (state) {
      case BOUNDARY -> boundary(in);
      case HEAD -> head(in);
      case BODY -> body(in);
      case UNSIZED_BODY -> unsizedBody.isEndedBy(in) ? finish(unsizedBody.finish(in)) : null;
    };
  }

  private @Nullable Object boundary(Input in) throws RtspFormatException {
    if (boundary.isExpectedFrame(in)) {
      return frame(in);
    }
    skipWhiteSpace(in);
    if (in.length() == 0) {
      return null;
    }
    return switch (boundary.at(in, in.index(), inSync)) {
      case FRAME -> frame(in);
      case MESSAGE -> begin(in);
      case INCOMPLETE -> null;
      case NOTHING -> stray(in);
    };
  }

  private void skipWhiteSpace(Input in) {
    while (inSync && in.length() > 0 && isWhiteSpace(in.buffer().getByte(in.index()))) {
      in.skip(1);
    }
  }

  private static boolean isWhiteSpace(byte b) {
    return b == '\r' || b == '\n' || b == ' ' || b == '\t';
  }

  private void inSyncAgain() {
    inSync = true;
    strayBytes = 0;
  }

  /** The frame whose header is there, once it is whole. */
  private @Nullable Object frame(Input in) {
    int header = in.buffer().getInt(in.index());
    int length = InterleavedFrame.length(header);
    if (in.length() < InterleavedFrame.HEADER_LENGTH + length) {
      return null;
    }
    inSyncAgain();
    int channel = InterleavedFrame.channel(header);
    if (frames == null) {
      long offset = in.position();
      in.skip(InterleavedFrame.HEADER_LENGTH);
      return new InterleavedFrame(channel, in.slice(length), offset);
    }
    in.take(channel, length, frames);
    while (!stopped && takeNext(in, frames)) {
      // Nearly all that comes on a connection that plays.
    }
    return TAKEN;
  }

  /** Hands on the next frame, if one is there whole on a channel that is expected. */
  private boolean takeNext(Input in, FrameReceiver receiver) {
    if (in.length() < InterleavedFrame.HEADER_LENGTH) {
      return false;
    }
    int header = in.buffer().getInt(in.index());
    int length = InterleavedFrame.length(header);
    if (!boundary.isExpected(header) || in.length() < InterleavedFrame.HEADER_LENGTH + length) {
      return false;
    }
    in.take(InterleavedFrame.channel(header), length, receiver);
    return true;
  }

  private @Nullable Object begin(Input in) {
    long offset = in.position();
    head = new Head(limits, offset, in.line(in.lineLength()));
    state = State.HEAD;
    inSyncAgain();
    return null;
  }

  private StrayBytes stray(Input in) throws RtspLimitException {
    long offset = in.position();
    String excerpt = in.peek(EXCERPT);
    int length = boundary.next(in, in.index() + 1) - in.index();
    strayBytes += length;
    if (strayBytes > limits.stray()) {
      throw new RtspLimitException(
          "stray",
          limits.stray() + " bytes that are no RTSP",
          excerpt,
          offset,
          OptionalInt.empty());
    }
    in.skip(length);
    inSync = false;
    return new StrayBytes(offset, length, excerpt.substring(0, Math.min(length, excerpt.length())));
  }

  private @Nullable Object head(Input in) throws RtspFormatException {
    if (boundary.mayBeExpectedFrame(in.buffer())) {
      return in.length() < InterleavedFrame.HEADER_LENGTH ? null : frame(in);
    }
    int length = in.lineLength();
    if (Math.max(length, length < 0 ? in.length() : 0) > limits.headerLine()) {
      throw head.tooLong(in.peek(limits.headerLine()), in.position());
    }
    if (length < 0) {
      return null;
    }
    long offset = in.position();
    String line = in.line(length);
    return line.isEmpty() ? headEnded() : header(line, offset);
  }

  private @Nullable Object header(String line, long offset) throws RtspFormatException {
    if (StartLine.interrupts(line)) {
      RtspFormatException cut = head.truncated("the next message", EMPTY_LINE);
      head = new Head(limits, offset, line);
      throw cut;
    }
    head.add(line, offset);
    return null;
  }

  private @Nullable Object headEnded() throws RtspFormatException {
    state = State.BOUNDARY;
    OptionalInt length = head.contentLength();
    if (length.orElse(0) > 0) {
      body = new byte[length.getAsInt()];
      bodyFilled = 0;
      state = State.BODY;
      return null;
    }
    if (length.isEmpty() && head.announcesSdp()) {
      unsizedBody = new UnsizedBody(limits, head);
      state = State.UNSIZED_BODY;
      return null;
    }
    return finish(Body.empty());
  }

  private @Nullable Object body(Input in) throws RtspFormatException {
    int length = Math.min(body.length - bodyFilled, in.length());
    in.buffer().readBytes(body, bodyFilled, length);
    bodyFilled += length;
    return bodyFilled < body.length ? null : finish(Body.of(body));
  }

  private Received finish(Body whole) throws RtspFormatException {
    state = State.BOUNDARY;
    body = new byte[0];
    Received received = head.finish(whole);
    learnChannels(received.message());
    return received;
  }

  private void learnChannels(RtspMessage message) {
    for (String value : message.headers().all(HeaderNames.TRANSPORT)) {
      try {
        TransportHeader.parseAll(value).forEach(this::learnChannels);
      } catch (RtspFormatException e) {
        // The user of the header reports it; here it only gives no channels.
      }
    }
  }

  private void learnChannels(TransportHeader transport) {
    transport
        .interleaved()
        .ifPresent(
            pair -> {
              boundary.expect(pair.rtp());
              boundary.expect(pair.rtcp());
            });
  }

  /** No more frames are handed on: the connection is over. */
  void stop() {
    stopped = true;
  }

  /** Whether a message has begun and is not complete. */
  boolean isWithinMessage() {
    return state != State.BOUNDARY;
  }

  /** Whether a message is complete if nothing more comes for a while. */
  boolean waitsForQuiet() {
    return state == State.UNSIZED_BODY;
  }

  /** Nothing came for a while: the message that {@link #waitsForQuiet}. */
  Received quiet(Input in) throws RtspFormatException {
    return finish(unsizedBody.finish(in));
  }

  /**
   * The connection ended: the message that its end completes, or null.
   *
   * @throws RtspFormatException if it ended within a message or a frame
   */
  @Nullable Received end(Input in) throws RtspFormatException {
    if (waitsForQuiet()) {
      return quiet(in);
    }
    if (state != State.BOUNDARY) {
      String missing =
          state == State.HEAD
              ? EMPTY_LINE
              : body.length + " bytes of body, of which " + bodyFilled + " came";
      state = State.BOUNDARY;
      throw head.truncated("the end of the connection", missing);
    }
    if (in.length() > 0) {
      throw new RtspFormatException(
              "the end of the connection", in.peek(EXCERPT), "a whole message or frame")
          .at(in.position(), OptionalInt.empty());
    }
    return null;
  }
}

package dev.photofinish.relay.web.hls;

import dev.photofinish.relay.web.hls.WaitingRequests.Outcome;
import dev.photofinish.relay.web.live.FragmentInfo;
import dev.photofinish.relay.web.live.FragmentViewer;
import dev.photofinish.relay.web.live.LiveHeader;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The last segments of a camera's live stream (RFC 8216), and the parts of the one that is to come
 * (draft-pantos-hls-rfc8216bis): a {@link SegmentWindow}, and an open segment of at most {@value
 * #MOST_SEGMENT_BYTES} bytes and {@value #MOST_PARTS} parts.
 *
 * <p>A segment ends at the first key frame after a second, or where it would be longer than the
 * playlist promised; a part ends when it is as long as promised, with the frame that makes it so.
 * There are no parts before the first segment is complete, by which the promises are made. Safe for
 * use by several threads.
 */
final class HlsStream implements FragmentViewer {
  static final int MOST_SEGMENT_BYTES = 32 << 20;
  static final int MOST_PARTS = 64;

  /** Less than GStreamer's souphttpsrc waits, which is 15 s. */
  private static final int FIRST_WAIT_SECONDS = 14;

  /**
   * In the first playlist, unless they are long: "a client SHOULD NOT choose a Media Segment that
   * starts less than three target durations from the end" (RFC 8216 section 6.3.3), and Chromium
   * takes a playlist that has no such segment for one that it cannot read.
   */
  static final int FIRST_SEGMENTS = 3;

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final long LEAST_NANOS = TimeUnit.MILLISECONDS.toNanos(950);
  private static final long LEAST_DURATION_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  /** A first playlist of so much is long enough, however few its segments are. */
  private static final long LONG_ENOUGH_NANOS = 12 * SECOND;

  /** Before the first playlist has promised a duration. */
  private static final long MOST_NANOS = 6 * SECOND;

  /** Frames that are further apart are in two segments. */
  private static final long MOST_GAP_NANOS = SECOND;

  /** Sound that goes on for so long after the last picture is cut without it. */
  private static final long STANDSTILL_NANOS = SECOND / 2;

  private final WaitingRequests waiting = new WaitingRequests();
  private final SegmentWindow window = new SegmentWindow();
  private long nextPart;
  private Initialization header = new Initialization(0, new byte[0]);
  private boolean isDiscontinuity;
  private @Nullable OpenSegment open;
  private @Nullable Targets targets;

  /** When the first segment begins. */
  private long begin;

  /** When the last frame that counts ends. */
  private long end;

  /** Whether sound comes without a picture. */
  private boolean standsStill;

  private byte @Nullable [] playlist;
  private volatile boolean over;

  @Override
  public void header(LiveHeader next) {
    synchronized (this) {
      breakOff();
      isDiscontinuity = window.next() > 0;
      header = new Initialization(header.number() + 1, next.content());
    }
    waiting.look();
  }

  @Override
  public void fragment(ByteBuf content, FragmentInfo info) {
    boolean isMore;
    synchronized (this) {
      long before = nextPart;
      boolean counts = counts(info);
      OpenSegment into = open(info, counts);
      into.add(content, info, counts);
      if (counts) {
        end = Math.max(end, info.end());
        if (endsPart(into, end, Targets::leastPartNanos)) {
          endPart(into, end);
        }
      }
      isMore = nextPart > before;
    }
    if (isMore) {
      waiting.look();
    }
  }

  /** Sound beside a picture has no say in where it is cut, unless the picture stands still. */
  private boolean counts(FragmentInfo info) {
    standsStill = info.mainFrames() == 0 && (standsStill || info.end() - end > STANDSTILL_NANOS);
    return info.mainFrames() > 0 || standsStill;
  }

  /** The segment that a fragment belongs to; what has to end before it has ended then. */
  private OpenSegment open(FragmentInfo info, boolean counts) {
    if (open != null && counts && Math.abs(info.time() - end) > MOST_GAP_NANOS) {
      breakOff();
    }
    if (open != null && counts) {
      if (endsSegment(open, info)) {
        endSegment(open, info.time());
      } else if (endsPart(open, info.end() - 1, Targets::partNanos)) {
        endPart(open, end); // shorter than it should be, since this frame is late
      }
    }
    if (open == null) {
      open = new OpenSegment(header, isDiscontinuity, info.time());
      isDiscontinuity = false;
      end = info.end();
      begin = targets == null ? info.time() : begin;
    }
    return open;
  }

  private boolean endsSegment(OpenSegment segment, FragmentInfo info) {
    if (segment.frames() == 0) {
      return false;
    }
    long most = targets == null ? MOST_NANOS : targets.mostSegmentNanos();
    return (info.keyFrame() && info.time() - segment.start() >= LEAST_NANOS)
        || info.end() - segment.start() > most
        || segment.bytes() >= MOST_SEGMENT_BYTES
        || segment.partCount() >= MOST_PARTS;
  }

  /** Whether the next part would be as long with a frame that ends then. */
  private boolean endsPart(OpenSegment segment, long at, ToLongFunction<Targets> length) {
    return targets != null
        && segment.hasNext()
        && at - segment.nextStart() >= length.applyAsLong(targets);
  }

  /**
   * Ends the open segment where its last frame ends: the time until the next one, as of an outage,
   * is in no segment. That is no discontinuity by itself, since times go on; and VLC 3 cannot read
   * on behind one.
   */
  private void breakOff() {
    OpenSegment segment = open;
    if (segment != null && targets != null && segment.frames() > 0) {
      endSegment(segment, end);
    }
    open = null;
  }

  private void endPart(OpenSegment segment, long at) {
    segment.endPart(nextPart++, at, targets == null ? Long.MAX_VALUE : targets.partNanos());
    playlist = null;
  }

  /**
   * Ends the open segment. Sound that came after its last picture goes into the next one, since it
   * would be a part without a duration.
   */
  private void endSegment(OpenSegment segment, long at) {
    long most = targets == null ? Long.MAX_VALUE : targets.mostSegmentNanos();
    long nanos = Math.min(Math.max(LEAST_DURATION_NANOS, at - segment.start()), most);
    boolean isInParts = targets != null;
    if (segment.hasNext() || !isInParts) {
      endPart(segment, at);
    }
    if (targets == null) {
      targets = Targets.of(nanos, nanos / segment.frames());
    }
    window.add(
        new Segment(
            window.next(),
            segment.header(),
            segment.parts(),
            isInParts,
            nanos,
            segment.isDiscontinuity()));
    playlist = null;
    byte[] rest = segment.rest();
    open = null;
    if (rest.length > 0) {
      open = new OpenSegment(header, false, at);
      open.add(rest);
    }
  }

  @Override
  public void ended(String reason) {
    close();
  }

  /** Answers what waits: nothing more comes. */
  void close() {
    over = true;
    waiting.look();
  }

  /** Whether the camera has ended. */
  boolean isOver() {
    return over;
  }

  /** Requests that wait. */
  int waiting() {
    return waiting.count();
  }

  /**
   * Waits for what a request for the playlist waits for.
   *
   * @return completes when the playlist has it, and fails as {@link WaitingRequests#await} says
   */
  CompletableFuture<Void> await(Reload reload) {
    return waiting.await(() -> outcome(reload), mostWaitingSeconds(reload));
  }

  /** Waits for a file that the playlist names or hints at; as {@link #await(Reload)}. */
  CompletableFuture<Void> await(String file) {
    return waiting.await(() -> outcome(file), mostWaitingSeconds());
  }

  private synchronized long mostWaitingSeconds(Reload reload) {
    return reload.isPlain() && !isLongEnough() ? FIRST_WAIT_SECONDS : mostWaitingSeconds();
  }

  private synchronized long mostWaitingSeconds() {
    return targets == null ? FIRST_WAIT_SECONDS : targets.mostWaitingSeconds();
  }

  private synchronized Outcome outcome(Reload reload) {
    if (over) {
      return Outcome.ENDED;
    }
    return targets == null || (reload.isPlain() && !isLongEnough())
        ? Outcome.WAITS
        : reload.outcome(
            window.next(), window.lastParts(), open == null ? 0 : open.partCount(), targets);
  }

  /** Whether a player may begin that does not say what it waits for. */
  private boolean isLongEnough() {
    return window.next() >= FIRST_SEGMENTS || end - begin >= LONG_ENOUGH_NANOS;
  }

  private synchronized Outcome outcome(String file) {
    if (targets != null && file.equals(Part.file(nextPart))) {
      return over ? Outcome.ENDED : Outcome.WAITS;
    }
    return find(file).isPresent() ? Outcome.REACHED : Outcome.MISSING;
  }

  /** The playlist, in UTF-8; there must be a segment. */
  synchronized byte[] playlist() {
    if (targets == null) {
      throw new IllegalStateException("there is no segment yet");
    }
    if (playlist == null) {
      playlist =
          HlsPlaylist.of(targets, window.segments(), open, window.discontinuities(), nextPart)
              .getBytes(StandardCharsets.UTF_8);
    }
    return playlist;
  }

  /** A file that the playlist names; empty for one that it does not name any more. */
  Optional<byte[]> file(String name) {
    return find(name).map(Supplier::get);
  }

  private synchronized Optional<Supplier<byte[]>> find(String name) {
    Optional<Supplier<byte[]>> ofOpen =
        open == null ? Optional.empty() : SegmentWindow.file(name, open.header(), open.parts());
    return ofOpen.isPresent() ? ofOpen : window.file(name);
  }
}

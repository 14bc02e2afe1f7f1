package dev.photofinish.media.container;

import dev.photofinish.rtp.format.Codec;
import dev.photofinish.rtp.format.Frame;
import dev.photofinish.rtp.format.RandomAccess;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts the frames of a stream, of all its media, into a container: a header, then fragments.
 *
 * <p>The first frame is a key frame of the first video, or any frame where there is no video. When
 * a format changes, or another media comes, a new header is made before the next key frame; frames
 * that the header does not describe are left out until then. Where the video has been silent for 10
 * s, a header that is due is made without it, and another one when it is back. Times are those of
 * the frames: a gap stays a gap.
 *
 * <p>With {@link FragmentOptions#headerEvery} picture and sound begin and end together: audio goes
 * before or behind a new header by its time, and a header waits up to 1 s for audio of before it.
 *
 * <p>Pure: no clock, no thread. Not safe for use by several threads. It holds the frames of one
 * fragment, or of two around a new header, of at most {@value #MOST_BYTES} bytes and one frame
 * each.
 */
public final class Fragmenter implements AutoCloseable {
  /** After which a fragment ends however short it is. */
  static final int MOST_BYTES = 16 << 20;

  /** The header waits so long for media that have not come, and for audio from before it. */
  static final long WAIT_NANOS = 1_000_000_000L;

  /** After so long without a frame of the main media a header that is due is made without it. */
  private static final long SILENT_NANOS = 10_000_000_000L;

  /** After a gap audio from before the first picture is waited for no longer than this. */
  private static final long GAP_NANOS = 200_000_000L;

  /**
   * A key frame may be so early for a header: those of each second have times that a camera's clock
   * and its reports move by some milliseconds, and the next one would be a second late.
   */
  private static final long EARLY_NANOS = 50_000_000L;

  /** More than times of two media differ by rounding. */
  private static final long ROUNDING_NANOS = 1_000_000L;

  private final Container container;
  private final FragmentOptions options;
  private final FragmentOutput output;
  private final TrackTable tracks;
  private final Map<Integer, TrackClock> clocks = new HashMap<>();
  private final DamageFilter damage;
  private final FirstFrames first;
  private Batch batch = new Batch();

  /** What comes behind the next header, which waits for audio; null where none is due. */
  private @Nullable Handover handover;

  private boolean discontinuity;

  /** A frame that was left out was the first after a gap. */
  private boolean missed;

  private boolean begun;
  private boolean closed;
  private long mainTime;
  private long headerTime;
  private long origin;
  private long leftOut;

  public Fragmenter(Container container, FragmentOptions options, FragmentOutput output) {
    this.container = container;
    this.options = options;
    this.output = output;
    this.tracks = new TrackTable(container, output);
    this.damage = new DamageFilter(options.damagedFrames());
    this.first = new FirstFrames(tracks, options.medias(), this::leaveOut);
  }

  /** Takes a frame and its reference. */
  public void add(Frame frame) {
    if (frame.isDiscontinuity() || tracks.changes(frame)) {
      handOver(); // nothing of before follows, and the header is of the format before
    }
    if (closed || !tracks.takes(frame) || !damage.allows(frame)) {
      leaveOut(frame);
    } else if (begun) {
      follow(frame);
    } else if (first.add(frame)) {
      begin();
    }
  }

  /** Makes a new header before the next key frame, because what was given out is lost. */
  public void restart() {
    tracks.renewLater();
  }

  /** Frames that are in no fragment: of unknown media, damaged, before the first key frame. */
  public long leftOutFrames() {
    return leftOut;
  }

  private void leaveOut(Frame frame) {
    leftOut++;
    missed |= begun && frame.isDiscontinuity();
    frame.release();
  }

  private void begin() {
    List<Frame> collected = first.take();
    if (!collected.isEmpty()) {
      begun = true;
      mainTime = collected.get(0).time();
      header(mainTime, WAIT_NANOS);
      collected.forEach(this::follow);
    }
  }

  /**
   * Makes a header.
   *
   * @param time of its first picture
   * @param early how much before it other media may begin
   */
  private void header(long time, long early) {
    if (isAgain() || clocks.isEmpty()) {
      origin = time;
      for (TrackClock clock : clocks.values()) {
        if (time - clock.end() < early && origin - clock.end() > 0) {
          origin = clock.end(); // audio from just before the key frame is not left out
        }
      }
      clocks.clear();
    }
    headerTime = time;
    List<Track> renewed = tracks.renew();
    for (Track track : renewed) {
      TrackClock known = clocks.get(track.media());
      if (known != null && known.track().timescale() == track.timescale()) {
        known.track(track);
      } else {
        clocks.put(track.media(), new TrackClock(track, origin));
      }
    }
    output.header(new Header(container.header(renewed), renewed, container.contentType(renewed)));
  }

  private void follow(Frame frame) {
    Handover waiting = handover;
    if (waiting == null) {
      place(frame);
      return;
    }
    if (waiting.isBefore(frame)) {
      batch.add(frame);
    } else {
      waiting.add(frame);
    }
    if (waiting.isComplete() || batch.isFull()) {
      handOver();
    }
  }

  /** Makes the header that waits, if one does. */
  private void handOver() {
    Handover waiting = handover;
    handover = null;
    if (waiting != null) {
      flush(waiting.key());
      header(waiting.key().time(), WAIT_NANOS);
      waiting.frames().forEach(this::follow);
    }
  }

  /** Begins to wait for audio of before a key frame; false where there is none. */
  private boolean waits(Frame key) {
    handover = Handover.begin(key, batch, tracks, clocks);
    if (handover != null && handover.isComplete()) {
      handOver();
      return true;
    }
    return handover != null;
  }

  private boolean isAgain() {
    return !options.headerEvery().isZero();
  }

  private void place(Frame frame) {
    boolean inHeader = tracks.isInHeader(frame);
    boolean breaks = frame.isDiscontinuity() || missed;
    boolean due = tracks.isStale() || isHeaderDue(frame);
    if (tracks.isMain(frame.track())) {
      mainTime = frame.time();
    } else if (due && frame.time() - mainTime >= SILENT_NANOS) {
      tracks.forgetMain();
      mainTime = frame.time();
    }
    if (due && tracks.starts(frame)) {
      if (isAgain() && !breaks && waits(frame)) {
        return;
      }
      flush(breaks ? null : frame); // the last picture does not last until after a gap
      header(frame.time(), breaks ? GAP_NANOS : WAIT_NANOS);
      inHeader = tracks.isInHeader(frame);
    }
    if (!inHeader || isLeading(frame)) {
      leaveOut(frame);
      return;
    }
    if (breaks) {
      flush();
      discontinuity = true;
      missed = false;
    } else if (batch.endsBefore(frame, tracks.isMain(frame.track()), options)) {
      boolean splits = isAgain() && tracks.isMain(frame.track());
      List<Frame> later = splits ? batch.takeFrom(frame.time(), tracks) : List.of();
      flush(frame);
      batch.add(frame);
      later.forEach(batch::add);
      return;
    }
    batch.add(frame);
  }

  private boolean isHeaderDue(Frame frame) {
    long every = options.headerEvery().toNanos();
    long early = frame.codec().kind() == Codec.Kind.VIDEO ? EARLY_NANOS : 0;
    return every > 0 && frame.time() - headerTime >= every - early;
  }

  /**
   * Of a time before that of the picture that a reader begins with: of video it is made of pictures
   * from before it.
   */
  private boolean isLeading(Frame frame) {
    return frame.codec().kind() == Codec.Kind.VIDEO
        ? frame.randomAccess() == RandomAccess.NONE && frame.time() - headerTime < 0
        : origin - frame.time() > ROUNDING_NANOS;
  }

  /** Ends the fragment now: what was added is given out. */
  public void flush() {
    if (!begun) {
      begin();
    }
    if (begun) {
      handOver();
      flush(null);
    }
  }

  private void flush(@Nullable Frame next) {
    if (batch.isEmpty()) {
      return;
    }
    Batch ended = batch;
    batch = new Batch();
    Fragment fragment = ended.fragment(container, tracks, this::clock, next, discontinuity);
    discontinuity = false;
    ended.release();
    output.fragment(fragment);
  }

  private TrackClock clock(int media) {
    TrackClock clock = clocks.get(media);
    if (clock == null) {
      throw new AssertionError("no track of media " + media);
    }
    return clock;
  }

  /** Gives out what was added, and ends. */
  @Override
  public void close() {
    if (!closed) {
      flush();
      first.close();
      closed = true;
    }
  }
}

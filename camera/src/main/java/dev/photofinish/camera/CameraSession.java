package dev.photofinish.camera;

import dev.photofinish.camera.CameraEvent.Kind;
import io.netty.util.concurrent.Future;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An RTSP session from its first SETUP to its end; lives on the camera's event loop. */
final class CameraSession {

  private final CameraContext context;
  private final Consumer<CameraSession> onExpiry;
  private final Consumer<CameraSession> onPlayed;
  private final String id;
  private final String path;
  private final int connection;
  private final Map<Integer, Track> tracks = new TreeMap<>();
  private long lastRequest;
  private long lastReport;
  private PlayClock clock;
  private long end = Long.MAX_VALUE;
  private double scale = 1;
  private boolean leftBehind;
  private boolean keyFramesOnly;
  private @Nullable Future<?> expiry;
  private @Nullable Future<?> tick;

  /**
   * @param onExpiry ends the session, which no request has named for its timeout
   * @param onPlayed does what follows the last picture of a recording
   */
  CameraSession(
      CameraContext context,
      String id,
      String path,
      int connection,
      Consumer<CameraSession> onExpiry,
      Consumer<CameraSession> onPlayed) {
    this.context = context;
    this.onExpiry = onExpiry;
    this.onPlayed = onPlayed;
    this.id = id;
    this.path = path;
    this.connection = connection;
    this.lastRequest = context.now();
    this.clock = new PlayClock(context::now, 0, 1);
    context.tally().record(Kind.SESSION_OPENED, connection, id);
    if (context.options().get(Knob.SESSION_EXPIRY)) {
      expireIn(timeoutNanos());
    }
  }

  String id() {
    return id;
  }

  /** The profile that it plays. */
  String path() {
    return path;
  }

  /** The value of {@code Session} in responses. */
  String header() {
    return id + ";timeout=" + context.options().get(Knob.SESSION_TIMEOUT).toSeconds();
  }

  Collection<Track> tracks() {
    return tracks.values();
  }

  /** Adds a track, in the place of one that was set up before. */
  void add(Track track) {
    track.keyFramesOnly(keyFramesOnly);
    Track before = tracks.put(track.id(), track);
    if (before != null) {
      before.sink().close();
    }
  }

  /** Sends no video but key frames, on the tracks that are added from now on too. */
  void keyFramesOnly() {
    keyFramesOnly = true;
    tracks.values().forEach(track -> track.keyFramesOnly(true));
  }

  boolean playing() {
    return tick != null;
  }

  /** A request that names the session keeps it alive. */
  void touch() {
    lastRequest = context.now();
  }

  /** How much of the media was sent. */
  long reached() {
    return tracks.values().stream().mapToLong(Track::dueNanos).max().orElse(0);
  }

  /** Starts the clock of the media at a place, which {@code RTP-Info} announces. */
  void prepare(Recording.Section section) {
    long reached = section.from();
    end = section.until();
    clock = new PlayClock(context::now, reached, section.scale());
    scale = section.scale();
    tracks.values().forEach(track -> track.showAt(clock::shown));
    if (context.options().get(Knob.RECORDING).isZero()) {
      tracks.values().forEach(track -> track.begin(reached));
    } else {
      tracks.values().forEach(track -> track.seek(reached));
    }
  }

  /** That of the last PLAY, or of the one that is answered. */
  double scale() {
    return scale;
  }

  String rtpInfo(String base) {
    return tracks.values().stream()
        .map(track -> track.rtpInfo(base))
        .collect(Collectors.joining(","));
  }

  void sendReports() {
    for (Track track : tracks.values()) {
      track.report(clock.elapsed(), clock.unix());
      track.sink().flush();
    }
  }

  /** The client sent RTCP. */
  void reported(byte[] compound) {
    lastReport = context.now();
    if (context.options().get(Knob.KEY_FRAME_REQUESTS).isIn(compound)) {
      context.tally().record(Kind.KEY_FRAME_ASKED, connection, id);
      tracks.values().forEach(Track::refresh);
    }
  }

  void play() {
    lastReport = context.now();
    context.tally().record(Kind.PLAYING, connection, id);
    long limit = context.options().get(Knob.MEDIA_STOPS_AFTER).toNanos();
    tick(limit == 0 ? end : Math.min(end, clock.elapsed() + limit));
  }

  private void tick(long until) {
    if (clock.elapsed() >= until) {
      pause();
      context.tally().record(Kind.MEDIA_STOPPED, connection, id);
      if (until == end) {
        onPlayed.accept(this);
      }
      return;
    }
    hear();
    tracks.values().forEach(this::advance);
    if (unreported()) {
      context.tally().record(Kind.SESSION_EXPIRED, connection, id + " no receiver reports");
      leaveBehind();
      onExpiry.accept(this);
      return;
    }
    long due = tracks.values().stream().mapToLong(Track::dueNanos).min().orElse(until);
    long wait = clock.until(Math.min(due, until));
    tick = context.loop().schedule(() -> tick(until), wait, TimeUnit.NANOSECONDS);
  }

  /** Reads what came by datagrams, where it matters. */
  private void hear() {
    if (!context.options().get(Knob.REPORTS_WITHIN).isZero()
        || context.options().get(Knob.KEY_FRAME_REQUESTS) != KeyFrameRequests.NONE) {
      tracks.values().forEach(track -> track.sink().heard(this::reported));
    }
  }

  /** Whether the client owes a report for longer than {@link Knob#REPORTS_WITHIN}. */
  private boolean unreported() {
    long within = context.options().get(Knob.REPORTS_WITHIN).toNanos();
    return within > 0 && context.now() - lastReport >= within;
  }

  private void advance(Track track) {
    if (context.sendsMedia()) {
      track.send(clock.elapsed(), clock.unix());
    } else {
      track.skip(clock.elapsed());
    }
  }

  void pause() {
    cancel(tick);
    tick = null;
  }

  /** Whether the session ends with a connection that closes without TEARDOWN. */
  boolean endsWithConnection() {
    return tracks.isEmpty()
        || tracks.values().stream().anyMatch(track -> track.sink().interleaved());
  }

  /** Counts the session as left behind, once. */
  void leaveBehind() {
    if (!leftBehind) {
      leftBehind = true;
      context.tally().record(Kind.SESSION_LEFT_BEHIND, connection, id);
    }
  }

  /** Ends timers and media; the camera forgets the session by itself. */
  void end(String reason) {
    pause();
    cancel(expiry);
    tracks.values().forEach(track -> track.sink().close());
    context.tally().record(Kind.SESSION_ENDED, connection, id + " " + reason);
  }

  private void expireIn(long nanos) {
    expiry = context.loop().schedule(this::checkExpiry, nanos, TimeUnit.NANOSECONDS);
  }

  private void checkExpiry() {
    long left = timeoutNanos() - (context.now() - lastRequest);
    if (left > 0) {
      expireIn(left);
      return;
    }
    context.tally().record(Kind.SESSION_EXPIRED, connection, id);
    leaveBehind();
    onExpiry.accept(this);
  }

  private long timeoutNanos() {
    return context.options().get(Knob.SESSION_TIMEOUT).toNanos();
  }

  private static void cancel(@Nullable Future<?> timer) {
    if (timer != null) {
      timer.cancel(false);
    }
  }
}

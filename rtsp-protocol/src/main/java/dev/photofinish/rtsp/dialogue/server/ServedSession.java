package dev.photofinish.rtsp.dialogue.server;

import dev.photofinish.rtsp.message.Method;
import dev.photofinish.rtsp.message.Pair;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A session of a reader or a publisher (RFC 2326 section 3.2 and appendix A.2).
 *
 * <pre>
 *  SETUP ─▶ READY ─PLAY─▶ PLAYING ─PAUSE─▶ PAUSED ─PLAY─▶ PLAYING
 *  SETUP ─▶ READY ─RECORD─▶ RECORDING ─PAUSE─▶ READY
 * </pre>
 */
final class ServedSession {
  enum State {
    READY,
    PLAYING,
    /** As READY, but it played before. */
    PAUSED,
    RECORDING
  }

  /**
   * A track that is set up.
   *
   * @param url that its SETUP went to
   * @param channels where it is interleaved
   */
  record SetUp(String url, Optional<Pair> channels) {}

  private final String id;
  private StreamRequest request;
  private final ServedStream stream;
  private final String aggregate;
  private final @Nullable Announcement announcement;
  private final Map<Integer, SetUp> tracks = new TreeMap<>();
  private State state = State.READY;
  private long lastUsed;

  /**
   * A reader's.
   *
   * @param aggregate the URL of the whole
   */
  ServedSession(String id, StreamRequest request, ServedStream stream, String aggregate, long now) {
    this(id, request, stream, aggregate, null, now);
  }

  /** A publisher's. */
  ServedSession(String id, Announcement of, long now) {
    this(id, of.request(), of.stream(), of.url().aggregate(), of, now);
  }

  private ServedSession(
      String id,
      StreamRequest request,
      ServedStream stream,
      String aggregate,
      @Nullable Announcement announcement,
      long now) {
    this.announcement = announcement;
    this.id = id;
    this.request = request;
    this.stream = stream;
    this.aggregate = aggregate;
    this.lastUsed = now;
  }

  String id() {
    return id;
  }

  boolean isPublishing() {
    return announcement != null;
  }

  /** Whether a request's URL may be one of this session. */
  boolean covers(StreamUrl url) {
    return url.name().equals(request.name()) || (announcement != null && announcement.covers(url));
  }

  /** The index of the track that the URL means; below 0 for none. */
  int track(StreamUrl url) {
    if (announcement != null) {
      return announcement.track(url);
    }
    if (url.track().isEmpty()) {
      return stream.media().size() == 1 ? 0 : -1;
    }
    int index = url.track().getAsInt() - 1;
    return index < stream.tracks() ? index : -1;
  }

  /** Whether a track is the reader's way to talk. */
  boolean isBackChannel(int track) {
    return !isPublishing() && stream.isBackChannel(track);
  }

  /** Who began it without a login has logged in as this user. */
  void isOf(String user) {
    request = new StreamRequest(request.name(), request.query(), Optional.of(user));
  }

  StreamRequest request() {
    return request;
  }

  ServedStream stream() {
    return stream;
  }

  String aggregate() {
    return aggregate;
  }

  /** The tracks that are set up, by their index. */
  Map<Integer, SetUp> tracks() {
    return tracks;
  }

  boolean isInterleaved() {
    return tracks.values().stream().anyMatch(track -> track.channels().isPresent());
  }

  /** Whether media flows. */
  boolean isRunning() {
    return state == State.PLAYING || state == State.RECORDING;
  }

  boolean is(State asked) {
    return state == asked;
  }

  void become(State next) {
    state = next;
  }

  void used(long now) {
    lastUsed = now;
  }

  long lastUsed() {
    return lastUsed;
  }

  /** The methods that are valid in its state, beside those that always are. */
  List<Method> allowed() {
    Method start = isPublishing() ? Method.RECORD : Method.PLAY;
    return isRunning()
        ? List.of(Method.OPTIONS, start, Method.PAUSE, Method.TEARDOWN)
        : List.of(Method.OPTIONS, Method.SETUP, start, Method.TEARDOWN);
  }
}

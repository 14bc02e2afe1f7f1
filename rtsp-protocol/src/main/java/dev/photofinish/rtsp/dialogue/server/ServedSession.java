package dev.photofinish.rtsp.dialogue.server;

import dev.photofinish.rtsp.message.Method;
import dev.photofinish.rtsp.message.Pair;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A session of a reader (RFC 2326 section 3.2 and appendix A.2).
 *
 * <pre>
 *  SETUP ─▶ READY ─PLAY─▶ PLAYING ─PAUSE─▶ PAUSED ─PLAY─▶ PLAYING
 * </pre>
 */
final class ServedSession {
  enum State {
    READY,
    PLAYING,
    /** As READY, but it played before. */
    PAUSED
  }

  /**
   * A track that is set up.
   *
   * @param url that its SETUP went to
   * @param channels where it is interleaved
   */
  record SetUp(String url, Optional<Pair> channels) {}

  private final String id;
  private final StreamRequest request;
  private final ServedStream stream;
  private final String aggregate;
  private final Map<Integer, SetUp> tracks = new TreeMap<>();
  private State state = State.READY;
  private long lastUsed;

  /**
   * @param aggregate the URL of the whole
   */
  ServedSession(String id, StreamRequest request, ServedStream stream, String aggregate, long now) {
    this.id = id;
    this.request = request;
    this.stream = stream;
    this.aggregate = aggregate;
    this.lastUsed = now;
  }

  String id() {
    return id;
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
    return state == State.PLAYING
        ? List.of(Method.OPTIONS, Method.PLAY, Method.PAUSE, Method.TEARDOWN)
        : List.of(Method.OPTIONS, Method.SETUP, Method.PLAY, Method.TEARDOWN);
  }
}

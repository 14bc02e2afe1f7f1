package dev.photofinish.rtsp.dialogue;

import dev.photofinish.rtsp.message.RtspUrl;
import java.util.List;

/**
 * The URLs that PLAY, keep-alives and TEARDOWN go to: the presentation's URL, which stands for
 * every track, or the tracks' own, one after the other, once a camera said that it takes none for
 * them all (RFC 2326 section 11.3.10: the method may be applied on a media URL).
 */
final class Controls {
  private static final int AGGREGATE_NOT_ALLOWED = 459;

  private List<RtspUrl> urls;
  private boolean separate;
  private int at;

  Controls(RtspUrl aggregate) {
    urls = List.of(aggregate);
  }

  /** Begins again with {@code tracks}; what a camera said about aggregates holds. */
  void assign(List<Track> tracks) {
    if (separate) {
      urls = tracks.stream().map(Track::control).toList();
    }
    at = 0;
  }

  /** Where the next request goes. */
  RtspUrl current() {
    return urls.get(at);
  }

  /** Goes back to the first. */
  void first() {
    at = 0;
  }

  /** Goes on to the next; false when there is none. */
  boolean next() {
    at++;
    return at < urls.size();
  }

  /** Which track {@link #current} is of, where they are separate. */
  int index() {
    return at;
  }

  boolean areSeparate() {
    return separate;
  }

  /** Whether an answer of {@code status} asks for track by track, which it is from now on. */
  boolean separates(int status, List<Track> tracks) {
    if (status != AGGREGATE_NOT_ALLOWED || separate || tracks.isEmpty()) {
      return false;
    }
    separate = true;
    assign(tracks);
    return true;
  }
}

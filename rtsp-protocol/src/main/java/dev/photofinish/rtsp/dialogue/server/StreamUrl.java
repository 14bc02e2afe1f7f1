package dev.photofinish.rtsp.dialogue.server;

import dev.photofinish.rtsp.message.RtspFormatException;
import dev.photofinish.rtsp.message.RtspUrl;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * The target of a reader's request, taken apart: {@code rtsp://host/NAME?query/trackID=1}.
 *
 * <p>Readers put the track behind the path, or behind the query (RFC 2326 section C.1.1 leaves it
 * open), and a slash behind either.
 *
 * @param url as the reader wrote it, without user and password
 * @param path of the stream, as written, without slashes at its ends
 * @param query as written; empty if there is none
 * @param track the number behind {@code trackID=}, from 1; empty for the whole stream, 0 for a
 *     number that no track has
 */
record StreamUrl(RtspUrl url, String path, String query, OptionalInt track) {
  private static final String TRACK = "trackid=";
  private static final int MOST_DIGITS = 3;

  static StreamUrl parse(String uri) throws RtspFormatException {
    RtspUrl url = RtspUrl.parse(uri).withoutCredentials();
    String target = url.target();
    int question = target.indexOf('?');
    String path = stripped(question < 0 ? target : target.substring(0, question));
    String query = question < 0 ? "" : stripped(target.substring(question + 1));
    OptionalInt behindQuery = track(query);
    OptionalInt track = behindQuery.isPresent() ? behindQuery : track(path);
    return new StreamUrl(
        url,
        behindQuery.isEmpty() && track.isPresent() ? beforeLastSegment(path) : path,
        behindQuery.isPresent() ? beforeLastSegment(query) : query,
        track);
  }

  /** The control attribute of a track, relative to {@link #aggregate}. */
  static String control(int index) {
    return "trackID=" + (index + 1);
  }

  /** The stream's name: the path without its escapes. */
  String name() {
    return RtspUrl.decoded(path);
  }

  /** The stream's own URL with a slash at its end: what controls are resolved against. */
  String aggregate() {
    String target = path.isEmpty() ? "/" : "/" + path + "/";
    return url.withTarget(target).toString();
  }

  /** Without slashes at its ends. */
  static String stripped(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && text.charAt(start) == '/') {
      start++;
    }
    while (end > start && text.charAt(end - 1) == '/') {
      end--;
    }
    return text.substring(start, end);
  }

  private static OptionalInt track(String text) {
    String last = text.substring(text.lastIndexOf('/') + 1);
    if (!last.toLowerCase(Locale.ROOT).startsWith(TRACK)) {
      return OptionalInt.empty();
    }
    String digits = last.substring(TRACK.length());
    boolean number =
        !digits.isEmpty()
            && digits.length() <= MOST_DIGITS
            && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    return OptionalInt.of(number ? Integer.parseInt(digits) : 0);
  }

  private static String beforeLastSegment(String text) {
    return stripped(text.substring(0, Math.max(0, text.lastIndexOf('/'))));
  }
}

package dev.photofinish.camera;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the profile and the track from the URI of a request. */
final class RequestUri {
  private static final Pattern PATH = Pattern.compile("(?i)rtsps?://[^/]*(/.*)?");
  private static final Pattern TRACK = Pattern.compile("/trackID=(\\d)$");

  private RequestUri() {}

  /** The profile that the URI names: the camera's path, or its second one. */
  static Optional<String> profile(RtspRequest request, CameraOptions options) {
    Matcher matcher = PATH.matcher(request.uri());
    String path = matcher.matches() && matcher.group(1) != null ? matcher.group(1) : "";
    String wanted = trimmed(TRACK.matcher(path).replaceFirst(""));
    boolean known =
        wanted.equals(trimmed(options.get(Knob.PATH)))
            || (!options.get(Knob.SECOND_PATH).isEmpty()
                && wanted.equals(trimmed(options.get(Knob.SECOND_PATH))));
    return known ? Optional.of(wanted) : Optional.empty();
  }

  static OptionalInt track(RtspRequest request) {
    Matcher matcher = TRACK.matcher(request.uri());
    return matcher.find()
        ? OptionalInt.of(Integer.parseInt(matcher.group(1)))
        : OptionalInt.empty();
  }

  /** The URL that controls are relative to, RFC 2326 appendix C.1.1. */
  static String base(RtspRequest request) {
    return trimmed(TRACK.matcher(request.uri()).replaceFirst("")) + "/";
  }

  private static String trimmed(String path) {
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }
}

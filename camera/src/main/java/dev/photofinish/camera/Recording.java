package dev.photofinish.camera;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The recording that a camera has in place of a live picture, where {@link Knob#RECORDING} says.
 */
final class Recording {
  private static final Pattern RANGE =
      Pattern.compile("npt=(\\d{1,6}(?:\\.\\d{1,3})?)-(\\d{1,6}(?:\\.\\d{1,3})?)?");

  private static final Pattern SCALE = Pattern.compile("\\d{1,4}(?:\\.\\d{1,3})?");
  private static final double LEAST_SCALE = 0.1;
  private static final double MOST_SCALE = 8;

  private final long length;

  Recording(CameraOptions options) {
    this.length = options.get(Knob.RECORDING).toNanos();
  }

  /**
   * A part of it, in nanoseconds from its beginning.
   *
   * @param scale its seconds a second
   */
  record Section(long from, long until, double scale) {
    /** The value of Range, RFC 2326 section 12.29. */
    String header() {
      return "npt=" + seconds(from) + "-" + (until == Long.MAX_VALUE ? "" : seconds(until));
    }
  }

  boolean isThere() {
    return length > 0;
  }

  /** The value of {@code a=range} (RFC 2326 section C.1.5). */
  String range() {
    return isThere() ? "npt=0-" + seconds(length) : "npt=now-";
  }

  /**
   * The part that a PLAY asks for; empty if there is none such.
   *
   * @param reached where it was paused, for a PLAY that does not say where from
   */
  Optional<Section> section(RtspRequest request, long reached) {
    if (!isThere()) {
      return Optional.of(new Section(reached, Long.MAX_VALUE, 1));
    }
    double scale = scale(request);
    Optional<String> range = request.header("Range");
    if (range.isEmpty()) {
      return Optional.of(new Section(reached, length, scale));
    }
    Matcher matcher = RANGE.matcher(range.get());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long from = nanos(matcher.group(1));
    long until = matcher.group(2) == null ? length : Math.min(length, nanos(matcher.group(2)));
    return from < until ? Optional.of(new Section(from, until, scale)) : Optional.empty();
  }

  /** RFC 2326 section 12.34: the scale that is nearest to the one that was asked for. */
  private static double scale(RtspRequest request) {
    String asked = request.header("Scale").orElse("1");
    return SCALE.matcher(asked).matches()
        ? Math.min(MOST_SCALE, Math.max(LEAST_SCALE, Double.parseDouble(asked)))
        : 1; // backwards is not played
  }

  private static long nanos(String seconds) {
    return Math.round(Double.parseDouble(seconds) * 1e9);
  }

  private static String seconds(long nanos) {
    return String.format(Locale.ROOT, "%.3f", nanos * 1e-9);
  }
}

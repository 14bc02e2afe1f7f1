package dev.photofinish.rtsp.message;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Range header (RFC 2326 section 12.29): {@code npt=0.000-}, {@code clock=...-...}.
 *
 * @param unit npt, clock, smpte or one of its variants, in lower case
 * @param start as written; empty for {@code npt=-10}
 * @param end as written; empty for an open end
 * @param time when the operation shall take effect, as written
 */
public record RangeHeader(String unit, String start, String end, Optional<String> time) {
  private static final String NPT =
      "(?:now|[0-9]+(?:\\.[0-9]*)?|[0-9]+:[0-5]?[0-9]:[0-5]?[0-9](?:\\.[0-9]*)?)";
  private static final String SMPTE =
      "[0-9]{1,2}:[0-9]{1,2}:[0-9]{1,2}(?::[0-9]{1,2}(?:\\.[0-9]{1,2})?)?";
  private static final String CLOCK = "[0-9]{8}T[0-9]{6}(?:\\.[0-9]+)?Z";
  private static final Pattern VALUE =
      Pattern.compile(
          "(npt)\\s*=\\s*("
              + NPT
              + "?)\\s*-\\s*("
              + NPT
              + "?)"
              + "|(smpte(?:-[a-z0-9-]+)?)\\s*=\\s*("
              + SMPTE
              + ")\\s*-\\s*("
              + SMPTE
              + ")?"
              + "|(clock)\\s*=\\s*("
              + CLOCK
              + ")\\s*-\\s*("
              + CLOCK
              + ")?");

  /** Everything from now on. */
  public static RangeHeader fromStart() {
    return new RangeHeader("npt", "0.000", "", Optional.empty());
  }

  /**
   * Reads the value.
   *
   * @throws RtspFormatException if it is no range of normal play time, SMPTE or the clock
   */
  public static RangeHeader parse(String value) throws RtspFormatException {
    String[] parts = value.trim().split("\\s*;\\s*", 2);
    Matcher range = VALUE.matcher(parts[0]);
    if (!range.matches()) {
      throw malformed(value);
    }
    int first = range.group(1) != null ? 1 : range.group(4) != null ? 4 : 7;
    if (text(range, first + 1).isEmpty() && text(range, first + 2).isEmpty()) {
      throw malformed(value);
    }
    return new RangeHeader(
        range.group(first), text(range, first + 1), text(range, first + 2), time(parts));
  }

  private static RtspFormatException malformed(String value) {
    return new RtspFormatException("Range header", value, "a range, for example npt=0.000-");
  }

  private static String text(Matcher range, int group) {
    return Optional.ofNullable(range.group(group)).orElse("");
  }

  private static Optional<String> time(String[] parts) {
    return parts.length < 2
        ? Optional.empty()
        : Parameter.parseAll(parts[1], ';').stream()
            .filter(parameter -> parameter.is("time"))
            .findFirst()
            .flatMap(Parameter::value);
  }

  /** The header's value. */
  @Override
  public String toString() {
    return unit + "=" + start + "-" + end + time.map(at -> ";time=" + at).orElse("");
  }
}

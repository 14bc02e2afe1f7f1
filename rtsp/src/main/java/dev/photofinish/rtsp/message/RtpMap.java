package dev.photofinish.rtsp.message;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a payload type means: the value of {@code a=rtpmap:} (RFC 4566 section 6). */
record RtpMap(int payloadType, String codec, OptionalInt clockRate, OptionalInt channels) {
  private static final Pattern VALUE =
      Pattern.compile("([0-9]{1,3})\\s+([^/\\s]+)\\s*(?:/\\s*([0-9]+)?\\s*(?:/\\s*([0-9]+))?)?.*");
  private static final int HIGHEST = 127;

  /** Reads the value; empty for what names no payload type and codec. */
  static Optional<RtpMap> parse(String value) {
    Matcher map = VALUE.matcher(value);
    if (!map.matches() || Integer.parseInt(map.group(1)) > HIGHEST) {
      return Optional.empty();
    }
    return Optional.of(
        new RtpMap(
            Integer.parseInt(map.group(1)),
            map.group(2).toUpperCase(Locale.ROOT),
            positive(map, 3),
            positive(map, 4)));
  }

  private static OptionalInt positive(Matcher map, int group) {
    String digits = map.group(group);
    OptionalInt number = digits == null ? OptionalInt.empty() : Syntax.unsigned(digits);
    return number.orElse(0) > 0 ? number : OptionalInt.empty();
  }
}

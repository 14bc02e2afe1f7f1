package dev.photofinish.rtsp.message;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/** The meaning of a payload type: the value of {@code a=rtpmap:} (RFC 4566 section 6). */
record RtpMap(int payloadType, String codec, OptionalInt clockRate, OptionalInt channels) {
  private static final int LONGEST_CODEC = 64;
  private static final int HIGHEST = 127;

  /** Reads the value; empty for what names no payload type and codec. */
  static Optional<RtpMap> parse(String value) {
    var scanner = new TextScanner(value);
    OptionalInt payloadType = Syntax.unsigned(scanner.run(TextScanner::isDigit));
    boolean separated = scanner.space();
    String codec = scanner.run(c -> c != '/' && !TextScanner.isSpace(c));
    if (payloadType.orElse(HIGHEST + 1) > HIGHEST || !separated || !isCodec(codec)) {
      return Optional.empty();
    }
    OptionalInt clockRate = parameter(scanner);
    return Optional.of(
        new RtpMap(
            payloadType.getAsInt(), codec.toUpperCase(Locale.ROOT), clockRate, parameter(scanner)));
  }

  /** A token (RFC 4566 section 9) of a length that a name may have. */
  private static boolean isCodec(String text) {
    return text.length() <= LONGEST_CODEC && Syntax.isToken(text);
  }

  /** The number behind the next slash; empty if there is none, or 0. */
  private static OptionalInt parameter(TextScanner scanner) {
    scanner.space();
    if (!scanner.take('/')) {
      return OptionalInt.empty();
    }
    scanner.space();
    OptionalInt number = Syntax.unsigned(scanner.run(TextScanner::isDigit));
    return number.orElse(0) > 0 ? number : OptionalInt.empty();
  }
}

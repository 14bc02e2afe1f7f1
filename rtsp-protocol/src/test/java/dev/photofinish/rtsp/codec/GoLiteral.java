package dev.photofinish.rtsp.codec;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The bytes of a string literal of the Go language, between its quotes. */
final class GoLiteral {
  private static final Pattern PIECE =
      Pattern.compile("\\\\x([0-9a-f]{2})|\\\\u([0-9a-f]{4})|\\\\(.)|([^\\\\]+)");
  private static final Map<String, String> NAMED =
      Map.of("n", "\n", "r", "\r", "t", "\t", "v", "\u000b", "a", "\u0007", "b", "\b", "f", "\f");

  private GoLiteral() {}

  static byte[] bytes(String literal) {
    var bytes = new ByteArrayOutputStream();
    Matcher piece = PIECE.matcher(literal);
    while (piece.find()) {
      if (piece.group(1) != null) {
        bytes.write(Integer.parseInt(piece.group(1), 16));
      } else {
        bytes.writeBytes(text(piece).getBytes(StandardCharsets.UTF_8));
      }
    }
    return bytes.toByteArray();
  }

  private static String text(Matcher piece) {
    if (piece.group(2) != null) {
      return String.valueOf((char) Integer.parseInt(piece.group(2), 16));
    }
    return piece.group(3) == null
        ? piece.group(4)
        : NAMED.getOrDefault(piece.group(3), piece.group(3));
  }
}

package dev.photofinish.rtsp.message;

import java.util.regex.Pattern;

/**
 * Quotes a peer's text for people: shortened, control characters escaped, credentials hidden.
 *
 * <p>Every error and every {@code toString} that shows what a peer sent goes through here, so that
 * no password reaches a log and no terminal is driven by a camera.
 */
public final class Excerpt {
  private static final int LONGEST = 80;
  private static final Pattern USER_INFO = Pattern.compile("(?<=://)[^/?#\\s]*@");
  private static final Pattern AUTHORIZATION = Pattern.compile("(?i)(authorization\\s*:\\s*)\\S.*");

  private Excerpt() {}

  /** The text in quotes, or {@code nothing} for an empty one. */
  public static String of(String text) {
    if (text.isEmpty()) {
      return "nothing";
    }
    String safe = hideCredentials(text.substring(0, Math.min(text.length(), 8 * LONGEST)));
    return '"' + escape(safe) + '"' + (escapedWhole(safe, text) ? "" : "...");
  }

  /** The text without the user and password of its URLs and without the values of credentials. */
  static String hideCredentials(String text) {
    String withoutUsers = USER_INFO.matcher(text).replaceAll("***@");
    return AUTHORIZATION.matcher(withoutUsers).replaceAll("$1***");
  }

  private static boolean escapedWhole(String safe, String text) {
    return safe.length() <= LONGEST && text.length() <= 8 * LONGEST;
  }

  private static String escape(String text) {
    var escaped = new StringBuilder();
    text.chars().limit(LONGEST).forEach(c -> escapeTo(escaped, (char) c));
    return escaped.toString();
  }

  private static void escapeTo(StringBuilder escaped, char c) {
    if (c == '\r') {
      escaped.append("\\r");
    } else if (c == '\n') {
      escaped.append("\\n");
    } else if (c < ' ' || c > '~') {
      escaped.append(String.format("\\x%02x", (int) c));
    } else {
      escaped.append(c);
    }
  }
}

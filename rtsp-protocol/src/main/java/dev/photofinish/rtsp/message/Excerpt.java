package dev.photofinish.rtsp.message;

import java.util.List;
import java.util.Locale;

/**
 * Quotes a peer's text so that it can be shown: shortened, control characters escaped, credentials
 * and keys hidden.
 *
 * <p>Every error and every {@code toString} that shows what a peer sent goes through here, so that
 * no password reaches a log and no terminal is driven by a camera.
 */
public final class Excerpt {
  private static final int LONGEST = 80;
  private static final int LONGEST_LINE = 200;
  private static final String AUTHORIZATION = "authorization";

  /** What secrets in base 64 stand behind: user and password, keys of SDES and of MIKEY. */
  private static final List<String> SECRETS = List.of("basic ", "inline:", "mikey ");

  private static final int SHORTEST_SECRET = 4;
  private static final String HIDDEN = "***";

  private Excerpt() {}

  /** The text in quotes, or {@code nothing} for an empty one. */
  public static String of(String text) {
    if (text.isEmpty()) {
      return "nothing";
    }
    String safe = hideCredentials(text.substring(0, Math.min(text.length(), 8 * LONGEST)));
    return '"' + escape(safe, LONGEST) + '"' + (escapedWhole(safe, text) ? "" : "...");
  }

  /**
   * The text as it stands, without quotes, for the middle of a sentence: at most 200 characters,
   * escaped, credentials hidden.
   */
  public static String show(String text) {
    String start = text.substring(0, Math.min(text.length(), 2 * LONGEST_LINE));
    String safe = hideCredentials(start);
    boolean whole = safe.length() <= LONGEST_LINE && start.length() == text.length();
    return escape(safe, LONGEST_LINE) + (whole ? "" : "...");
  }

  /** The text without the users and passwords of its URLs, the values of credentials, and keys. */
  static String hideCredentials(String text) {
    String safe = PasswordParameters.hide(hideAuthorization(UserInfo.hide(text)));
    for (String marker : SECRETS) {
      safe = hideBase64(safe, marker);
    }
    return safe;
  }

  /** Hides what follows {@code Authorization:} up to the end of its line. */
  private static String hideAuthorization(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    var shown = new StringBuilder();
    int done = 0;
    for (int at = lower.indexOf(AUTHORIZATION); at >= 0; at = lower.indexOf(AUTHORIZATION, at)) {
      int colon = skipSpace(text, at + AUTHORIZATION.length());
      at = colon;
      if (colon < text.length() && text.charAt(colon) == ':') {
        int value = skipSpace(text, colon + 1);
        int end = value;
        while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
          end++;
        }
        shown.append(text, done, value).append(value < end ? HIDDEN : "");
        done = end;
        at = end;
      }
    }
    return shown.append(text, done, text.length()).toString();
  }

  /** Hides what looks like base 64 behind {@code marker}. */
  private static String hideBase64(String text, String marker) {
    String lower = text.toLowerCase(Locale.ROOT);
    var shown = new StringBuilder();
    int done = 0;
    for (int at = lower.indexOf(marker); at >= 0; at = lower.indexOf(marker, at)) {
      int value = skipSpace(text, at + marker.length());
      int end = value;
      while (end < text.length() && isBase64(text.charAt(end))) {
        end++;
      }
      boolean parameter = end < text.length() && text.charAt(end) == '=' && !isPadding(text, end);
      if (end - value >= SHORTEST_SECRET && !parameter) {
        shown.append(text, done, value).append(HIDDEN);
        done = end;
      }
      at = end;
    }
    return shown.append(text, done, text.length()).toString();
  }

  private static boolean isBase64(char c) {
    return (c >= 'A' && c <= 'Z')
        || (c >= 'a' && c <= 'z')
        || TextScanner.isDigit(c)
        || c == '+'
        || c == '/';
  }

  private static boolean isPadding(String text, int from) {
    int end = from;
    while (end < text.length() && text.charAt(end) == '=') {
      end++;
    }
    return end == text.length() || !(isBase64(text.charAt(end)) || text.charAt(end) == '"');
  }

  private static int skipSpace(String text, int from) {
    int index = from;
    while (index < text.length() && TextScanner.isSpace(text.charAt(index))) {
      index++;
    }
    return index;
  }

  private static boolean escapedWhole(String safe, String text) {
    return safe.length() <= LONGEST && text.length() <= 8 * LONGEST;
  }

  private static String escape(String text, int longest) {
    var escaped = new StringBuilder();
    text.chars().limit(longest).forEach(c -> escapeTo(escaped, (char) c));
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

package dev.photofinish.rtsp.message;

import java.util.Locale;
import java.util.Set;

/**
 * Hides the passwords that cameras take as parameters in the path or the query of their URLs:
 * {@code /live?user=admin&password=secret} and {@code /user=admin_password=secret_channel=1.sdp}.
 * Each character is looked at a fixed number of times.
 */
public final class PasswordParameters {
  private static final Set<String> NAMES = Set.of("password", "passwd", "pass", "pwd", "psw");
  private static final int LONGEST_NAME = 8;
  private static final String ENDS = "&;,\"'<>()#";
  private static final String HIDDEN = "***";

  private PasswordParameters() {}

  /** The text with {@code ***} in place of the passwords. */
  public static String hide(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    int done = 0;
    for (int equals = text.indexOf('='); equals >= 0; equals = text.indexOf('=', equals + 1)) {
      if (equals >= done && isPassword(text, equals)) {
        int end = end(text, equals + 1);
        shown.append(text, done, equals + 1).append(end > equals + 1 ? HIDDEN : "");
        done = end;
      }
    }
    return shown.append(text, done, text.length()).toString();
  }

  private static boolean isPassword(String text, int equals) {
    int start = equals;
    while (start > 0 && equals - start <= LONGEST_NAME && isLetter(text.charAt(start - 1))) {
      start--;
    }
    return NAMES.contains(text.substring(start, equals).toLowerCase(Locale.ROOT));
  }

  private static int end(String text, int from) {
    int end = from;
    while (end < text.length()
        && !TextScanner.isSpace(text.charAt(end))
        && ENDS.indexOf(text.charAt(end)) < 0
        && !isNextParameter(text, end)) {
      end++;
    }
    return end;
  }

  /** Whether {@code _name=} stands there, as some cameras part their parameters. */
  private static boolean isNextParameter(String text, int at) {
    if (text.charAt(at) != '_') {
      return false;
    }
    int end = at + 1;
    while (end < text.length() && isLetter(text.charAt(end))) {
      end++;
    }
    return end > at + 1 && end < text.length() && text.charAt(end) == '=';
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }
}

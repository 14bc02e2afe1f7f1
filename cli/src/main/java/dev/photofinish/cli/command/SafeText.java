package dev.photofinish.cli.command;

import dev.photofinish.connect.cause.PeerText;
import dev.photofinish.rtsp.message.Excerpt;
import dev.photofinish.rtsp.message.PasswordParameters;

/**
 * Makes text that a peer had a part in fit for a terminal, a log or a picture: escaped, cut, and
 * without credentials.
 */
public final class SafeText {
  private static final int LONGEST_LINE = 4000;
  private static final String SCHEME_END = "://";

  /** In place of what may be a user and password in a URL that lacks its scheme. */
  private static final String HIDDEN = "***@";

  private SafeText() {}

  /** One value from a peer, such as the name of a codec. */
  public static String value(String text) {
    return Excerpt.show(text);
  }

  /** A line, in which printable characters of any language stay as they are. */
  public static String line(String text) {
    return PeerText.shown(PasswordParameters.hide(withoutCredentials(text)), LONGEST_LINE);
  }

  /** A password may hold any character, also a wrong one: up to the last @ of a word all goes. */
  private static String withoutCredentials(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    int start = 0;
    while (start < text.length()) {
      int end = start;
      boolean space = isSpace(text.charAt(start));
      while (end < text.length() && isSpace(text.charAt(end)) == space) {
        end++;
      }
      appendWord(shown, text.substring(start, end));
      start = end;
    }
    return shown.toString();
  }

  private static void appendWord(StringBuilder shown, String word) {
    int scheme = word.indexOf(SCHEME_END);
    int host = word.lastIndexOf('@') + 1;
    if (scheme >= 0 && host > scheme) {
      shown.append(word, 0, scheme + SCHEME_END.length()).append(word, host, word.length());
    } else if (scheme < 0 && host > 0 && word.lastIndexOf(':', host) >= 0) {
      shown.append(HIDDEN).append(word, host, word.length());
    } else {
      shown.append(word);
    }
  }

  private static boolean isSpace(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }
}

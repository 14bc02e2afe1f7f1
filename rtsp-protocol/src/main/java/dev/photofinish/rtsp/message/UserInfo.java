package dev.photofinish.rtsp.message;

/**
 * Takes users and passwords out of the URLs in a text, also of those that are none, such as {@code
 * user:password@host}. Where a URL has no scheme {@code ***@} stands in their place, since it may
 * not be one.
 */
public final class UserInfo {
  private static final String SCHEME_END = "://";
  private static final String HIDDEN = "***@";

  private UserInfo() {}

  /** The text with {@code ***@} in place of each user and password. */
  public static String hide(String text) {
    return replace(text, HIDDEN);
  }

  /** The text whose URLs have no user and no password. */
  public static String remove(String text) {
    return replace(text, "");
  }

  private static String replace(String text, String inUrl) {
    StringBuilder shown = new StringBuilder(text.length());
    int start = 0;
    while (start < text.length()) {
      int end = start;
      boolean space = TextScanner.isSpace(text.charAt(start));
      while (end < text.length() && TextScanner.isSpace(text.charAt(end)) == space) {
        end++;
      }
      appendWord(shown, text.substring(start, end), inUrl);
      start = end;
    }
    return shown.toString();
  }

  /** A password may hold any character, so that all up to the last {@code @} of a word counts. */
  private static void appendWord(StringBuilder shown, String word, String inUrl) {
    int scheme = word.indexOf(SCHEME_END);
    int host = word.lastIndexOf('@') + 1;
    int user = scheme + SCHEME_END.length();
    if (scheme >= 0 && host > user) {
      shown.append(word, 0, user).append(inUrl).append(word, host, word.length());
    } else if (scheme < 0 && host > 0 && word.lastIndexOf(':', host) >= 0) {
      shown.append(HIDDEN).append(word, host, word.length());
    } else {
      shown.append(word);
    }
  }
}

package dev.photofinish.connect.cause;

/** Text that a peer had a part in, as logs and errors show it: on one line, escaped, and cut. */
public final class PeerText {
  /** Longer text is cut, and says so. */
  public static final int MAX_SHOWN = 500;

  private PeerText() {}

  /** At most {@value #MAX_SHOWN} characters of {@code text}. */
  public static String shown(String text) {
    return shown(text, MAX_SHOWN);
  }

  /**
   * At most {@code max} characters of {@code text}, and how many are left out. Each character is
   * looked at once; those after the cut are not looked at.
   */
  public static String shown(String text, int max) {
    StringBuilder shown = new StringBuilder(Math.min(text.length(), max));
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      String next = isPlain(c) ? Character.toString(c) : escaped(c);
      if (shown.length() + next.length() > max) {
        return shown.append("... (").append(text.length() - i).append(" more)").toString();
      }
      shown.append(next);
      i += Character.charCount(c);
    }
    return shown.toString();
  }

  /** Neither a control (C0, DEL, C1), nor invisible or bidirectional, nor half a character. */
  private static boolean isPlain(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }

  private static String escaped(int c) {
    return switch (c) {
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default -> "\\u{" + Integer.toHexString(c) + "}";
    };
  }
}

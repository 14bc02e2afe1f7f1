package dev.photofinish.onvif.xml;

/** Makes text of a peer fit for an error or a log: one line, escaped and cut. */
public final class PeerText {
  private static final int LONGEST = 200;

  private PeerText() {}

  /** {@code text} with what is no visible character or blank as an escape sequence of Java. */
  public static String shown(String text) {
    StringBuilder shown = new StringBuilder();
    for (int i = 0; i < text.length() && shown.length() < LONGEST; i++) {
      char c = text.charAt(i);
      if (isVisible(c)) {
        shown.append(c);
      } else {
        shown.append("\\u%04x".formatted((int) c));
      }
    }
    return shown.length() < LONGEST ? shown.toString() : shown + "...";
  }

  private static boolean isVisible(char c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}

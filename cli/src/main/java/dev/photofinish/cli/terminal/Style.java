package dev.photofinish.cli.terminal;

/** The meaning of a piece of terminal text; the terminal's own palette decides on its colour. */
public enum Style {
  PLAIN(""),
  QUIET("2"),
  STRONG("1"),
  GOOD("32"),
  BUSY("36"),
  BAD("31"),
  WARN("33");

  private final String code;

  Style(String code) {
    this.code = code;
  }

  /** {@code text} between the escape sequences of this style, or as it is without colours. */
  public String paint(String text, boolean colours) {
    return !colours || code.isEmpty() ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
  }
}

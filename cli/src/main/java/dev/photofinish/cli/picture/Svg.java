package dev.photofinish.cli.picture;

import dev.photofinish.cli.command.SafeText;
import java.util.Locale;

/**
 * Writes an SVG picture that follows the reader's light or dark scheme: colours are classes, given
 * twice in one style sheet. No script, no fonts from elsewhere.
 */
public final class Svg {
  /**
   * The width of one character of the lane font at {@link #FONT} pixels, the widest of the stack.
   */
  public static final double CHARACTER = 7.9;

  public static final int FONT = 13;

  private static final String STYLE =
      """
      text{font:13px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace}
      .title{font-size:16px;font-weight:600}
      .round{stroke-linecap:round}
      .none{fill:none}
      .dash{stroke-dasharray:6 4}
      .dots{stroke-dasharray:1 5}
      """;

  /** Class, then its colour in a light and in a dark scheme. */
  private static final String[][] COLOURS = {
    {"paper", "#ffffff", "#0d1117"},
    {"edge", "#d0d7de", "#30363d"},
    {"ink", "#1f2328", "#e6edf3"},
    {"quiet", "#59636e", "#9198a1"},
    {"grid", "#e4e8ec", "#21262d"},
    {"dial", "#afb8c1", "#545d68"},
    {"busy", "#218bff", "#4493f8"},
    {"good", "#1a7f37", "#3fb950"},
    {"bad", "#cf222e", "#f85149"},
    {"wash", "#ddf4ff", "#121d2f"},
  };

  private final StringBuilder body = new StringBuilder();
  private final double width;
  private final double height;

  public Svg(double width, double height) {
    this.width = width;
    this.height = height;
  }

  public void rectangle(double x, double y, double w, double h, double corner, String classes) {
    element("rect", classes, "x", x, "y", y, "width", w, "height", h, "rx", corner);
  }

  public void line(double x1, double y1, double x2, double y2, double thickness, String classes) {
    element("line", classes, "x1", x1, "y1", y1, "x2", x2, "y2", y2, "stroke-width", thickness);
  }

  public void circle(double x, double y, double radius, String classes) {
    element("circle", classes, "cx", x, "cy", y, "r", radius);
  }

  public void path(String data, double thickness, String classes) {
    element("path", classes, "d", data, "stroke-width", thickness);
  }

  /** {@code anchor}: start, middle or end. */
  public void text(double x, double y, String anchor, String classes, String content) {
    body.append(
        "<text class='%s' x='%s' y='%s' text-anchor='%s'>%s</text>\n"
            .formatted(classes, number(x), number(y), anchor, escape(content)));
  }

  /** {@code attributes}: names and values in turn. */
  private void element(String name, String classes, Object... attributes) {
    body.append("<").append(name).append(" class='").append(classes).append("'");
    for (int i = 0; i < attributes.length; i += 2) {
      Object value = attributes[i + 1];
      String text = value instanceof Double number ? number(number) : value.toString();
      body.append(" ").append(attributes[i]).append("='").append(text).append("'");
    }
    body.append("/>\n");
  }

  public String document(String title) {
    return """
    <svg xmlns='http://www.w3.org/2000/svg' width='%1$s' height='%2$s' viewBox='0 0 %1$s %2$s' role='img' aria-label='%3$s'>
    <title>%3$s</title>
    <style>
    %4$s%5$s@media (prefers-color-scheme:dark){
    %6$s}
    </style>
    %7$s</svg>
    """
        .formatted(
            number(width), number(height), escape(title), STYLE, colours(1), colours(2), body);
  }

  /** As a fill for shapes and text, and as a stroke under the name with {@code -line}. */
  private static String colours(int scheme) {
    StringBuilder rules = new StringBuilder();
    for (String[] colour : COLOURS) {
      rules.append(
          ".%1$s{fill:%2$s}.%1$s-line{stroke:%2$s}\n".formatted(colour[0], colour[scheme]));
    }
    return rules.toString();
  }

  public static String number(double value) {
    return value == Math.rint(value)
        ? Long.toString((long) value)
        : String.format(Locale.ROOT, "%.1f", value);
  }

  static String escape(String text) {
    return SafeText.line(text)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("'", "&#39;");
  }
}

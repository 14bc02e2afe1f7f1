package dev.photofinish.cli.terminal;

import java.nio.charset.Charset;

/**
 * The marks of a text timeline, each one column wide.
 *
 * @param dialling from start to connected
 * @param connectedLine from connected to ready
 * @param heldLine from ready to the end
 * @param lost closed by us: cancelled, replaced or retired
 * @param predicted by theory, in a chart
 * @param levels of a chart's cell, from empty to full
 * @param failed ended by the network or the peer, or by the race's timeout
 */
public record Glyphs(
    char start,
    char dialling,
    char connected,
    char connectedLine,
    char ready,
    char heldLine,
    char lost,
    char failed,
    char finishLine,
    char secondRace,
    char answer,
    char ellipsis,
    char predicted,
    String levels) {
  public static final Glyphs UNICODE =
      new Glyphs('├', '╌', '●', '━', '◆', '═', '×', '╳', '┊', '│', '▾', '…', '•', " ▁▂▃▄▅▆▇█");
  static final Glyphs ASCII =
      new Glyphs('|', '.', 'o', '-', '#', '=', 'x', 'X', ':', '!', 'v', '~', 'o', " .:#");

  /** Unicode where {@code charset} can write it. */
  public static Glyphs of(Charset charset) {
    return charset.newEncoder().canEncode("├╌●━◆═×╳┊│▾…▁▂▃▄▅▆▇█•") ? UNICODE : ASCII;
  }

  /** A cell filled from below, by a share from 0 to 1; what is beyond is empty or full. */
  public char level(double share) {
    int steps = levels.length() - 1;
    return levels.charAt((int) Math.round(Math.max(0, Math.min(1, share)) * steps));
  }

  /** At most {@code width} columns; what is cut off is marked. */
  public String clip(String text, int width) {
    if (text.length() <= width) {
      return text;
    }
    return width <= 0 ? "" : text.substring(0, width - 1) + ellipsis;
  }

  /** As {@link #clip}, but the end stays: addresses differ there. */
  public String clipMiddle(String text, int width) {
    if (text.length() <= width || width < 5) {
      return clip(text, width);
    }
    int head = (width - 1) / 3;
    return text.substring(0, head) + ellipsis + text.substring(text.length() - (width - 1 - head));
  }
}

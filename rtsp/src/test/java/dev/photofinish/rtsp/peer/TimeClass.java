package dev.photofinish.rtsp.peer;

import java.util.Arrays;

/**
 * Times without picture as far as they can be told apart on a busy machine: half as long again, or
 * more, as what was seen on a quiet one.
 */
enum TimeClass {
  SHORT("< 3 s", 3),
  MEDIUM("< 6 s", 6),
  LONG("< 9 s", 9),
  NEVER("never", Long.MAX_VALUE / 1_000_000_000);

  private final String text;
  private final long seconds;

  TimeClass(String text, long seconds) {
    this.text = text;
    this.seconds = seconds;
  }

  String text() {
    return text;
  }

  static TimeClass of(MatrixCell.Result result) {
    return Arrays.stream(values())
        .filter(c -> result.seen() && result.dark().toSeconds() < c.seconds)
        .findFirst()
        .orElse(NEVER);
  }

  static TimeClass of(String text) {
    return Arrays.stream(values()).filter(c -> c.text.equals(text)).findFirst().orElseThrow();
  }
}

package dev.photofinish.rtsp.transport;

import java.util.OptionalLong;

/** Deadlines of one clock, in nanoseconds compared by subtraction; empty for none. */
final class Deadlines {
  private Deadlines() {}

  static OptionalLong earlier(OptionalLong one, OptionalLong other) {
    if (one.isEmpty() || other.isEmpty()) {
      return one.isEmpty() ? other : one;
    }
    return one.getAsLong() - other.getAsLong() < 0 ? one : other;
  }
}

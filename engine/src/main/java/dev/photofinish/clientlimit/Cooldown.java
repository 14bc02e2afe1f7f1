package dev.photofinish.clientlimit;

import java.time.Duration;

/**
 * A device said that it is full, and is left alone for 5 s, or for as long as it asked.
 *
 * @param at when it said so
 * @param retryAfter for how long it asked to be left alone, zero if it did not say
 */
public record Cooldown(long at, Duration retryAfter) {
  private static final Duration LEAST = Duration.ofSeconds(5);

  /**
   * How long that still is, negative when it is over.
   *
   * @param cap {@code reconnection-timeout}: what it asked for holds within this
   */
  public long left(long now, Duration cap) {
    Duration asked = retryAfter.compareTo(cap) < 0 ? retryAfter : cap;
    Duration pause = asked.compareTo(LEAST) > 0 ? asked : LEAST;
    return pause.toNanos() - Math.max(0, now - at);
  }
}

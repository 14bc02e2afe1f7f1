package dev.photofinish.rtsp.dialogue.server;

import java.time.Duration;

/**
 * The answer of a driver that cannot do what a reader asks.
 *
 * @param status 400 to 599
 * @param reason human-readable: the reason phrase of the answer; empty for that of RFC 2326. It is
 *     escaped and cut here
 * @param retryAfter when to come back, as {@code Retry-After} says it, in whole seconds; zero to
 *     say nothing
 */
public record Refusal(int status, String reason, Duration retryAfter) {

  /** Refuses what is no refusal. */
  public Refusal {
    if (status < 400 || status > 599) {
      throw new IllegalArgumentException("Pass a status from 400 to 599, not " + status);
    }
  }

  /** A refusal that does not say when to come back. */
  public Refusal(int status, String reason) {
    this(status, reason, Duration.ZERO);
  }
}

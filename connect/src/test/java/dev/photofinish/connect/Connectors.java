package dev.photofinish.connect;

import dev.photofinish.race.limiter.SharedDialLimiter;

/**
 * Connectors of tests. The limiter of the process would withhold attempts beyond the first from
 * those that come after others which made many.
 */
public final class Connectors {
  private Connectors() {}

  public static Connector create() {
    return builder().build();
  }

  public static Connector.Builder builder() {
    return Connector.builder().limiter(SharedDialLimiter.unlimited());
  }
}

package dev.photofinish.rtsp.client;

import dev.photofinish.race.limiter.DialLimiterOptions;
import dev.photofinish.race.limiter.SharedDialLimiter;

/**
 * Clients of tests that count attempts. The limiter of the process would withhold those beyond the
 * first from tests that come after others which made many.
 */
public final class Clients {
  private Clients() {}

  /** A client with a limiter of its own. */
  public static RtspClient create() {
    return RtspClient.builder()
        .limiter(new SharedDialLimiter(DialLimiterOptions.defaults()))
        .build();
  }
}

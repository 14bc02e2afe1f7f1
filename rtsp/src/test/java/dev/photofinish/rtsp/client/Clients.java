package dev.photofinish.rtsp.client;

import dev.photofinish.host.LocalNetwork;
import dev.photofinish.host.SharedHistory;
import dev.photofinish.race.limiter.DialLimiterOptions;
import dev.photofinish.race.limiter.SharedDialLimiter;
import dev.photofinish.rtsp.limit.ClientLimits;

/**
 * Clients of tests that count attempts, or that go by what was learnt. The limiter of the process
 * would withhold attempts beyond the first from tests that come after others which made many; and
 * all that is learnt would be forgotten when other tests put up and take down interfaces of this
 * host.
 */
public final class Clients {
  private static final String HERE = "the lab";

  private Clients() {}

  /** A client with a limiter of its own, on a local network that does not change. */
  public static RtspClient create() {
    return RtspClient.builder()
        .limiter(new SharedDialLimiter(DialLimiterOptions.defaults()))
        .history(new SharedHistory(new LocalNetwork(() -> HERE)))
        .limits(new ClientLimits(() -> HERE))
        .build();
  }
}

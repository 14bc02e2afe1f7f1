package dev.photofinish.fleet.serve;

import dev.photofinish.relay.CameraStatus;
import dev.photofinish.rtsp.client.StreamStatistics;
import java.util.HashMap;
import java.util.Map;

/** The rate of each camera over the last seconds, from its bytes so far. */
final class BitRates {
  private static final long LEAST_TIME = 2_000_000_000L;
  private static final double BITS_AND_SECONDS = 8e9;

  private final Map<String, Sample> samples = new HashMap<>();

  private record Sample(long at, long bytes, long rate) {}

  /** It is held no more. */
  synchronized void forget(String name) {
    samples.remove(name);
  }

  /**
   * In bits a second; that of before where little time has passed.
   *
   * @param now nanoseconds
   */
  synchronized long rate(CameraStatus status, long now) {
    StreamStatistics statistics = status.statistics();
    if (statistics == null) {
      samples.remove(status.name());
      return 0;
    }
    long bytes = statistics.bytes();
    Sample before = samples.get(status.name());
    if (before == null || bytes < before.bytes()) {
      samples.put(status.name(), new Sample(now, bytes, 0));
      return 0;
    }
    long time = now - before.at();
    if (time < LEAST_TIME) {
      return before.rate();
    }
    long rate = (long) ((bytes - before.bytes()) * BITS_AND_SECONDS / time);
    samples.put(status.name(), new Sample(now, bytes, rate));
    return rate;
  }
}

package dev.photofinish.rtsp.client;

import dev.photofinish.race.RaceOptions;
import java.time.Duration;

/**
 * Settings of a stream that waits for its camera as long as a test does: the defaults take one that
 * stands still for seconds, as a busy machine makes it do, for stalled or gone.
 */
final class Patience {
  private static final Duration LONG = Duration.ofMinutes(1);

  private Patience() {}

  static Camera at(String... urls) {
    return Camera.at(urls).withOptions(options().build()).withRace(race().build());
  }

  static ClientOptions.Builder options() {
    return ClientOptions.builder().stallSuspect(LONG).stallTimeout(LONG).responseTimeout(LONG);
  }

  static RaceOptions.Builder race() {
    return RaceOptions.builder().racingTimeout(LONG);
  }
}

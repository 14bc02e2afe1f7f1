package dev.photofinish.cli.snapshot;

import dev.photofinish.option.Option;
import dev.photofinish.option.OptionTable;
import dev.photofinish.option.OptionType;
import java.time.Duration;

/**
 * The bound of a snapshot.
 *
 * @param duration to connect and for a key frame to come
 */
record SnapshotOptions(Duration duration) {
  static final OptionTable<Builder, SnapshotOptions> OPTIONS =
      OptionTable.of(
          Builder::new,
          Builder::build,
          Option.of(
              "duration",
              "10s",
              "how long to wait for a key frame, the way to the camera included",
              OptionType.duration(Duration.ofMillis(1), Duration.ofHours(1)),
              (b, v) -> b.duration = v));

  /** Collects the options. */
  static final class Builder {
    private Duration duration = Duration.ofSeconds(10);

    SnapshotOptions build() {
      return new SnapshotOptions(duration);
    }
  }
}

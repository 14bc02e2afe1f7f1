package dev.photofinish.cli.publish;

import dev.photofinish.cli.command.Lifetime;
import dev.photofinish.option.Option;
import dev.photofinish.option.OptionTable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The time that is published.
 *
 * @param duration null for until an interrupt
 */
record PublishOptions(@Nullable Duration duration) {
  static final OptionTable<Builder, PublishOptions> OPTIONS =
      OptionTable.of(
          Builder::new,
          builder -> new PublishOptions(builder.duration),
          Option.of(
              "duration",
              Lifetime.ENDLESS,
              "how long to publish, such as 30s, from the first dial",
              Lifetime.TYPE,
              (b, v) -> b.duration = v));

  /** Collects the options. */
  static final class Builder {
    private @Nullable Duration duration;
  }
}

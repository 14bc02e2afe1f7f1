package dev.photofinish.cli.publish;

import dev.photofinish.cli.command.Lifetime;
import dev.photofinish.option.Option;
import dev.photofinish.option.OptionTable;
import dev.photofinish.option.OptionType;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The time that is published, and the times of a file.
 *
 * @param duration null for until an interrupt, or the end of a file
 * @param frameRate pictures a second; null for the file's own times
 * @param loop whether a file begins again at its end
 */
record PublishOptions(@Nullable Duration duration, @Nullable Double frameRate, boolean loop) {
  static final OptionTable<Builder, PublishOptions> OPTIONS =
      OptionTable.of(
          Builder::new,
          Builder::build,
          Option.of(
              "duration",
              Lifetime.ENDLESS,
              "how long to publish, such as 30s, from the first dial",
              Lifetime.TYPE,
              (b, v) -> b.duration = v),
          Option.of(
              "frame-rate",
              "auto",
              "pictures a second of a file of one video; auto: its own times, of Annex B those of"
                  + " its SPS, else 25",
              OptionType.orWord(OptionType.decimal(0.1, 1_000), "auto"),
              (b, v) -> b.frameRate = v),
          Option.of(
              "loop",
              "off",
              "whether a file begins again at its end",
              OptionType.toggle(),
              (b, v) -> b.loop = v));

  /** Collects the options. */
  static final class Builder {
    private @Nullable Duration duration;
    private @Nullable Double frameRate;
    private boolean loop;

    PublishOptions build() {
      return new PublishOptions(duration, frameRate, loop);
    }
  }
}

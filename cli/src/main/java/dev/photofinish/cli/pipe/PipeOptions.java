package dev.photofinish.cli.pipe;

import dev.photofinish.cli.command.Lifetime;
import dev.photofinish.option.Option;
import dev.photofinish.option.OptionTable;
import dev.photofinish.option.OptionType;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The form of the output, and its end.
 *
 * @param duration from the start of the command; null for until an interrupt
 */
record PipeOptions(PipeFormat format, @Nullable Duration duration) {
  static final OptionTable<Builder, PipeOptions> OPTIONS =
      OptionTable.of(
          Builder::new,
          Builder::build,
          Option.of(
              "format",
              "ts",
              "annexb (one video), ts, mp4 (fragmented), or rtp (RFC 4571, one media: the video"
                  + " unless --media says another)",
              OptionType.words(PipeFormat.class),
              (b, v) -> b.format = v),
          Option.of(
              "duration", "endless", "how long to write", Lifetime.TYPE, (b, v) -> b.duration = v));

  /** Collects the options. */
  static final class Builder {
    private PipeFormat format = PipeFormat.TS;
    private @Nullable Duration duration;

    PipeOptions build() {
      return new PipeOptions(format, duration);
    }
  }
}

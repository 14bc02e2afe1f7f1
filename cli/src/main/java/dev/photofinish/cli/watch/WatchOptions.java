package dev.photofinish.cli.watch;

import dev.photofinish.cli.command.Lifetime;
import dev.photofinish.option.Option;
import dev.photofinish.option.OptionTable;
import dev.photofinish.option.OptionType;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The end of watching, and the transport of the media.
 *
 * @param duration null for until an interrupt
 * @param packets RTP packets of one camera, null for any number
 */
public record WatchOptions(@Nullable Duration duration, @Nullable Long packets) {
  private static final String PACKETS = "a whole number from 1, or endless";

  public static final OptionTable<Builder, WatchOptions> OPTIONS =
      OptionTable.of(
          Builder::new,
          Builder::build,
          Option.of(
              "duration",
              "endless",
              "how long to watch, such as 30s; the demonstration ends after 30s",
              Lifetime.TYPE,
              (b, v) -> b.duration = v),
          Option.of(
              "packets",
              "endless",
              "a camera is closed after so many RTP packets",
              OptionType.orWord(new OptionType.LongNumber(1, Long.MAX_VALUE, PACKETS), "endless")
                  .expecting(PACKETS),
              (b, v) -> b.packets = v));

  /** Collects the options. */
  public static final class Builder {
    private @Nullable Duration duration;
    private @Nullable Long packets;

    WatchOptions build() {
      return new WatchOptions(duration, packets);
    }
  }
}

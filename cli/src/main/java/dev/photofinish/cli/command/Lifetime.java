package dev.photofinish.cli.command;

import dev.photofinish.option.OptionType;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The {@code duration} option of commands that run until an interrupt. */
public final class Lifetime {
  public static final String ENDLESS = "endless";

  private static final String EXPECTED = "a duration from 1 ms to 10000 h, or endless";

  /** The type of the option; {@link #ENDLESS} is null. */
  public static final OptionType<@Nullable Duration> TYPE =
      OptionType.orWord(
              OptionType.duration(Duration.ofMillis(1), Duration.ofHours(10_000))
                  .expecting(EXPECTED),
              ENDLESS)
          .expecting(EXPECTED);

  private Lifetime() {}
}

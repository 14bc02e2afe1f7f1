package dev.photofinish.cli.command;

import dev.photofinish.option.Option;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How long something runs: the {@code duration} option. */
public final class Lifetime {
  private static final String EXPECTED = "a duration from 1 ms to 10000 h, or endless";
  public static final String ENDLESS = "endless";

  private Lifetime() {}

  /** Null for no end. */
  public static @Nullable Duration parse(String text) {
    if (text.equals(ENDLESS)) {
      return null;
    }
    Duration value = Option.parseDuration("duration", text, EXPECTED);
    return Option.checkRange(
        "duration", value, Duration.ofMillis(1), Duration.ofHours(10_000), EXPECTED);
  }
}

package dev.photofinish.cli.storm;

import dev.photofinish.option.Option;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which storm is replayed.
 *
 * @param svg null for no picture
 */
public record StormOptions(
    int cameras, Duration dark, boolean refusedIpv6, long seed, @Nullable String svg) {
  private static final String CAMERAS = "a whole number from 1 to 100000";
  private static final String DARK = "a duration from 0 to 10min";
  private static final String SEED = "a whole number from 0";

  public static final List<Option<Builder>> OPTIONS =
      List.of(
          new Option<>(
              "cameras",
              "5000",
              "so many drop in one instant; " + CAMERAS,
              (b, v) -> b.cameras = Option.parseInt("cameras", v, CAMERAS)),
          new Option<>(
              "dark",
              "20s",
              "for how long every SYN is lost; " + DARK,
              (b, v) -> b.dark = Option.parseDuration("dark", v, DARK)),
          new Option<>(
              "refused-ipv6",
              "off",
              "whether each camera has an IPv6 address too, dialled first, that refuses; on or off",
              (b, v) -> b.refusedIpv6 = Option.parseSwitch("refused-ipv6", v)),
          new Option<>(
              "seed",
              "1",
              "of round trips and jitter; " + SEED,
              (b, v) -> b.seed = Option.parseInt("seed", v, SEED)),
          new Option<>("svg", "", "file to draw the curves to", (b, v) -> b.svg = v));

  public StormOptions {
    Option.checkRange("cameras", cameras, 1, 100_000, CAMERAS);
    Option.checkRange("dark", dark, Duration.ZERO, Duration.ofMinutes(10), DARK);
    Option.checkRange("seed", seed, 0L, Long.MAX_VALUE, SEED);
  }

  static final class Builder {
    private int cameras = 5000;
    private Duration dark = Duration.ofSeconds(20);
    private boolean refusedIpv6;
    private long seed = 1;
    private @Nullable String svg;

    StormOptions build() {
      return new StormOptions(cameras, dark, refusedIpv6, seed, svg);
    }
  }
}

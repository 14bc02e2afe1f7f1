package dev.photofinish.cli.storm;

import dev.photofinish.option.Option;
import dev.photofinish.option.OptionTable;
import dev.photofinish.option.OptionType;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The storm to replay.
 *
 * @param svg null for no picture
 */
public record StormOptions(
    int cameras, Duration dark, boolean refusedIpv6, long seed, @Nullable String svg) {
  private static final OptionType.WholeNumber CAMERAS = OptionType.integer(1, 100_000);
  private static final OptionType.Time DARK =
      OptionType.duration(Duration.ZERO, Duration.ofMinutes(10));
  private static final OptionType.LongNumber SEED =
      new OptionType.LongNumber(0, Long.MAX_VALUE, "a whole number from 0");

  public static final OptionTable<Builder, StormOptions> OPTIONS =
      OptionTable.of(
          Builder::new,
          Builder::build,
          Option.of(
              "cameras",
              "5000",
              "so many drop in one instant; " + CAMERAS.expected(),
              CAMERAS,
              (b, v) -> b.cameras = v),
          Option.of(
              "dark",
              "20s",
              "for how long every SYN is lost; " + DARK.expected(),
              DARK,
              (b, v) -> b.dark = v),
          Option.of(
              "refused-ipv6",
              "off",
              "whether each camera has an IPv6 address too, dialled first, that refuses; on or off",
              OptionType.toggle(),
              (b, v) -> b.refusedIpv6 = v),
          Option.of(
              "seed",
              "1",
              "of round trips and jitter; " + SEED.expected(),
              SEED,
              (b, v) -> b.seed = v),
          Option.of(
              "svg", "", "file to draw the curves to", OptionType.text(), (b, v) -> b.svg = v));

  public StormOptions {
    CAMERAS.check("cameras", cameras);
    DARK.check("dark", dark);
    SEED.check("seed", seed);
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

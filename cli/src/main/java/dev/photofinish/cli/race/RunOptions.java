package dev.photofinish.cli.race;

import dev.photofinish.option.Option;
import dev.photofinish.option.OptionTable;
import dev.photofinish.option.OptionType;
import org.jspecify.annotations.Nullable;

/**
 * The options of the race command itself: how often it races, and what it draws.
 *
 * @param repeat null for one race and no statistics
 * @param svg null for no picture
 * @param loss the share of SYNs that are lost, 0 to 1, to be drawn beside; null for none
 */
public record RunOptions(@Nullable Integer repeat, @Nullable String svg, @Nullable Double loss) {
  private static final String LOSS = "per cent from 0 to 99";

  public static final OptionTable<Builder, RunOptions> OPTIONS =
      OptionTable.of(
          Builder::new,
          Builder::build,
          Option.of(
              "repeat",
              "",
              "so many races and the percentiles of their times",
              OptionType.integer(1, 1_000_000),
              (b, v) -> b.repeat = v),
          Option.of(
              "svg",
              "",
              "file to draw to: the last race's timeline, with --repeat the distribution",
              OptionType.text(),
              (b, v) -> b.svg = v),
          Option.of(
              "loss",
              "",
              "per cent of SYNs that are lost on the way: adds what theory predicts to --repeat",
              OptionType.text(LOSS, RunOptions::share),
              (b, v) -> b.loss = v));

  private static double share(String option, String text) {
    double value = Option.parseDouble(option, text.replaceFirst(" ?%$", ""), LOSS);
    return Option.checkRange(option, value, 0.0, 99.0, LOSS) / 100;
  }

  static final class Builder {
    private @Nullable Integer repeat;
    private @Nullable String svg;
    private @Nullable Double loss;

    RunOptions build() {
      return new RunOptions(repeat, svg, loss);
    }
  }
}

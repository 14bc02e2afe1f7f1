package dev.photofinish.cli.race;

import dev.photofinish.option.Option;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How often the race command races, and what it draws.
 *
 * @param repeat null for one race and no statistics
 * @param svg null for no picture
 * @param loss the share of SYNs that are lost, 0 to 1, to be drawn beside; null for none
 */
public record RunOptions(@Nullable Integer repeat, @Nullable String svg, @Nullable Double loss) {
  private static final String REPEAT = "a whole number from 1 to 1000000";
  private static final String LOSS = "per cent from 0 to 99";

  public static final List<Option<Builder>> OPTIONS =
      List.of(
          new Option<>(
              "repeat", "", "so many races and the percentiles of their times", Builder::repeat),
          new Option<>(
              "svg",
              "",
              "file to draw to: the last race's timeline, with --repeat the distribution",
              (b, v) -> b.svg = v),
          new Option<>(
              "loss",
              "",
              "per cent of SYNs that are lost on the way: adds what theory predicts to --repeat",
              Builder::loss));

  static final class Builder {
    private @Nullable Integer repeat;
    private @Nullable String svg;
    private @Nullable Double loss;

    private void repeat(String text) {
      int value = Option.parseInt("repeat", text, REPEAT);
      repeat = Option.checkRange("repeat", value, 1, 1_000_000, REPEAT);
    }

    private void loss(String text) {
      double value = Option.parseDouble("loss", text.replaceFirst(" ?%$", ""), LOSS);
      loss = Option.checkRange("loss", value, 0.0, 99.0, LOSS) / 100;
    }

    RunOptions build() {
      return new RunOptions(repeat, svg, loss);
    }
  }
}

package dev.photofinish.cli;

import dev.photofinish.race.RaceReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jline.terminal.Terminal;
import org.jspecify.annotations.Nullable;

/** The timeline of one race; the percentiles of many. */
final class RaceText implements RaceOutput {
  /** Later steps of a prediction say nothing any more. */
  private static final double ALL_BUT_ALL = 0.999;

  private final Surroundings world;
  private final @Nullable LiveDisplay progress;

  RaceText(Surroundings world) {
    this.world = world;
    Terminal terminal = world.screen().terminal();
    progress = terminal == null ? null : new LiveDisplay(terminal);
  }

  @Override
  public void race(RaceReport report, int number, int count) {
    if (progress != null) {
      boolean more = number < count;
      progress.status(more ? List.of("race " + number + " of " + count) : List.of());
    }
    if (number == count) {
      Screen screen = world.screen();
      Timeline.draw(report, screen.width().getAsInt(), screen.glyphs(), screen.colours())
          .forEach(world::line);
    }
  }

  @Override
  public void races(Distribution distribution, Prediction prediction) {
    world.line("");
    String won = distribution.won().size() + " of " + distribution.count() + " races won";
    world.line(world.screen().paint(Style.STRONG, won));
    if (!distribution.won().isEmpty()) {
      world.line(distribution.percentiles());
    }
    if (!prediction.steps().isEmpty()) {
      world.line("");
      compare(distribution, prediction).forEach(world::line);
    }
  }

  /** The share decided before each further SYN, measured and predicted. */
  private static List<String> compare(Distribution measured, Prediction prediction) {
    List<String> lines = new ArrayList<>();
    lines.add("decided before   measured   " + prediction.name());
    List<SynLoss.Step> steps = prediction.steps();
    for (int i = 0; i + 1 < steps.size(); i++) {
      long next = steps.get(i + 1).at();
      if (next > steps.get(i).at()) {
        lines.add(
            String.format(
                Locale.ROOT,
                "%14s   %6.1f %%   %6.1f %%",
                Times.text(next),
                100 * measured.within(next - 1),
                100 * steps.get(i).share()));
      }
      if (steps.get(i).share() > ALL_BUT_ALL) {
        break;
      }
    }
    return lines;
  }
}

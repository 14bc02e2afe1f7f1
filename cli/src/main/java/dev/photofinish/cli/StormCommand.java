package dev.photofinish.cli;

import dev.photofinish.race.BudgetOptions;
import dev.photofinish.race.Option;
import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.Strategy;
import dev.photofinish.retry.Storm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Replays a storm on a virtual clock, within the budget and without one. */
@Command(
    abbreviateSynopsis = true,
    sortOptions = false,
    name = "storm",
    description =
        "Replays on a virtual clock how cameras come back that dropped in one instant, for each way"
            + " of racing, within the budget of dials and without one.",
    footer = {"", "Example: photofinish storm --cameras 5000 --dark 20s --svg storm.svg"})
final class StormCommand implements Callable<Integer> {
  private final Surroundings world;

  @Mixin private final CommonFlags common = new CommonFlags();
  @Mixin private final OptionSources sources = new OptionSources();

  StormCommand(Surroundings world) {
    this.world = world;
  }

  CommandLine commandLine() {
    CommandLine line = new CommandLine(this);
    sources.flags().add(line.getCommandSpec(), "The storm", StormRun.OPTIONS);
    sources.flags().add(line.getCommandSpec(), "The budget", BudgetOptions.OPTIONS);
    return line;
  }

  @Override
  public Integer call() {
    common.apply();
    Settings settings = sources.settings(sources.config(), null, world.environment());
    StormRun run =
        settings.build(new StormRun.Builder(), StormRun.OPTIONS, StormRun.Builder::build);
    BudgetOptions budget =
        settings.build(
            BudgetOptions.builder(), BudgetOptions.OPTIONS, BudgetOptions.Builder::build);
    for (Strategy strategy : Strategy.values()) {
      if (strategy != Strategy.AUTO) {
        compare(run, strategy, budget);
      }
    }
    return CommandTree.DONE;
  }

  private void compare(StormRun run, Strategy strategy, BudgetOptions budget) {
    Storm.Course with = course(run, strategy, budget);
    Storm.Course without = course(run, strategy, null);
    tell(run, strategy, "within the budget", with);
    tell(run, strategy, "without a budget", without);
    if (run.svg() != null && strategy == Strategy.FIRST_WINS) {
      draw(run.svg(), StormSvg.draw(run, with, without));
    }
  }

  private static Storm.Course course(
      StormRun run, Strategy strategy, @Nullable BudgetOptions budget) {
    RaceOptions race = RaceOptions.builder().connectionRacing(strategy).build();
    return Storm.run(new Storm.Setup(run.cameras(), run.dark(), race, budget, run.seed()));
  }

  private void tell(StormRun run, Strategy strategy, String how, Storm.Course course) {
    if (common.json) {
      var line = Json.event("storm");
      line.put("strategy", Option.word(strategy));
      line.put("budget", how.startsWith("within"));
      line.put("dials", course.dials());
      line.put("mostAtOnce", course.peakInProgress());
      line.put("mostWaiting", course.mostWaiting());
      line.put("mostConnectsIn100Ms", course.peakConnects());
      line.put("allBackAt", course.allBackAt() < 0 ? null : Times.json(course.allBackAt()));
      world.line(Json.line(line));
      return;
    }
    world.line(
        String.format(
            Locale.ROOT,
            "%-10s %s: %d dials (%.2f a camera), at most %d at once, %d connects in 100 ms, %s",
            Option.word(strategy),
            how,
            course.dials(),
            (double) course.dials() / run.cameras(),
            course.peakInProgress(),
            course.peakConnects(),
            course.allBackAt() < 0
                ? "not all back"
                : "all back after " + Times.text(course.allBackAt())));
  }

  private static void draw(String file, String picture) {
    try {
      Files.writeString(Path.of(file), picture);
    } catch (IOException e) {
      throw new UsageException("--svg: " + file + ": cannot be written: " + e.getMessage(), e);
    }
  }
}

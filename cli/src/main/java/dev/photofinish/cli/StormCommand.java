package dev.photofinish.cli;

import dev.photofinish.race.BudgetOptions;
import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.Strategy;
import dev.photofinish.retry.RetryOptions;
import dev.photofinish.retry.RetryStrategy;
import dev.photofinish.retry.Storm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
            + " of racing, within the budget of dials and without one; and what jitter does.",
    footer = {"", "Example: photofinish storm --cameras 5000 --dark 20s --svg storm.svg"})
final class StormCommand implements Callable<Integer> {
  private final CliContext world;

  @Mixin private final CommonFlags common = new CommonFlags();
  @Mixin private final OptionSources sources = new OptionSources();

  StormCommand(CliContext world) {
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
    if (!common.json) {
      StormTable.HEAD.forEach(world::line);
    }
    for (Strategy strategy : Strategy.values()) {
      compare(run, strategy, RetryStrategy.AUTO, budget);
    }
    compare(run, Strategy.NONE, RetryStrategy.EXPONENTIAL, budget);
    compare(run, Strategy.NONE, RetryStrategy.EXPONENTIAL_JITTER, budget);
    return CommandTree.DONE;
  }

  private void compare(StormRun run, Strategy racing, RetryStrategy retries, BudgetOptions budget) {
    Storm.Course with = course(run, racing, retries, budget);
    Storm.Course without = course(run, racing, retries, null);
    StormTable table = new StormTable(run, racing, retries);
    for (boolean within : new boolean[] {true, false}) {
      Storm.Course course = within ? with : without;
      world.line(common.json ? table.json(within, course) : table.row(within, course));
    }
    if (run.svg() != null && racing == Strategy.FIRST_WINS) {
      draw(run.svg(), StormSvg.draw(run, with, without));
    }
  }

  private static Storm.Course course(
      StormRun run, Strategy racing, RetryStrategy retries, @Nullable BudgetOptions budget) {
    RaceOptions race = RaceOptions.builder().connectionRacing(racing).build();
    RetryOptions retry = RetryOptions.builder().retryStrategy(retries).build();
    return Storm.run(
        new Storm.Setup(
            run.cameras(), run.dark(), run.refusedIpv6(), race, retry, budget, run.seed()));
  }

  private static void draw(String file, String picture) {
    try {
      Files.writeString(Path.of(file), picture);
    } catch (IOException e) {
      throw new UsageException("--svg: " + file + ": cannot be written: " + e.getMessage(), e);
    }
  }
}

package dev.photofinish.cli.storm;

import dev.photofinish.cli.command.CliContext;
import dev.photofinish.cli.command.ExitCode;
import dev.photofinish.cli.config.Config;
import dev.photofinish.cli.config.OptionCommand;
import dev.photofinish.cli.config.OptionSection;
import dev.photofinish.cli.config.Settings;
import dev.photofinish.cli.config.TextFile;
import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.Strategy;
import dev.photofinish.race.limiter.DialLimiterOptions;
import dev.photofinish.retry.RetryOptions;
import dev.photofinish.retry.RetryStrategy;
import dev.photofinish.simulation.Storm;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** Replays a storm on a virtual clock, within the limiter and without one. */
@Command(
    abbreviateSynopsis = true,
    sortOptions = false,
    name = "storm",
    description =
        "Replays on a virtual clock how cameras come back that dropped in one instant, for each way"
            + " of racing, within the limiter of dials and without one; and what jitter does.",
    footer = {"", "Example: photofinish storm --cameras 5000 --dark 20s --svg storm.svg"})
public final class StormCommand extends OptionCommand {
  public static final List<OptionSection> SECTIONS =
      List.of(
          new OptionSection("The storm", StormOptions.OPTIONS),
          new OptionSection("The limiter", DialLimiterOptions.OPTIONS));

  public StormCommand(CliContext context, Supplier<Set<String>> known) {
    super(context, known, SECTIONS);
  }

  @Override
  protected int run(Config config) {
    Settings settings = settings(config, null);
    StormOptions run = settings.build(StormOptions.OPTIONS);
    DialLimiterOptions limiter = settings.build(DialLimiterOptions.OPTIONS);
    if (!isJson()) {
      StormTable.head(context().screen()).forEach(context()::line);
    }
    for (Strategy strategy : Strategy.values()) {
      compare(run, strategy, RetryStrategy.AUTO, limiter);
    }
    compare(run, Strategy.NONE, RetryStrategy.EXPONENTIAL, limiter);
    compare(run, Strategy.NONE, RetryStrategy.EXPONENTIAL_JITTER, limiter);
    return context().stop().isRequested() ? ExitCode.NOT_DONE : ExitCode.DONE;
  }

  private void compare(
      StormOptions run, Strategy racing, RetryStrategy retries, DialLimiterOptions limiter) {
    if (context().stop().isRequested()) {
      return;
    }
    Storm.Run with = destination(run, racing, retries, limiter);
    Storm.Run without = destination(run, racing, retries, null);
    StormTable table = new StormTable(run, racing, retries);
    for (boolean within : new boolean[] {true, false}) {
      Storm.Run destination = within ? with : without;
      context()
          .line(
              isJson()
                  ? table.json(within, destination)
                  : table.row(context().screen(), within, destination));
    }
    if (run.svg() != null && racing == Strategy.FIRST_WINS) {
      TextFile.write("svg", run.svg(), StormSvg.draw(run, with, without));
    }
  }

  private static Storm.Run destination(
      StormOptions run,
      Strategy racing,
      RetryStrategy retries,
      @Nullable DialLimiterOptions limiter) {
    RaceOptions race = RaceOptions.builder().connectionRacing(racing).build();
    RetryOptions retry = RetryOptions.builder().retryStrategy(retries).build();
    return Storm.run(
        new Storm.Setup(
            run.cameras(), run.dark(), run.refusedIpv6(), race, retry, limiter, run.seed()));
  }
}

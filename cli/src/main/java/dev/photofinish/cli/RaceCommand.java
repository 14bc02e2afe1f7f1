package dev.photofinish.cli;

import dev.photofinish.connect.RaceListener;
import dev.photofinish.connect.Route;
import dev.photofinish.connect.Target;
import dev.photofinish.host.SharedHistory;
import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.RaceReport;
import dev.photofinish.race.Result;
import dev.photofinish.race.limiter.DialLimiterOptions;
import dev.photofinish.rtsp.client.Camera;
import dev.photofinish.simulation.Prediction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** One race, or many of the same. */
@Command(
    abbreviateSynopsis = true,
    sortOptions = false,
    name = "race",
    description = "Races to a target once and shows how it went.",
    footer = {
      "",
      "Exit code 1 when a race was lost.",
      "",
      "Example: photofinish race --connection-racing=first-wins rtsp://192.0.2.10/stream",
      "         photofinish race --repeat 300 --loss 30 --svg loss.svg 192.0.2.10:554"
    })
final class RaceCommand implements Callable<Integer> {
  private final CliContext world;

  @Mixin private final CommonFlags common = new CommonFlags();
  @Mixin private final OptionSources sources = new OptionSources();

  @Parameters(
      paramLabel = "TARGET",
      description =
          "host:port, tls://host:port, an rtsp:// or rtsps:// URL; several endpoints separated by"
              + " commas")
  private String target = "";

  RaceCommand(CliContext world) {
    this.world = world;
  }

  CommandLine commandLine() {
    CommandLine line = new CommandLine(this);
    sources.flags().add(line.getCommandSpec(), "Output", RaceRun.OPTIONS);
    sources.flags().add(line.getCommandSpec(), "Racing", RaceOptions.OPTIONS);
    sources.flags().add(line.getCommandSpec(), "Learning", HistoryOptions.OPTIONS);
    sources.flags().add(line.getCommandSpec(), "All races together", DialLimiterOptions.OPTIONS);
    sources.flags().add(line.getCommandSpec(), "Access", AuthOptions.OPTIONS);
    sources.flags().add(line.getCommandSpec(), "Way there", Route.OPTIONS);
    return line;
  }

  @Override
  public Integer call() throws InterruptedException {
    common.apply();
    Config config = sources.config();
    Settings settings = sources.settings(config, config.camera(target), world.environment());
    RaceRun run = settings.build(new RaceRun.Builder(), RaceRun.OPTIONS, RaceRun.Builder::build);
    List<RaceReport> reports = races(run, config, settings);
    draw(run, reports);
    boolean allWon = reports.stream().allMatch(report -> report.result() == Result.WON);
    return allWon && !reports.isEmpty() ? CommandTree.DONE : CommandTree.NOT_DONE;
  }

  private Racer racer(
      Config config, Settings settings, SharedHistory history, RaceListener listener) {
    String endpoints = config.url(target);
    String place = config.place(config.camera(target));
    if (Cameras.isRtsp(endpoints)) {
      Camera camera = Cameras.of(endpoints, place, settings);
      return Racer.to(camera, Cameras.limiter(settings), history, listener);
    }
    AuthOptions access =
        settings.build(new AuthOptions.Builder(), AuthOptions.OPTIONS, AuthOptions.Builder::build);
    return Racer.to(
        Target.parse(endpoints),
        Cameras.race(settings),
        Cameras.limiter(settings),
        Cameras.route(settings),
        access.tlsInsecure(),
        history,
        listener);
  }

  private List<RaceReport> races(RaceRun run, Config config, Settings settings)
      throws InterruptedException {
    List<RaceReport> reports = new ArrayList<>();
    int count = run.repeat() == null ? 1 : run.repeat();
    try (SharedHistory history = HistoryOptions.open(sources, config, world.environment());
        RaceOutput output = common.json ? new RaceJson(world) : new RaceText(world);
        Racer racer = racer(config, settings, history, output.listener())) {
      WarmUp.run();
      while (reports.size() < count && !world.stop().isRequested()) {
        racer
            .race(world.stop())
            .ifPresent(
                report -> {
                  reports.add(report);
                  output.race(report, reports.size(), count);
                });
      }
      if (run.repeat() != null) {
        output.races(Distribution.of(reports), Prediction.of(run.loss(), reports));
      }
    }
    return reports;
  }

  private void draw(RaceRun run, List<RaceReport> reports) {
    if (run.svg() == null || reports.isEmpty()) {
      return;
    }
    RaceReport last = reports.get(reports.size() - 1);
    String picture =
        run.repeat() == null
            ? TimelineSvg.draw(last)
            : DistributionSvg.draw(
                Lanes.title(last), Distribution.of(reports), Prediction.of(run.loss(), reports));
    try {
      Files.writeString(Path.of(run.svg()), picture);
    } catch (IOException e) {
      throw new UsageException("--svg: " + run.svg() + ": cannot be written: " + e.getMessage(), e);
    }
  }
}

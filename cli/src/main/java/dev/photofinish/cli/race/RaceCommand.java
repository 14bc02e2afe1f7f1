package dev.photofinish.cli.race;

import dev.photofinish.cli.command.CliContext;
import dev.photofinish.cli.command.ExitCode;
import dev.photofinish.cli.command.WarmUp;
import dev.photofinish.cli.config.AuthOptions;
import dev.photofinish.cli.config.Cameras;
import dev.photofinish.cli.config.Config;
import dev.photofinish.cli.config.HistoryOptions;
import dev.photofinish.cli.config.OptionCommand;
import dev.photofinish.cli.config.OptionSection;
import dev.photofinish.cli.config.Settings;
import dev.photofinish.cli.config.TextFile;
import dev.photofinish.cli.picture.Lanes;
import dev.photofinish.cli.picture.TimelineSvg;
import dev.photofinish.connect.observe.RaceListener;
import dev.photofinish.connect.route.Route;
import dev.photofinish.connect.route.Target;
import dev.photofinish.host.SharedHistory;
import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.RaceReport;
import dev.photofinish.race.Result;
import dev.photofinish.race.limiter.DialLimiterOptions;
import dev.photofinish.rtsp.client.Camera;
import dev.photofinish.rtsp.client.ClientOptions;
import dev.photofinish.simulation.Prediction;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
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
public final class RaceCommand extends OptionCommand {
  /** Those options of a stream that say how the camera is reached. */
  private static final Set<String> OF_THE_WAY = Set.of("transport", "tunnel-path");

  public static final List<OptionSection> SECTIONS =
      List.of(
          new OptionSection("Output", RunOptions.OPTIONS),
          new OptionSection("Racing", RaceOptions.OPTIONS),
          new OptionSection(
              "RTSP addresses",
              ClientOptions.OPTIONS.options().stream()
                  .filter(option -> OF_THE_WAY.contains(option.name()))
                  .toList()),
          new OptionSection("History", HistoryOptions.OPTIONS),
          new OptionSection("Dial limiter", DialLimiterOptions.OPTIONS),
          new OptionSection("Credentials and TLS", AuthOptions.OPTIONS),
          new OptionSection("Route", Route.OPTIONS));

  @Parameters(
      paramLabel = "TARGET",
      description =
          "host:port, tls://host:port, an rtsp:// or rtsps:// URL; several endpoints separated by"
              + " commas")
  private String target = "";

  public RaceCommand(CliContext context, Supplier<Set<String>> known) {
    super(context, known, SECTIONS);
  }

  @Override
  protected int run(Config config) throws InterruptedException {
    Settings settings = settings(config, config.camera(target));
    RunOptions run = settings.build(RunOptions.OPTIONS);
    List<RaceReport> reports = races(run, config, settings);
    draw(run, reports);
    boolean allWon = reports.stream().allMatch(report -> report.result() == Result.WON);
    return allWon && !reports.isEmpty() ? ExitCode.DONE : ExitCode.NOT_DONE;
  }

  private Racer racer(
      Config config, Settings settings, SharedHistory history, RaceListener listener) {
    String endpoints = config.url(target);
    if (Cameras.isRtsp(endpoints)) {
      Camera camera = Cameras.of(endpoints, settings);
      return Racer.to(camera, Cameras.limiter(settings), history, listener);
    }
    AuthOptions access = settings.build(AuthOptions.OPTIONS);
    return Racer.to(
        Target.parse(endpoints),
        Cameras.race(settings),
        Cameras.limiter(settings),
        Cameras.route(settings),
        access.tlsInsecure(),
        history,
        listener);
  }

  private List<RaceReport> races(RunOptions run, Config config, Settings settings)
      throws InterruptedException {
    List<RaceReport> reports = new ArrayList<>();
    int count = run.repeat() == null ? 1 : run.repeat();
    try (SharedHistory history = HistoryOptions.open(settings(config, null));
        RaceOutput output = isJson() ? new RaceJson(context()) : new RaceText(context());
        Racer racer = racer(config, settings, history, output.listener())) {
      WarmUp.run();
      while (reports.size() < count && !context().stop().isRequested()) {
        racer
            .race(context().stop())
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

  private void draw(RunOptions run, List<RaceReport> reports) {
    if (run.svg() == null || reports.isEmpty()) {
      return;
    }
    RaceReport last = reports.get(reports.size() - 1);
    String picture =
        run.repeat() == null
            ? TimelineSvg.draw(last)
            : DistributionSvg.draw(
                Lanes.title(last), Distribution.of(reports), Prediction.of(run.loss(), reports));
    TextFile.write("svg", run.svg(), picture);
  }
}

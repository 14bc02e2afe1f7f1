package dev.photofinish.cli;

import dev.photofinish.connect.Route;
import dev.photofinish.host.SharedHistory;
import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.limiter.DialLimiterOptions;
import dev.photofinish.race.limiter.SharedDialLimiter;
import dev.photofinish.retry.RetryOptions;
import dev.photofinish.rtsp.client.Camera;
import dev.photofinish.rtsp.client.ClientOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Keeps cameras' streams up and tells how that goes. */
@Command(
    name = "watch",
    abbreviateSynopsis = true,
    sortOptions = false,
    description = "Connects to each camera by racing, plays, and keeps it up.",
    footer = {
      "",
      "Exit code 0 when media came from every camera and none was given up.",
      "",
      "Example: photofinish watch --connection-racing=hybrid rtsp://192.0.2.10/stream",
      "         photofinish watch --config cameras.toml --json --duration 30s"
    })
final class WatchCommand implements Callable<Integer> {
  private final CliContext world;
  private final Elapsed elapsed = new Elapsed();

  @Mixin private final CommonFlags common = new CommonFlags();
  @Mixin private final OptionSources sources = new OptionSources();

  @Parameters(
      paramLabel = "URL",
      arity = "0..*",
      description =
          "a camera's address, or its section in the file; without, every camera of the file, and"
              + " without a file a simulated camera with a rough life, for 30 s")
  private final List<String> words = new ArrayList<>();

  WatchCommand(CliContext world) {
    this.world = world;
  }

  CommandLine commandLine() {
    CommandLine line = new CommandLine(this);
    sources.flags().add(line.getCommandSpec(), "Watching", WatchOptions.OPTIONS);
    sources.flags().add(line.getCommandSpec(), "Access", AuthOptions.OPTIONS);
    sources.flags().add(line.getCommandSpec(), "Way there", Route.OPTIONS);
    sources.flags().add(line.getCommandSpec(), "Racing", RaceOptions.OPTIONS);
    sources.flags().add(line.getCommandSpec(), "Learning", HistoryOptions.OPTIONS);
    sources.flags().add(line.getCommandSpec(), "All races together", DialLimiterOptions.OPTIONS);
    sources.flags().add(line.getCommandSpec(), "Retrying", RetryOptions.OPTIONS);
    sources.flags().add(line.getCommandSpec(), "Staying connected", ClientOptions.OPTIONS);
    return line;
  }

  @Override
  public Integer call() throws InterruptedException {
    common.apply();
    Config config = sources.config();
    List<String> cameras = words.isEmpty() ? List.copyOf(config.cameras().keySet()) : words;
    return cameras.isEmpty()
        ? demonstration(config)
        : watch(config, cameras.stream().map(word -> wish(config, word)).toList());
  }

  private int demonstration(Config config) throws InterruptedException {
    try (Demonstration demonstration = Demonstration.start()) {
      Settings settings = settings(config, null).orElse(Demonstration.DEFAULTS);
      return watch(config, List.of(wish(settings, Cameras.of(demonstration.url(), "", settings))));
    }
  }

  private WatchSession.WatchRequest wish(Config config, String word) {
    String camera = config.camera(word);
    Settings settings = settings(config, camera);
    return wish(settings, Cameras.of(config.url(word), config.place(camera), settings));
  }

  private static WatchSession.WatchRequest wish(Settings settings, Camera camera) {
    return new WatchSession.WatchRequest(
        camera,
        settings.build(
            new WatchOptions.Builder(), WatchOptions.OPTIONS, WatchOptions.Builder::build));
  }

  private Settings settings(Config config, @Nullable String camera) {
    return sources.settings(config, camera, world.environment());
  }

  private int watch(Config config, List<WatchSession.WatchRequest> wishes)
      throws InterruptedException {
    SharedDialLimiter limiter = Cameras.limiter(settings(config, null));
    WarmUp.run();
    try (SharedHistory history = HistoryOptions.open(sources, config, world.environment());
        WatchOutput output = output(wishes.size())) {
      return new WatchSession(output, elapsed, world.stop()).run(wishes, limiter, history);
    } finally {
      LogSetup.sendTo(world.err()::println);
    }
  }

  private WatchOutput output(int cameras) {
    if (common.json) {
      return new WatchJson(world, elapsed);
    }
    Window window = world.screen().window();
    if (window == null) {
      return new WatchText(world.screen(), elapsed, cameras, lines -> lines.forEach(world::line));
    }
    LiveDisplay display = new LiveDisplay(window);
    LogSetup.sendTo(display::line);
    return new WatchLive(world.screen(), elapsed, cameras, display);
  }
}

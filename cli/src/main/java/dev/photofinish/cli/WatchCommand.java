package dev.photofinish.cli;

import dev.photofinish.race.RaceOptions;
import dev.photofinish.retry.RetryOptions;
import dev.photofinish.rtsp.client.Camera;
import dev.photofinish.rtsp.client.ClientOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jline.terminal.Terminal;
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
  private final Surroundings world;
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

  WatchCommand(Surroundings world) {
    this.world = world;
  }

  CommandLine commandLine() {
    CommandLine line = new CommandLine(this);
    sources.flags().add(line.getCommandSpec(), "Watching", WatchOptions.OPTIONS);
    sources.flags().add(line.getCommandSpec(), "Access", Access.OPTIONS);
    sources.flags().add(line.getCommandSpec(), "Racing", RaceOptions.OPTIONS);
    sources.flags().add(line.getCommandSpec(), "Retrying", RetryOptions.OPTIONS);
    sources.flags().add(line.getCommandSpec(), "Staying connected", ClientOptions.OPTIONS);
    return line;
  }

  @Override
  public Integer call() throws InterruptedException {
    common.apply();
    Config config = sources.config();
    List<String> cameras = words.isEmpty() ? List.copyOf(config.cameras().keySet()) : words;
    if (cameras.isEmpty()) {
      return demonstration(config);
    }
    List<WatchSession.Wish> wishes = new ArrayList<>();
    for (String word : cameras) {
      String camera = config.camera(word);
      List<String> urls = Urls.split(config.url(word), config.place(camera));
      wishes.add(wish(settings(config, camera), urls));
    }
    return watch(wishes);
  }

  private int demonstration(Config config) throws InterruptedException {
    try (Demonstration demonstration = Demonstration.start()) {
      Settings settings = settings(config, null).orElse(Demonstration.DEFAULTS);
      return watch(List.of(wish(settings, List.of(demonstration.url()))));
    }
  }

  private Settings settings(Config config, @Nullable String camera) {
    return sources.settings(config, camera, world.environment());
  }

  private static WatchSession.Wish wish(Settings settings, List<String> urls) {
    Access access = settings.build(new Access.Builder(), Access.OPTIONS, Access.Builder::build);
    Camera camera =
        Camera.at(urls.toArray(String[]::new))
            .withRace(
                settings.build(
                    RaceOptions.builder(), RaceOptions.OPTIONS, RaceOptions.Builder::build))
            .withRetry(
                settings.build(
                    RetryOptions.builder(), RetryOptions.OPTIONS, RetryOptions.Builder::build))
            .withOptions(
                settings.build(
                    ClientOptions.builder(), ClientOptions.OPTIONS, ClientOptions.Builder::build))
            .withTlsInsecure(access.tlsInsecure());
    if (access.user() != null) {
      String password = access.password();
      camera = camera.withCredentials(access.user(), password == null ? "" : password);
    }
    return new WatchSession.Wish(
        camera,
        settings.build(
            new WatchOptions.Builder(), WatchOptions.OPTIONS, WatchOptions.Builder::build));
  }

  private int watch(List<WatchSession.Wish> wishes) throws InterruptedException {
    try (WatchOutput output = output()) {
      return new WatchSession(output, elapsed, world.stop()).run(wishes);
    } finally {
      LogSetup.sendTo(world.err()::println);
    }
  }

  private WatchOutput output() {
    if (common.json) {
      return new WatchJson(world, elapsed);
    }
    Terminal terminal = world.screen().terminal();
    if (terminal == null) {
      return new WatchText(world.screen(), elapsed, world::line);
    }
    LiveDisplay display = new LiveDisplay(terminal);
    LogSetup.sendTo(display::line);
    return new WatchLive(world.screen(), elapsed, display);
  }
}

package dev.photofinish.cli.watch;

import dev.photofinish.cli.command.CliContext;
import dev.photofinish.cli.command.Elapsed;
import dev.photofinish.cli.command.LogSetup;
import dev.photofinish.cli.command.WarmUp;
import dev.photofinish.cli.config.Cameras;
import dev.photofinish.cli.config.Config;
import dev.photofinish.cli.config.HistoryOptions;
import dev.photofinish.cli.config.OptionCommand;
import dev.photofinish.cli.config.OptionSection;
import dev.photofinish.cli.config.Settings;
import dev.photofinish.host.SharedHistory;
import dev.photofinish.rtsp.client.Camera;
import dev.photofinish.rtsp.client.RtspClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Keeps the streams of cameras up and reports on them. */
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
public final class WatchCommand extends OptionCommand {
  /** The options that most people need. */
  private static final List<String> MOST_USED =
      List.of(
          "duration",
          "packets",
          "transport",
          "media",
          "user",
          "password",
          "tls-insecure",
          "connection-racing",
          "response-timeout",
          "max-reconnection-attempts");

  public static final List<OptionSection> SECTIONS =
      OptionSection.withFirst(
          "Most used",
          MOST_USED,
          Stream.concat(
                  Stream.of(new OptionSection("Watching", WatchOptions.OPTIONS)),
                  Cameras.SECTIONS.stream())
              .toList());

  private final Elapsed elapsed = new Elapsed();

  @Parameters(
      paramLabel = "URL",
      arity = "0..*",
      description =
          "a camera's address, or its section in the file; without, every camera of the file, and"
              + " without a file a simulated camera with a rough life, for 30 s")
  private final List<String> words = new ArrayList<>();

  public WatchCommand(CliContext context, Supplier<Set<String>> known) {
    super(context, known, SECTIONS);
  }

  @Override
  protected int run(Config config) throws InterruptedException {
    List<String> cameras = words.isEmpty() ? List.copyOf(config.cameras().keySet()) : words;
    return cameras.isEmpty()
        ? demonstration(config)
        : watch(config, cameras.stream().map(word -> request(config, word)).toList());
  }

  private int demonstration(Config config) throws InterruptedException {
    try (Demonstration demonstration = Demonstration.start()) {
      Settings settings = settings(config, null).orElse(Demonstration.DEFAULTS);
      return watch(
          config, List.of(request(null, settings, Cameras.of(demonstration.url(), settings))));
    }
  }

  private WatchRequest request(Config config, String word) {
    String section = config.camera(word);
    Settings settings = settings(config, section);
    return request(section, settings, Cameras.of(config.url(word), settings));
  }

  private static WatchRequest request(@Nullable String section, Settings settings, Camera camera) {
    return new WatchRequest(
        new CameraName(camera.toString(), section),
        camera,
        settings.build(WatchOptions.OPTIONS),
        StreamWork.NONE);
  }

  private int watch(Config config, List<WatchRequest> requests) throws InterruptedException {
    Settings common = settings(config, null);
    WarmUp.run();
    try (SharedHistory history = HistoryOptions.open(common);
        RtspClient client = Cameras.client(common, history);
        WatchOutput output =
            WatchOutput.open(
                context(), elapsed, isJson(), requests.stream().map(WatchRequest::name).toList())) {
      return new WatchSession(output, elapsed, context().stop()).run(client, requests);
    } finally {
      LogSetup.sendTo(context().err()::println);
    }
  }
}

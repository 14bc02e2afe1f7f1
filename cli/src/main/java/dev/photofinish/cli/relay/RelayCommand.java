package dev.photofinish.cli.relay;

import dev.photofinish.cli.command.CliContext;
import dev.photofinish.cli.command.Elapsed;
import dev.photofinish.cli.command.Json;
import dev.photofinish.cli.command.LogSetup;
import dev.photofinish.cli.command.UsageException;
import dev.photofinish.cli.command.WarmUp;
import dev.photofinish.cli.config.Cameras;
import dev.photofinish.cli.config.Config;
import dev.photofinish.cli.config.HistoryOptions;
import dev.photofinish.cli.config.OptionCommand;
import dev.photofinish.cli.config.OptionSection;
import dev.photofinish.cli.config.Settings;
import dev.photofinish.cli.watch.CameraName;
import dev.photofinish.cli.watch.Demonstration;
import dev.photofinish.cli.watch.WatchOutput;
import dev.photofinish.host.SharedHistory;
import dev.photofinish.relay.RelayedCamera;
import dev.photofinish.relay.RelayedCameraOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Serves cameras to any number of readers, each over one connection. */
@Command(
    name = "relay",
    abbreviateSynopsis = true,
    sortOptions = false,
    description = "Serves each camera to any number of readers that stay, over one connection.",
    footer = {
      "",
      "Each camera is at rtsp://HOST:8554/NAME, the page at http://HOST:8080/. Without a camera it"
          + " serves a simulated one with a rough life, as demo.",
      "",
      "Example: photofinish relay --name door rtsp://192.0.2.10/stream",
      "         photofinish relay --config cameras.toml --listen 0.0.0.0:8554 --users users.txt"
    })
public final class RelayCommand extends OptionCommand {
  /** The options that most people need. */
  private static final List<String> MOST_USED =
      List.of("listen", "web", "name", "duration", "users", "on-demand", "while-away", "transport");

  public static final List<OptionSection> SECTIONS =
      OptionSection.withFirst(
          "Most used",
          MOST_USED,
          Stream.concat(
                  Stream.of(
                      new OptionSection("Serving", RelayOptions.OPTIONS),
                      new OptionSection("Relaying a camera", RelayedCameraOptions.OPTIONS)),
                  Cameras.SECTIONS.stream())
              .toList());

  private final Elapsed elapsed = new Elapsed();

  @Parameters(
      paramLabel = "URL",
      arity = "0..*",
      description =
          "a camera's address, or its section in the file; without, every camera of the file, and"
              + " without a file a simulated camera with a rough life")
  private final List<String> words = new ArrayList<>();

  public RelayCommand(CliContext context, Set<String> known) {
    super(context, known, SECTIONS);
  }

  @Override
  protected int run(Config config) throws InterruptedException, IOException {
    RelayOptions options = settings(config, null).build(RelayOptions.OPTIONS);
    List<String> cameras = words.isEmpty() ? List.copyOf(config.cameras().keySet()) : words;
    if (cameras.isEmpty() && options.publish().isEmpty()) {
      return demonstration(config, options);
    }
    if (options.name() != null && cameras.size() > 1) {
      throw new UsageException("--name is for a single camera; expected one URL");
    }
    List<ServedCamera> served = new ArrayList<>();
    for (String word : cameras) {
      served.add(served(config, options, word, served.size() + 1));
    }
    return relay(config, options, served);
  }

  private int demonstration(Config config, RelayOptions options)
      throws InterruptedException, IOException {
    try (Demonstration demonstration = Demonstration.start()) {
      Settings settings = settings(config, null).orElse(Map.of("connection-racing", "hybrid"));
      String name = options.name() == null ? "demo" : options.name();
      return relay(config, options, List.of(served(name, demonstration.url(), settings)));
    }
  }

  private ServedCamera served(Config config, RelayOptions options, String word, int number) {
    String section = config.camera(word);
    String name = options.name();
    if (name == null) {
      name = section == null ? "camera" + number : section;
    }
    return served(name, config.url(word), settings(config, section));
  }

  private static ServedCamera served(String name, String url, Settings settings) {
    return new ServedCamera(
        name, Cameras.of(url, settings), settings.build(RelayedCameraOptions.OPTIONS));
  }

  private int relay(Config config, RelayOptions options, List<ServedCamera> cameras)
      throws InterruptedException, IOException {
    Settings common = settings(config, null);
    WarmUp.run();
    List<CameraName> names = cameras.stream().map(ServedCamera::watched).toList();
    try (SharedHistory history = HistoryOptions.open(common);
        RelayServers servers = RelayServers.open(options, Cameras.clientBuilder(common, history))) {
      for (String name : options.publish()) {
        servers.relay().addPublished(name, common.build(RelayedCameraOptions.OPTIONS));
      }
      say(servers, cameras);
      try (WatchOutput output = WatchOutput.open(context(), elapsed, isJson(), names)) {
        return new RelaySession(output, elapsed, context().stop())
            .run(servers.relay(), cameras, options.duration());
      }
    } finally {
      LogSetup.sendTo(context().err()::println);
    }
  }

  /** Where everything is, before anything happens. */
  private void say(RelayServers servers, List<ServedCamera> cameras) {
    if (isJson()) {
      Map<String, Object> line = Json.event("listening");
      line.put("rtsp", servers.rtsp());
      line.put("rtsps", servers.rtsps());
      line.put("web", servers.web());
      context().line(Json.line(line));
      return;
    }
    List<String> names = servers.relay().cameras().stream().map(RelayedCamera::name).toList();
    Stream.concat(names.stream(), cameras.stream().map(ServedCamera::name))
        .forEach(name -> context().line(servers.rtsp() + name));
    if (servers.rtsps() != null) {
      Stream.concat(names.stream(), cameras.stream().map(ServedCamera::name))
          .forEach(name -> context().line(servers.rtsps() + name));
    }
    if (servers.web() != null) {
      context().line("page: " + servers.web());
    }
  }
}

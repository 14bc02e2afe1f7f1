package dev.photofinish.cli.relay;

import dev.photofinish.cli.command.CliContext;
import dev.photofinish.cli.command.Elapsed;
import dev.photofinish.cli.command.Json;
import dev.photofinish.cli.command.LogSetup;
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
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jline.utils.Signals;
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
          + " serves a simulated one with a rough life, as demo. The files of --config and --users"
          + " are read again when they were written, and at SIGHUP.",
      "",
      "Example: photofinish relay --name door rtsp://192.0.2.10/stream",
      "         photofinish relay --config cameras.toml --listen 0.0.0.0:8554 --users users.txt"
    })
public final class RelayCommand extends OptionCommand {
  /** The options that most people need. */
  private static final List<String> MOST_USED =
      List.of("listen", "web", "name", "duration", "users", "on-demand", "while-away", "transport");

  private static final OptionSection SERVING = new OptionSection("Serving", RelayOptions.OPTIONS);

  public static final List<OptionSection> SECTIONS =
      OptionSection.withFirst(
          "Most used",
          MOST_USED,
          Stream.concat(
                  Stream.of(
                      SERVING,
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

  public RelayCommand(CliContext context, Supplier<Set<String>> known) {
    super(context, known, SECTIONS);
  }

  @Override
  protected int run(Config config) throws InterruptedException, IOException {
    RelayPlan plan = plan(config);
    boolean isDemonstration =
        plan.cameras().isEmpty() && plan.options().publish().isEmpty() && configFile() == null;
    return isDemonstration ? demonstration(config, plan) : relay(config, plan, this::readAgain);
  }

  @Override
  protected Stream<OptionSection> forAll() {
    return Stream.concat(super.forAll(), Stream.of(SERVING));
  }

  private RelayPlan plan(Config config) {
    return RelayPlan.of(config, words, this::settings);
  }

  private RelayPlan readAgain() {
    return plan(config());
  }

  private int demonstration(Config config, RelayPlan plan)
      throws InterruptedException, IOException {
    try (Demonstration demonstration = Demonstration.start()) {
      Settings settings = settings(config, null).orElse(Map.of("connection-racing", "hybrid"));
      String name = plan.options().name() == null ? "demo" : plan.options().name();
      RelayPlan demo = plan.with(RelayPlan.camera(name, demonstration.url(), settings));
      return relay(config, demo, () -> demo);
    }
  }

  private int relay(Config config, RelayPlan plan, Supplier<RelayPlan> again)
      throws InterruptedException, IOException {
    Settings common = settings(config, null);
    RelayedCameraOptions shared = common.build(RelayedCameraOptions.OPTIONS);
    WarmUp.run();
    List<ServedCamera> cameras = List.copyOf(plan.cameras().values());
    List<CameraName> names = cameras.stream().map(ServedCamera::watched).toList();
    try (SharedHistory history = HistoryOptions.open(common);
        RelayServers servers =
            RelayServers.open(
                plan.options(), shared.rights(), Cameras.clientBuilder(common, history))) {
      for (String name : plan.options().publish()) {
        servers.relay().addPublished(name, shared);
      }
      say(servers, cameras);
      try (WatchOutput output = WatchOutput.open(context(), elapsed, isJson(), names)) {
        RelaySession session = new RelaySession(output, elapsed, context().stop());
        RelayReload reload = new RelayReload(servers, session::explain, plan, configFile(), again);
        Signals.register("HUP", reload::ask);
        return session.run(servers, reload, plan.options().duration());
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
      line.put("certificate", servers.fingerprint());
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
    if (servers.fingerprint() != null) {
      context().line("certificate: self-signed, SHA-256 " + servers.fingerprint());
    }
  }
}

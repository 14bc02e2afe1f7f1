package dev.photofinish.cli.fleet;

import dev.photofinish.cli.command.CliContext;
import dev.photofinish.cli.command.ExitCode;
import dev.photofinish.cli.command.Json;
import dev.photofinish.cli.command.UsageException;
import dev.photofinish.cli.config.AuthOptions;
import dev.photofinish.cli.config.Cameras;
import dev.photofinish.cli.config.Config;
import dev.photofinish.cli.config.HistoryOptions;
import dev.photofinish.cli.config.OptionCommand;
import dev.photofinish.cli.config.OptionSection;
import dev.photofinish.cli.config.Settings;
import dev.photofinish.cli.config.TextFile;
import dev.photofinish.cli.relay.ServerTls;
import dev.photofinish.fleet.FleetNode;
import dev.photofinish.fleet.camera.FleetCamera;
import dev.photofinish.host.SharedHistory;
import dev.photofinish.race.limiter.DialLimiterOptions;
import dev.photofinish.relay.CameraRights;
import dev.photofinish.relay.Relay;
import dev.photofinish.relay.RelayedCameraOptions;
import dev.photofinish.rtsp.message.RtspUrl;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Runs a node of a fleet, or asks one. */
@Command(
    name = "fleet",
    abbreviateSynopsis = true,
    sortOptions = false,
    description = {
      "Runs a node of a fleet: several relays that hold each camera once, and serve it from any of"
          + " them.",
      "",
      "status shows who holds what; move CAMERA NODE moves a camera with its site; drain NODE makes"
          + " a node give away its cameras. They ask the node at --web, over TLS with --web-tls, and"
          + " log in there as --user.",
      "",
      "simulate lets nodes of a large fleet die on a virtual clock, and prints how its cameras come"
          + " back, also in smaller fleets."
    },
    footer = {
      "",
      "Example: photofinish fleet --config cameras.toml",
      "         photofinish fleet --listen 127.0.0.1:25521 --join 127.0.0.1:25520 \\",
      "                           --rtsp 127.0.0.1:8555 --web 127.0.0.1:8082",
      "         photofinish fleet status",
      "         photofinish fleet --demo"
    })
public final class FleetCommand extends OptionCommand {
  private static final List<OptionSection> OF_THE_NODE =
      List.of(
          new OptionSection("Fleet", FleetSettings.OPTIONS),
          new OptionSection("Serving", FleetServing.OPTIONS),
          new OptionSection("Demonstration", DemoOptions.OPTIONS),
          new OptionSection("Simulation", LossOptions.OPTIONS));

  private static final List<OptionSection> OF_A_CAMERA =
      List.of(
          new OptionSection("Place of a camera", SiteOptions.OPTIONS),
          new OptionSection("Relaying a camera", RelayedCameraOptions.OPTIONS));

  public static final List<OptionSection> SECTIONS =
      Stream.of(OF_THE_NODE, OF_A_CAMERA, Cameras.SECTIONS).flatMap(List::stream).toList();

  /** The fleets that are simulated: the one that is asked for, last, and smaller ones. */
  private static final int[] SMALLER_BY = {20, 10, 4, 2, 1};

  private static final Duration LOOK = Duration.ofMillis(250);
  private static final String EXPECTED =
      "; expected status, move CAMERA NODE, drain NODE, or simulate";

  @Parameters(
      paramLabel = "WORD",
      arity = "0..*",
      description = "status, move CAMERA NODE, drain NODE, or simulate; without, a node runs")
  private List<String> words = List.of();

  public FleetCommand(CliContext context, Supplier<Set<String>> known) {
    super(context, known, SECTIONS);
  }

  @Override
  protected Stream<OptionSection> forAll() {
    return Stream.concat(super.forAll(), OF_THE_NODE.stream());
  }

  @Override
  protected int run(Config config) throws InterruptedException, IOException {
    Settings common = settings(config, null);
    FleetSettings settings = common.build(FleetSettings.OPTIONS);
    DemoOptions demo = common.build(DemoOptions.OPTIONS);
    if (words.isEmpty() && demo.isWanted()) {
      return demonstration(demo.cameras());
    }
    if (words.isEmpty()) {
      return node(config, common, settings);
    }
    if (words.equals(List.of("simulate"))) {
      return simulate(common, settings.node().siteDials());
    }
    FleetClient client = client(common, settings);
    switch (words.get(0) + " " + words.size()) {
      case "status 1" -> status(client);
      case "move 3" -> client.move(words.get(1), words.get(2));
      case "drain 2" -> drain(client, words.get(1));
      default ->
          throw new UsageException(
              "unexpected '" + RtspUrl.show(String.join(" ", words)) + "'" + EXPECTED);
    }
    return ExitCode.DONE;
  }

  private int demonstration(int cameras) throws InterruptedException, IOException {
    try (FleetDemo demo = new FleetDemo(context(), isJson(), cameras)) {
      return demo.run();
    }
  }

  private int simulate(Settings common, int siteDials) {
    LossOptions options = common.build(LossOptions.OPTIONS);
    DialLimiterOptions limiter = common.build(DialLimiterOptions.OPTIONS);
    if (!isJson()) {
      LossTable.HEAD.forEach(context()::line);
    }
    List<SimulatedFleet.Outcome> outcomes = new ArrayList<>();
    for (int divisor : SMALLER_BY) {
      SimulatedFleet.Outcome outcome =
          SimulatedFleet.run(options.smaller(divisor), limiter, siteDials);
      outcomes.add(outcome);
      context().line(isJson() ? LossTable.json(outcome) : LossTable.row(outcome));
    }
    if (options.svg() != null) {
      TextFile.write("svg", options.svg(), LossSvg.draw(outcomes));
    }
    return ExitCode.DONE;
  }

  private static FleetClient client(Settings common, FleetSettings settings) {
    FleetServing serving = common.build(FleetServing.OPTIONS);
    if (serving.web() == null) {
      throw new UsageException("--web: 'off' is not a node; expected HOST:PORT of its page");
    }
    return FleetClient.of(
        serving.web(), serving.webTls(), common.build(AuthOptions.OPTIONS), settings.authority());
  }

  private void status(FleetClient client) throws IOException, InterruptedException {
    if (isJson()) {
      context().line(client.fleet().toString());
    } else {
      FleetTable.of(client.fleet()).forEach(context()::line);
    }
  }

  private void drain(FleetClient client, String node) throws IOException, InterruptedException {
    String note = client.drain(node);
    if (!note.isEmpty()) {
      context().err().println(note);
    }
  }

  private int node(Config config, Settings common, FleetSettings settings)
      throws InterruptedException, IOException {
    FleetServing serving = common.build(FleetServing.OPTIONS);
    serving.check();
    settings.check(serving.usesTls());
    ServerTls tls =
        serving.usesTls()
            ? ServerTls.of(
                settings.certificate(),
                settings.key(),
                serving.rtsps(),
                serving.webTls() ? serving.web() : null)
            : null;
    CameraRights rights = common.build(RelayedCameraOptions.OPTIONS).rights();
    Map<String, FleetCamera> cameras = cameras(config);
    try (SharedHistory history = HistoryOptions.open(common);
        Relay relay = Relay.start(Cameras.clientBuilder(common, history));
        FleetNode node = FleetNode.start(settings.node(), relay);
        FleetServers servers = FleetServers.open(node, relay, serving, rights, tls)) {
      if (!cameras.isEmpty()) {
        node.feed(cameras);
      }
      say(node, servers);
      return waitForTheEnd(node, servers, settings.duration());
    }
  }

  /** A value that is not valid is said with its place, before anything starts. */
  private Map<String, FleetCamera> cameras(Config config) {
    Map<String, FleetCamera> cameras = new LinkedHashMap<>();
    for (String name : config.cameras().keySet()) {
      Relay.checkName(name);
      Settings settings = settings(config, name);
      Cameras.of(config.url(name), settings);
      settings.build(RelayedCameraOptions.OPTIONS);
      cameras.put(name, SiteOptions.camera(name, config.url(name), settings));
    }
    return cameras;
  }

  private void say(FleetNode node, FleetServers servers) {
    if (isJson()) {
      Map<String, Object> line = Json.event("node");
      line.put("node", node.name());
      line.put("rtsp", servers.rtsp());
      line.put("rtsps", servers.rtsps());
      line.put("web", servers.web());
      line.put("certificate", servers.fingerprint());
      context().line(Json.line(line));
      return;
    }
    context().line("node " + node.name() + " serves " + servers.rtsp() + "NAME");
    if (servers.rtsps() != null) {
      context().line("and " + servers.rtsps() + "NAME");
    }
    if (servers.web() != null) {
      context().line("page: " + servers.web());
    }
    if (servers.fingerprint() != null) {
      context().line("certificate: self-signed, SHA-256 " + servers.fingerprint());
    }
  }

  private int waitForTheEnd(FleetNode node, FleetServers servers, @Nullable Duration duration)
      throws InterruptedException {
    long end = System.nanoTime() + (duration == null ? 0 : duration.toNanos());
    while (!context().stop().await(LOOK)) {
      servers.look();
      if (node.ended().toCompletableFuture().isDone()) {
        context().err().println("this node is not in its fleet any more; start it again");
        return ExitCode.NOT_DONE;
      }
      if (duration != null && end - System.nanoTime() <= 0) {
        break;
      }
    }
    return ExitCode.DONE;
  }
}

package dev.photofinish.cli.gst;

import dev.photofinish.cli.command.CliContext;
import dev.photofinish.cli.command.CommonFlags;
import dev.photofinish.cli.command.ExitCode;
import dev.photofinish.cli.command.UsageException;
import dev.photofinish.cli.command.WarmUp;
import dev.photofinish.cli.config.Cameras;
import dev.photofinish.cli.config.HistoryOptions;
import dev.photofinish.cli.config.Settings;
import dev.photofinish.host.SharedHistory;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jline.utils.Signals;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The process that the plugin starts. */
@Command(
    name = GstSourceCommand.NAME,
    hidden = true,
    description = "The process of the GStreamer element photofinishsrc, which starts it.",
    footer = {
      "",
      "It ends when its socket is closed. See docs/gstreamer.md.",
      "",
      "Example: photofinish gst-source --socket 3"
    })
public final class GstSourceCommand implements Callable<Integer> {
  public static final String NAME = "gst-source";

  private final CliContext context;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Mixin private final CommonFlags common = new CommonFlags();

  @Option(
      names = "--socket",
      paramLabel = "FD",
      description = "the descriptor of a connected Unix socket")
  private @Nullable Integer socket;

  @Option(
      names = "--properties",
      description = "print the element's properties as gstreamer/src/options.inc has them")
  private boolean properties;

  @Option(
      names = "--rehearse",
      description = "play the simulated camera to a host in this process, up to its first packets")
  private boolean rehearse;

  public GstSourceCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    common.apply();
    if (properties) {
      context.out().print(ElementProperties.text());
      return ExitCode.DONE;
    }
    if (rehearse) {
      try (Rehearsal rehearsal = new Rehearsal()) {
        rehearsal.play();
        int exit = serve(rehearsal.socket());
        return rehearsal.hasPlayed() ? exit : ExitCode.NOT_DONE;
      }
    }
    if (socket == null) {
      throw new UsageException("--socket is missing; expected --socket FD");
    }
    return serve(InheritedSocket.check(socket));
  }

  private int serve(int descriptor) throws InterruptedException {
    // Those of a terminal are for the host, which decides when this process ends.
    Signals.register("INT", () -> {});
    Signals.register("HUP", () -> {});
    Settings settings = Settings.of(context.environment());
    String version = spec.root().version()[0];
    WarmUp.run();
    try (SharedHistory history = HistoryOptions.open(settings);
        SourceProcess process =
            SourceProcess.serve(
                descriptor,
                Cameras.clientBuilder(settings, history),
                context.environment(),
                version,
                SourceProcess.WAITING)) {
      await(process);
      return process.isMalformed() ? ExitCode.NOT_DONE : ExitCode.DONE;
    }
  }

  private void await(SourceProcess process) throws InterruptedException {
    CompletableFuture<Void> stopped = context.stop().onRequest(() -> {});
    try {
      CompletableFuture.anyOf(process.ended().toCompletableFuture(), stopped).get();
    } catch (ExecutionException e) {
      LoggerFactory.getLogger(GstSourceCommand.class).warn("the socket cannot be used", e);
      process.malformed();
    }
  }
}

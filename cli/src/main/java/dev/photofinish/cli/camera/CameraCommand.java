package dev.photofinish.cli.camera;

import dev.photofinish.camera.CameraReport;
import dev.photofinish.camera.SimulatedCamera;
import dev.photofinish.cli.command.CliContext;
import dev.photofinish.cli.command.CommonFlags;
import dev.photofinish.cli.command.Elapsed;
import dev.photofinish.cli.command.ExitCode;
import dev.photofinish.cli.command.Lifetime;
import dev.photofinish.cli.command.UsageException;
import dev.photofinish.cli.config.Config;
import dev.photofinish.cli.config.Flags;
import dev.photofinish.cli.config.OptionSection;
import dev.photofinish.cli.config.Settings;
import dev.photofinish.option.Option;
import dev.photofinish.option.OptionTable;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** A simulated camera that runs until an interrupt. */
@Command(
    name = "camera",
    abbreviateSynopsis = true,
    sortOptions = false,
    description = "Serves a test picture as a camera would, with the faults that cameras have.",
    footer = {
      "",
      "Prints its URL, what clients do, and a summary at the end.",
      "",
      "Example: photofinish camera --port 8554 --limit 1 --on-limit drop-oldest --answer-ms 400"
    })
public final class CameraCommand implements Callable<Integer> {
  private static final Duration FOR_EVER = Duration.ofDays(36_500);

  private static final OptionTable<AtomicReference<@Nullable Duration>, @Nullable Duration>
      LIFETIME =
          OptionTable.of(
              AtomicReference::new,
              AtomicReference::get,
              Option.of(
                  "duration",
                  Lifetime.ENDLESS,
                  "how long to run, such as 30s; until an interrupt without",
                  Lifetime.TYPE,
                  AtomicReference::set));

  private final CliContext context;
  private final Flags flags = new Flags();

  @Mixin private final CommonFlags common = new CommonFlags();

  public CameraCommand(CliContext context) {
    this.context = context;
  }

  public CommandLine commandLine() {
    CommandLine line = new CommandLine(this);
    flags.add(line.getCommandSpec(), new OptionSection("Running", LIFETIME));
    flags.add(line.getCommandSpec(), new OptionSection("Behaviour", CameraFlags.OPTIONS));
    return line;
  }

  @Override
  public Integer call() throws InterruptedException {
    common.apply();
    CameraOutput output = new CameraOutput(context, common.json, new Elapsed());
    Settings settings = new Settings(flags.given(), Config.NONE, null, Map.of());
    Duration lifetime = settings.build(LIFETIME);
    CameraReport report;
    try (SimulatedCamera camera = start(settings, output)) {
      output.url(camera.url());
      context.stop().await(Objects.requireNonNullElse(lifetime, FOR_EVER));
      report = camera.report();
    }
    output.summary(report);
    return ExitCode.DONE;
  }

  private static SimulatedCamera start(Settings settings, CameraOutput output) {
    return settings.build(
        CameraFlags.builder().listener(output::event),
        CameraFlags.OPTIONS,
        CameraCommand::listening);
  }

  private static SimulatedCamera listening(SimulatedCamera.Builder builder) {
    try {
      return builder.start();
    } catch (UncheckedIOException e) {
      throw new UsageException(
          "--port: cannot listen: " + e.getMessage() + "; expected a free port, or 0 for any", e);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--" + e.getMessage(), e);
    }
  }
}

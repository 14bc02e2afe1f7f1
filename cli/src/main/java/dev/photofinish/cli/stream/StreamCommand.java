package dev.photofinish.cli.stream;

import dev.photofinish.cli.command.CliContext;
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
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Parameters;

/** A command that takes the media of one camera, reached and kept up as by {@code watch}. */
public abstract class StreamCommand extends OptionCommand {
  /** The options that most people need of these. */
  private static final List<String> MOST_USED =
      List.of(
          "transport",
          "media",
          "user",
          "password",
          "tls-insecure",
          "connection-racing",
          "max-reconnection-attempts");

  @Parameters(
      index = "0",
      paramLabel = "URL",
      description = "the camera's address, or its section in the file")
  private String camera = "";

  private @Nullable String section;

  /**
   * Has all options of a stream, and those of its own.
   *
   * @param known gives the options of all commands
   */
  protected StreamCommand(
      CliContext context, Supplier<Set<String>> known, List<OptionSection> sections) {
    super(context, known, sections);
  }

  /** The sections of a command whose own options, all of them used most, are {@code own}. */
  protected static List<OptionSection> sections(OptionSection own) {
    List<String> first = new ArrayList<>();
    own.options().forEach(option -> first.add(option.name()));
    first.addAll(MOST_USED);
    List<OptionSection> all = new ArrayList<>(List.of(own));
    all.addAll(Cameras.SECTIONS);
    return OptionSection.withFirst("Most used", first, all);
  }

  @Override
  protected int run(Config config) throws InterruptedException, IOException {
    LogSetup.sendTo(context().err()::println);
    section = config.camera(camera);
    Settings settings = settings(config, section);
    Camera parsed = Cameras.of(config.url(camera), settings);
    prepare(settings);
    WarmUp.run();
    Settings common = settings(config, null);
    try (SharedHistory history = HistoryOptions.open(common);
        RtspClient client = Cameras.client(common, history)) {
      return run(client, parsed);
    }
  }

  /** Reads the command's own options; fails on wrong use before anything is dialled. */
  protected abstract void prepare(Settings settings);

  /** Does the work; returns the exit code. */
  protected abstract int run(RtspClient client, Camera camera)
      throws InterruptedException, IOException;

  /** The word that says where the media come from. */
  protected final String source() {
    return camera;
  }

  /** The camera's section in the configuration file; null where it is given by its address. */
  protected final @Nullable String section() {
    return section;
  }
}

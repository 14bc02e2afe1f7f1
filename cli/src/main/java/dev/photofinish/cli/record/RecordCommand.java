package dev.photofinish.cli.record;

import dev.photofinish.cli.command.CliContext;
import dev.photofinish.cli.command.Elapsed;
import dev.photofinish.cli.command.LogSetup;
import dev.photofinish.cli.command.UsageException;
import dev.photofinish.cli.config.OptionSection;
import dev.photofinish.cli.config.Settings;
import dev.photofinish.cli.stream.StreamCommand;
import dev.photofinish.cli.watch.CameraName;
import dev.photofinish.cli.watch.WatchOptions;
import dev.photofinish.cli.watch.WatchOutput;
import dev.photofinish.cli.watch.WatchRequest;
import dev.photofinish.cli.watch.WatchSession;
import dev.photofinish.media.RecordingContainer;
import dev.photofinish.media.RecordingOptions;
import dev.photofinish.rtsp.client.Camera;
import dev.photofinish.rtsp.client.RtspClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The media of a camera in files. */
@Command(
    name = "record",
    abbreviateSynopsis = true,
    sortOptions = false,
    description = "Records a camera's media into files, across all reconnects.",
    footer = {
      "",
      "Exit code 0 when frames were written and the stream was not given up.",
      "",
      "Example: photofinish record rtsp://192.0.2.10/stream door.mp4 --duration 30s",
      "         photofinish record rtsp://192.0.2.10/stream --segment 5min --keep 7d,100GB"
    })
public final class RecordCommand extends StreamCommand {
  public static final List<OptionSection> SECTIONS =
      sections(new OptionSection("Recording", RecordOptions.OPTIONS));

  private static final String DEFAULT_FOLDER = "recordings";
  private static final String DEFAULT_NAME = "%Y-%m-%d/%H-%M-%S";

  private final Elapsed elapsed = new Elapsed();
  private RecordOptions options = new RecordOptions.Builder().build();

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "FILE",
      description = "one new file, .mp4 or .ts; without, files by --pattern")
  private @Nullable Path file;

  public RecordCommand(CliContext context, Supplier<Set<String>> known) {
    super(context, known, SECTIONS);
  }

  @Override
  protected void prepare(Settings settings) {
    options = settings.build(RecordOptions.OPTIONS);
    if (file != null) {
      checkFile(file);
    }
  }

  private void checkFile(Path wanted) {
    if (options.pattern() != null) {
      throw new UsageException("both a file and --pattern; expected one of the two");
    }
    if (!fitsContainer(wanted)) {
      throw new UsageException(
          "'"
              + wanted
              + "' is not valid; expected a file name ending in .mp4 or .ts, as --container says");
    }
    if (Files.exists(wanted)) {
      throw new UsageException(wanted + ": is there already; expected a new file");
    }
  }

  /** Whether the end of the name is one that was asked for. */
  private boolean fitsContainer(Path wanted) {
    return RecordingContainer.of(wanted)
        .filter(named -> options.container() == null || options.container() == named)
        .isPresent();
  }

  @Override
  protected int run(RtspClient client, Camera camera) throws InterruptedException, IOException {
    CameraName name = new CameraName(camera.toString(), section());
    try (WatchOutput output = WatchOutput.open(context(), elapsed, isJson(), List.of(name))) {
      WatchRequest request =
          new WatchRequest(
              name,
              camera,
              new WatchOptions(options.duration(), null),
              new RecordedStream(name, output, recording(camera)));
      return new WatchSession(output, elapsed, context().stop()).run(client, List.of(request));
    } finally {
      LogSetup.sendTo(context().err()::println);
    }
  }

  private RecordingOptions recording(Camera camera) {
    try {
      return file == null ? byPattern(camera) : toFile(file);
    } catch (IllegalArgumentException e) {
      throw new UsageException((file == null ? "--pattern: " : "") + e.getMessage(), e);
    }
  }

  private RecordingOptions toFile(Path wanted) {
    return RecordingOptions.to(wanted);
  }

  /** The folders before the first one with a field are the recording's own. */
  private RecordingOptions byPattern(Camera camera) {
    String pattern =
        Optional.ofNullable(options.pattern()).orElseGet(() -> defaultPattern(section(), camera));
    int field = pattern.indexOf('%');
    int slash = pattern.lastIndexOf('/', field < 0 ? pattern.length() : field);
    Path folder = Path.of(slash < 0 ? "." : slash == 0 ? "/" : pattern.substring(0, slash));
    RecordingContainer container =
        Optional.ofNullable(options.container()).orElse(RecordingContainer.MP4);
    return RecordingOptions.in(folder)
        .withPattern(pattern.substring(slash + 1))
        .withContainer(container)
        .withSegment(options.segment())
        .withKeepFor(options.keep().age())
        .withKeepBytes(options.keep().bytes());
  }

  /** The section of the camera, or its host, is the folder. */
  static String defaultPattern(@Nullable String section, Camera camera) {
    String name = section == null ? camera.urls().get(0).host() : section;
    StringBuilder folder = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean plain = Character.isLetterOrDigit(c) || "-_".indexOf(c) >= 0;
      folder.append(plain || (c == '.' && !folder.isEmpty()) ? c : '_');
    }
    return DEFAULT_FOLDER + "/" + folder + "/" + DEFAULT_NAME;
  }
}

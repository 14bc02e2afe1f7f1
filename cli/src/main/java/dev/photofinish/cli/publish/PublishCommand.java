package dev.photofinish.cli.publish;

import dev.photofinish.cli.command.CliContext;
import dev.photofinish.cli.command.Elapsed;
import dev.photofinish.cli.command.LogSetup;
import dev.photofinish.cli.config.Cameras;
import dev.photofinish.cli.config.Config;
import dev.photofinish.cli.config.HistoryOptions;
import dev.photofinish.cli.config.OptionSection;
import dev.photofinish.cli.config.Settings;
import dev.photofinish.cli.stream.StreamCommand;
import dev.photofinish.cli.watch.CameraName;
import dev.photofinish.cli.watch.WatchOptions;
import dev.photofinish.cli.watch.WatchOutput;
import dev.photofinish.cli.watch.WatchRequest;
import dev.photofinish.cli.watch.WatchSession;
import dev.photofinish.host.SharedHistory;
import dev.photofinish.rtsp.client.Camera;
import dev.photofinish.rtsp.client.RtspClient;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The media of a camera or a file at a server. */
@Command(
    name = "publish",
    abbreviateSynopsis = true,
    sortOptions = false,
    description =
        "Sends a camera's media, or a file, to an RTSP server (ANNOUNCE, RECORD), across all"
            + " reconnects of either.",
    footer = {
      "",
      "A file is Annex B (H.264, H.265), ADTS, MPEG-TS, or MP4, of H.264, H.265, AV1, AAC, MP3,"
          + " AC-3, Opus, G.711 or L16, in real time; - is standard input.",
      "",
      "Exit code 0 when media were sent and neither side was given up. Options of races, retries"
          + " and TLS hold for both sides; user and password of the server stand in its address.",
      "",
      "Example: photofinish publish rtsp://192.0.2.10/stream rtsp://user:password@server/door",
      "         photofinish publish --loop=on door.mp4 rtsp://server/door",
      "         ffmpeg -i in.mkv -c copy -f mpegts - | photofinish publish - rtsp://server/door"
    })
public final class PublishCommand extends StreamCommand {
  public static final List<OptionSection> SECTIONS =
      sections(new OptionSection("Publishing", PublishOptions.OPTIONS));

  private final Elapsed elapsed = new Elapsed();
  private PublishOptions options = new PublishOptions.Builder().build();

  @Parameters(
      index = "1",
      paramLabel = "TO",
      description = "the address of the stream at the server, rtsp:// or rtsps://")
  private String to = "";

  public PublishCommand(CliContext context, Supplier<Set<String>> known) {
    super(context, known, SECTIONS);
  }

  @Override
  protected int run(Config config) throws InterruptedException, IOException {
    boolean isCamera = source().contains("://") || config.camera(source()) != null;
    if (isCamera) {
      return super.run(config);
    }
    LogSetup.sendTo(context().err()::println);
    Settings settings = settings(config, null);
    options = settings.build(PublishOptions.OPTIONS);
    Camera server = Cameras.of(to, settings);
    FileSource file = new FileSource(source(), context().in(), options);
    try (SharedHistory history = HistoryOptions.open(settings);
        RtspClient client = Cameras.client(settings, history)) {
      return new PublishedFile(context(), isJson(), source(), file, server)
          .run(client, options.duration());
    }
  }

  @Override
  protected void prepare(Settings settings) {
    options = settings.build(PublishOptions.OPTIONS);
    Camera.at(to);
  }

  @Override
  protected int run(RtspClient client, Camera camera) throws InterruptedException, IOException {
    Camera server = camera.withUrls(to);
    CameraName name = new CameraName(camera.toString(), section());
    try (WatchOutput output = WatchOutput.open(context(), elapsed, isJson(), List.of(name))) {
      PublishedStream work = new PublishedStream(name, output, client, server);
      WatchOptions watched = new WatchOptions(options.duration(), null);
      WatchRequest request = new WatchRequest(name, camera, watched, work);
      return new WatchSession(output, elapsed, context().stop()).run(client, List.of(request));
    } finally {
      LogSetup.sendTo(context().err()::println);
    }
  }
}

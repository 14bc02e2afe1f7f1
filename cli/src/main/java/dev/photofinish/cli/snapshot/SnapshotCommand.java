package dev.photofinish.cli.snapshot;

import dev.photofinish.cli.command.CliContext;
import dev.photofinish.cli.command.Elapsed;
import dev.photofinish.cli.command.ExitCode;
import dev.photofinish.cli.command.Json;
import dev.photofinish.cli.command.SafeText;
import dev.photofinish.cli.command.UsageException;
import dev.photofinish.cli.config.OptionSection;
import dev.photofinish.cli.config.Settings;
import dev.photofinish.cli.picture.Times;
import dev.photofinish.cli.stream.LastReason;
import dev.photofinish.cli.stream.StreamCommand;
import dev.photofinish.media.picture.PictureException;
import dev.photofinish.media.picture.PictureType;
import dev.photofinish.media.picture.Snapshots;
import dev.photofinish.rtp.format.Frame;
import dev.photofinish.rtp.format.FrameFormat;
import dev.photofinish.rtsp.client.Camera;
import dev.photofinish.rtsp.client.CameraFailedException;
import dev.photofinish.rtsp.client.FrameOptions;
import dev.photofinish.rtsp.client.FrameReader;
import dev.photofinish.rtsp.client.RtspClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** One picture of a camera, as a file. */
@Command(
    name = "snapshot",
    abbreviateSynopsis = true,
    sortOptions = false,
    description = "Saves the next key frame of a camera as a picture.",
    footer = {
      "",
      "Exit code 1 when no picture came.",
      "",
      "Example: photofinish snapshot rtsp://192.0.2.10/stream door.jpg"
    })
public final class SnapshotCommand extends StreamCommand {
  public static final List<OptionSection> SECTIONS =
      sections(new OptionSection("Snapshot", SnapshotOptions.OPTIONS));

  private final Elapsed elapsed = new Elapsed();
  private Duration bound = Duration.ZERO;
  private PictureType type = PictureType.JPEG;
  private final LastReason lastReason = new LastReason();

  @Parameters(
      index = "1",
      paramLabel = "FILE",
      description =
          "the picture: .jpg or .png; one that is there is replaced when the new one is whole")
  private Path file = Path.of("");

  public SnapshotCommand(CliContext context, Supplier<Set<String>> known) {
    super(context, known, SECTIONS);
  }

  @Override
  protected void prepare(Settings settings) {
    bound = settings.build(SnapshotOptions.OPTIONS).duration();
    type =
        PictureType.ofFile(file.toString())
            .orElseThrow(
                () ->
                    new UsageException(
                        "'"
                            + file
                            + "' is not valid; expected a file name ending in .jpg or .png"));
    if (!Files.isDirectory(folder())) {
      throw new UsageException(file + ": cannot be written: no folder " + folder());
    }
  }

  private Path folder() {
    return Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(Path.of("/"));
  }

  @Override
  protected int run(RtspClient client, Camera camera) throws InterruptedException, IOException {
    prepareDecoder();
    FrameOptions whole = FrameOptions.defaults().withWholeOnly(true);
    try (FrameReader reader = client.readFrames(camera.withMedia("video"), whole, lastReason)) {
      var unused = context().stop().onRequest(() -> reader.stream().closeAsync());
      Optional<Frame> frame = keyFrame(reader);
      if (frame.isEmpty()) {
        return ExitCode.NOT_DONE; // interrupted
      }
      byte[] picture = picture(frame.get());
      write(picture);
      report(camera, frame.get().format(), picture.length);
      return ExitCode.DONE;
    } catch (CameraFailedException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /** While the camera is reached and a key frame waited for. */
  private static void prepareDecoder() {
    Thread preparing =
        new Thread(
            () -> {
              try {
                Snapshots.prepare();
              } catch (PictureException | LinkageError e) {
                // The picture will say it, if it needs what cannot be loaded.
              }
            },
            "snapshot-prepare");
    preparing.setDaemon(true);
    preparing.start();
  }

  private Optional<Frame> keyFrame(FrameReader reader)
      throws InterruptedException, IOException, CameraFailedException {
    try {
      Optional<Frame> frame = reader.next(bound.minus(elapsed.time()));
      while (frame.isPresent() && !frame.get().isKeyFrame()) {
        frame.get().release();
        frame = reader.next(bound.minus(elapsed.time()));
      }
      return frame;
    } catch (TimeoutException e) {
      throw new IOException(
          "no key frame within " + Times.text(bound.toNanos()).strip() + "; " + lastReason.text());
    }
  }

  private byte[] picture(Frame frame) throws IOException {
    try {
      return Snapshots.picture(frame, type);
    } finally {
      frame.release();
    }
  }

  /** Whoever looks at the file sees the old picture or the new one, and no part. */
  private void write(byte[] picture) throws IOException {
    Path part = folder().resolve("." + file.getFileName() + ".part");
    try {
      Files.write(part, picture);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private void report(Camera camera, FrameFormat format, int bytes) {
    if (isJson()) {
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("event", "snapshot");
      line.put("at", elapsed.millis());
      line.put("camera", SafeText.value(camera.toString()));
      line.put("file", file.toString());
      line.put("codec", format.codec().name());
      line.put("width", format.width());
      line.put("height", format.height());
      line.put("bytes", bytes);
      context().line(Json.line(line));
    } else {
      String size = format.width() == 0 ? "" : format.width() + "x" + format.height() + ", ";
      context()
          .line(
              "%s: %s%,d bytes, after %s"
                  .formatted(file, size, bytes, Times.text(elapsed.nanos()).strip()));
    }
  }
}

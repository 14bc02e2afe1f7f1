package dev.photofinish.cli.pipe;

import dev.photofinish.cli.command.CliContext;
import dev.photofinish.cli.command.Elapsed;
import dev.photofinish.cli.command.ExitCode;
import dev.photofinish.cli.command.LogSetup;
import dev.photofinish.cli.command.UsageException;
import dev.photofinish.cli.config.OptionSection;
import dev.photofinish.cli.config.Settings;
import dev.photofinish.cli.picture.Times;
import dev.photofinish.cli.stream.LastReason;
import dev.photofinish.cli.stream.StreamCommand;
import dev.photofinish.cli.stream.WritableMedia;
import dev.photofinish.media.container.Container;
import dev.photofinish.media.container.FragmentOptions;
import dev.photofinish.media.container.Fragmenter;
import dev.photofinish.media.mp4.Mp4Container;
import dev.photofinish.media.raw.RawContainer;
import dev.photofinish.media.ts.TsContainer;
import dev.photofinish.rtp.format.Codec;
import dev.photofinish.rtp.format.Frame;
import dev.photofinish.rtsp.client.Camera;
import dev.photofinish.rtsp.client.CameraFailedException;
import dev.photofinish.rtsp.client.CameraListener;
import dev.photofinish.rtsp.client.CameraStream;
import dev.photofinish.rtsp.client.FrameOptions;
import dev.photofinish.rtsp.client.FrameReader;
import dev.photofinish.rtsp.client.PacketReader;
import dev.photofinish.rtsp.client.RtpPacket;
import dev.photofinish.rtsp.client.RtspClient;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import picocli.CommandLine.Command;

/** The media of a camera on standard output, for any other program. */
@Command(
    name = "pipe",
    abbreviateSynopsis = true,
    sortOptions = false,
    description = "Writes a camera's media to standard output, across all reconnects.",
    footer = {
      "",
      "Exit code 1 when no media came. Logs are on standard error (-v).",
      "",
      "Example: photofinish pipe rtsp://192.0.2.10/stream | ffplay -",
      "         photofinish pipe --format=rtp rtsp://192.0.2.10/stream | gst-launch-1.0 fdsrc !"
          + " application/x-rtp-stream,media=video,clock-rate=90000,encoding-name=H264 !"
          + " rtpstreamdepay ! rtph264depay ! decodebin ! autovideosink"
    })
public final class PipeCommand extends StreamCommand {
  public static final List<OptionSection> SECTIONS =
      sections(new OptionSection("Pipe", PipeOptions.OPTIONS));

  /** Packets that wait for a slow reader of the pipe before the camera has to. */
  private static final int PACKETS = 1024;

  private static final Duration MP4_FRAGMENT = Duration.ofMillis(500);

  private static final Duration FOREVER = Duration.ofNanos(Long.MAX_VALUE);

  private final Elapsed elapsed = new Elapsed();
  private final LastReason lastReason = new LastReason();
  private PipeOptions options = new PipeOptions.Builder().build();

  public PipeCommand(CliContext context, Supplier<Set<String>> known) {
    super(context, known, SECTIONS);
  }

  @Override
  protected void prepare(Settings settings) {
    options = settings.build(PipeOptions.OPTIONS);
    if (isJson()) {
      throw new UsageException("--json: standard output carries the media; expected no --json");
    }
    if (context().screen().window() != null) {
      throw new UsageException("standard output is a terminal; expected a pipe or a file");
    }
  }

  @Override
  protected int run(RtspClient client, Camera camera) throws InterruptedException, IOException {
    Container container = container();
    WritableMedia media = new WritableMedia(container::problem, PipeCommand::sayLeftOut);
    MediaPipe pipe = new MediaPipe(context().out(), media);
    try {
      if (options.format() == PipeFormat.RTP) {
        packets(client, camera, pipe);
      } else {
        frames(client, camera, pipe, media, container);
      }
    } catch (CameraFailedException e) {
      throw new IOException(e.getMessage(), e);
    }
    return pipe.bytes() > 0 ? ExitCode.DONE : ExitCode.NOT_DONE;
  }

  private static void sayLeftOut(String media, String reason) {
    LogSetup.print("photofinish pipe: left out: " + media + ": " + reason);
  }

  private void frames(
      RtspClient client, Camera camera, MediaPipe pipe, WritableMedia media, Container container)
      throws InterruptedException, CameraFailedException, IOException {
    boolean oneVideo = options.format() == PipeFormat.ANNEXB;
    Camera chosen = oneVideo ? camera.withMedia("video") : camera;
    CameraListener listener = CameraListener.all(lastReason, media);
    try (FrameReader reader = client.readFrames(chosen, FrameOptions.defaults(), listener)) {
      closeAtStop(reader.stream());
      Optional<Frame> first = reader.next(left());
      if (first.isPresent()) { // what the camera has is known by now
        frames(reader, first, pipe, container, fragments().withMedias(media.count()));
      } else if (media.nothing().isPresent()) {
        throw new IOException("nothing can be written: " + media.nothing().get());
      }
    } catch (TimeoutException e) {
      checkWritten(pipe);
    }
  }

  private void frames(
      FrameReader reader,
      Optional<Frame> first,
      MediaPipe pipe,
      Container container,
      FragmentOptions fragments)
      throws InterruptedException, CameraFailedException, IOException, TimeoutException {
    OneHeader bounded = new OneHeader(container, PipeCommand::sayTooLate);
    Container written = options.format() == PipeFormat.MP4 ? bounded : container;
    Optional<Frame> next = first;
    try (Fragmenter fragmenter = new Fragmenter(written, fragments, pipe)) {
      while (next.isPresent() && !pipe.isClosed() && bounded.end().isEmpty()) {
        Frame frame = next.get();
        next = Optional.empty();
        fragmenter.add(frame);
        next = reader.next(left());
      }
    } finally {
      next.ifPresent(Frame::release);
    }
    if (bounded.end().isPresent()) {
      throw new IOException(bounded.end().get());
    }
  }

  private static void sayTooLate(Codec codec) {
    sayLeftOut(codec.toString(), "it came after the header of the MP4");
  }

  private void packets(RtspClient client, Camera camera, MediaPipe pipe)
      throws InterruptedException, CameraFailedException, IOException {
    boolean one = camera.options().media().size() == 1;
    try (PacketReader reader =
        client.read(one ? camera : camera.withMedia("video"), PACKETS, lastReason)) {
      closeAtStop(reader.stream());
      Optional<RtpPacket> next = reader.next(left());
      while (next.isPresent() && !pipe.isClosed()) {
        pipe.packet(next.get());
        next = reader.next(left());
      }
      next.ifPresent(RtpPacket::release);
    } catch (TimeoutException e) {
      checkWritten(pipe);
    }
  }

  /** The duration is over. */
  private void checkWritten(MediaPipe pipe) throws IOException {
    if (pipe.bytes() == 0) {
      String bound = Times.text(elapsed.nanos()).strip();
      throw new IOException("nothing to write came within " + bound + "; " + lastReason.text());
    }
  }

  private Container container() {
    return switch (options.format()) {
      case ANNEXB -> new RawContainer(Codec.Kind.VIDEO);
      case TS -> new TsContainer();
      case MP4 -> Mp4Container.withParameterSetsInBand();
      case RTP -> new RawContainer(Codec.Kind.VIDEO); // of no use: packets, not frames
    };
  }

  /** A fragment of MP4 has a price of some hundred bytes; the others are written frame by frame. */
  private FragmentOptions fragments() {
    Duration length = options.format() == PipeFormat.MP4 ? MP4_FRAGMENT : Duration.ZERO;
    return FragmentOptions.defaults().withLength(length);
  }

  private void closeAtStop(CameraStream stream) {
    var unused = context().stop().onRequest(stream::closeAsync);
  }

  private Duration left() {
    Duration duration = options.duration();
    return duration == null ? FOREVER : duration.minus(elapsed.time());
  }
}

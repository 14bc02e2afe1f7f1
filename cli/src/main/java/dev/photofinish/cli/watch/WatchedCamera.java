package dev.photofinish.cli.watch;

import dev.photofinish.cli.command.Elapsed;
import dev.photofinish.clientlimit.ClientLimit;
import dev.photofinish.connect.observe.RaceListener;
import dev.photofinish.race.RaceReport;
import dev.photofinish.rtsp.client.CameraListener;
import dev.photofinish.rtsp.client.CameraState;
import dev.photofinish.rtsp.client.CameraStream;
import dev.photofinish.rtsp.client.RtpPacket;
import dev.photofinish.rtsp.client.StreamStatistics;
import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Hands the events of the streams of a camera, one after the other, to the output, and closes one
 * after so many packets.
 */
public final class WatchedCamera implements CameraListener {
  private final WatchRequest request;
  private final WatchOutput output;
  private final Elapsed elapsed;
  private final Duration opened;
  private final Predicate<CameraStream> present;
  private final FirstDial dial;
  private final RateMeter meter = new RateMeter();
  private long packets;

  /** Of one stream. */
  public WatchedCamera(WatchRequest request, WatchOutput output, Elapsed elapsed) {
    this(request, output, elapsed, stream -> true);
  }

  /**
   * @param present whether the camera is what this stream says: another one may take its place
   *     before it is closed
   */
  public WatchedCamera(
      WatchRequest request, WatchOutput output, Elapsed elapsed, Predicate<CameraStream> present) {
    this.present = present;
    this.request = request;
    this.output = output;
    this.elapsed = elapsed;
    opened = elapsed.time();
    dial = new FirstDial(elapsed);
  }

  private CameraName name() {
    return request.name();
  }

  /** The time at which {@code duration} is over, from the start of the command; null for never. */
  @Nullable Duration end() {
    Duration duration = request.options().duration();
    return duration == null ? null : dial.orElse(opened).plus(duration);
  }

  /** Reports the media of {@code stream}. */
  public void look(CameraStream stream) {
    look(stream.statistics());
  }

  /** Reports the media of a stream. */
  public void look(StreamStatistics statistics) {
    MediaReport report = meter.look(statistics, elapsed.nanos());
    synchronized (output) {
      output.media(name(), report);
    }
  }

  /** Reports the end of {@code stream}; returns the exit code. */
  public int summary(CameraStream stream) throws InterruptedException {
    Summary summary =
        new Summary(name(), opened, meter.mean(stream.statistics()), request.work().end());
    synchronized (output) {
      output.summary(summary);
    }
    return summary.exit();
  }

  @Override
  public RaceListener races(CameraStream stream) {
    synchronized (output) {
      return RaceListener.all(dial, output.races(name()));
    }
  }

  @Override
  public void state(CameraStream stream, CameraState from, CameraState to, String reason) {
    synchronized (output) {
      if (present.test(stream)) {
        output.state(name(), from, to, reason);
      } else if (to == CameraState.CLOSED) {
        output.work(
            name(), "replaced", Map.of("reason", reason), "a connection is closed: " + reason);
      }
    }
  }

  @Override
  public void race(CameraStream stream, RaceReport report) {
    synchronized (output) {
      output.race(name(), report);
    }
  }

  @Override
  public void retry(
      CameraStream stream, int attempt, Duration delay, String strategy, String reason) {
    synchronized (output) {
      output.retry(name(), attempt, delay, strategy, reason);
    }
  }

  @Override
  public void device(CameraStream stream, String endpoint, @Nullable ClientLimit limit) {
    synchronized (output) {
      output.device(name(), endpoint, limit);
    }
  }

  /** Counts a packet of a stream without a connection of ours. */
  public void packet(RtpPacket packet) {
    meter.packet(packet.stream(), packet.timestamp(), elapsed.nanos());
  }

  @Override
  public void packet(CameraStream stream, RtpPacket packet) {
    packet(packet);
    packets++;
    Long enough = request.options().packets();
    if (enough != null && packets == enough) {
      var unused = stream.closeAsync();
    }
  }
}

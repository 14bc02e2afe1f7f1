package dev.photofinish.cli.watch;

import dev.photofinish.clientlimit.ClientLimit;
import dev.photofinish.connect.observe.RaceListener;
import dev.photofinish.race.RaceReport;
import dev.photofinish.rtsp.client.CameraListener;
import dev.photofinish.rtsp.client.CameraState;
import dev.photofinish.rtsp.client.CameraStream;
import dev.photofinish.rtsp.client.RtpPacket;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Passes on what one stream says, and closes it after so many packets. */
final class WatchedCamera implements CameraListener {
  private final WatchOutput output;
  private final @Nullable Long packets;
  private final FirstDial dial;
  private long seen;

  WatchedCamera(WatchOutput output, @Nullable Long packets, FirstDial dial) {
    this.output = output;
    this.packets = packets;
    this.dial = dial;
  }

  @Override
  public RaceListener races(CameraStream stream) {
    synchronized (output) {
      return RaceListener.all(dial, output.races(stream.url()));
    }
  }

  @Override
  public void state(CameraStream stream, CameraState from, CameraState to, String reason) {
    synchronized (output) {
      output.state(stream.url(), from, to, reason);
    }
  }

  @Override
  public void race(CameraStream stream, RaceReport report) {
    synchronized (output) {
      output.race(stream.url(), report);
    }
  }

  @Override
  public void retry(
      CameraStream stream, int attempt, Duration delay, String strategy, String reason) {
    synchronized (output) {
      output.retry(stream.url(), attempt, delay, strategy, reason);
    }
  }

  @Override
  public void device(CameraStream stream, String endpoint, @Nullable ClientLimit profile) {
    synchronized (output) {
      output.device(stream.url(), endpoint, profile);
    }
  }

  @Override
  public void packet(CameraStream stream, RtpPacket packet) {
    seen++;
    if (packets != null && seen == packets) {
      var unused = stream.closeAsync();
    }
  }
}

package dev.photofinish.rtsp.client;

import dev.photofinish.race.RaceReport;
import dev.photofinish.rtsp.dialogue.EndReason;
import dev.photofinish.rtsp.message.RtspUrl;
import dev.photofinish.rtsp.stream.Admission;
import dev.photofinish.rtsp.stream.StreamLimits;
import io.netty.channel.EventLoop;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Asks the {@link LimitObserver} of a stream about the addresses that its {@link Destination} leads
 * to.
 */
final class ObservedLimits implements StreamLimits<CameraPlayback> {
  private final LimitObserver device;
  private final Destination destination;
  private final EventLoop loop;

  /**
   * @param loop on which the stream lives
   */
  ObservedLimits(LimitObserver device, Destination destination, EventLoop loop) {
    this.device = device;
    this.destination = destination;
    this.loop = loop;
  }

  @Override
  public boolean canDial(RtspUrl redirect) {
    return destination.canGoTo(redirect);
  }

  @Override
  public Admission admit(@Nullable RtspUrl redirect) {
    destination.goTo(redirect);
    return device.admit();
  }

  @Override
  public boolean dropsOldest() {
    return device.dropsOlder();
  }

  @Override
  public boolean hasRoomBeside(CameraPlayback silent) {
    return device.hasRoomBeside(silent.connection());
  }

  @Override
  public Duration racingTimeout() {
    return device.racingTimeout();
  }

  @Override
  public boolean allowMoreTime() {
    return device.allowMoreTime();
  }

  @Override
  public void raced(RaceReport report, @Nullable CameraPlayback silent) {
    device.raced(report, silent == null ? null : silent.connection());
  }

  @Override
  public void playing(CameraPlayback connection) {
    device.playing(connection.connection(), loop);
  }

  @Override
  public void ended(CameraPlayback connection, EndReason end) {
    device.ended(connection.connection(), end, connection.wonAt(), connection.hadMedia());
  }
}

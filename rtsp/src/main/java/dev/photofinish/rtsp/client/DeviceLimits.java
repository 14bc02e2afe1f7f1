package dev.photofinish.rtsp.client;

import dev.photofinish.race.RaceReport;
import dev.photofinish.rtsp.message.RtspUrl;
import dev.photofinish.rtsp.session.Ending;
import dev.photofinish.rtsp.stream.Admission;
import dev.photofinish.rtsp.stream.StreamLimits;
import io.netty.channel.EventLoop;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Asks the {@link DeviceWatch} of a stream about the addresses that its {@link Course} leads to.
 */
final class DeviceLimits implements StreamLimits<CameraPlayback> {
  private final DeviceWatch device;
  private final Course course;
  private final EventLoop loop;

  /**
   * @param loop on which the stream lives
   */
  DeviceLimits(DeviceWatch device, Course course, EventLoop loop) {
    this.device = device;
    this.course = course;
    this.loop = loop;
  }

  @Override
  public boolean canDial(RtspUrl redirect) {
    return course.canGoTo(redirect);
  }

  @Override
  public Admission admit(@Nullable RtspUrl redirect) {
    course.goTo(redirect);
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
  public void ended(CameraPlayback connection, Ending ending) {
    device.ended(connection.connection(), ending, connection.wonAt(), connection.hadMedia());
  }
}

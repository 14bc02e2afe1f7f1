package dev.photofinish.rtsp.client;

import dev.photofinish.race.RaceReport;
import dev.photofinish.race.Stage;
import dev.photofinish.rtsp.dialogue.EndReason;
import dev.photofinish.rtsp.limit.LimitObserver;
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
  private final LimitObserver observer;
  private final Destination destination;
  private final EventLoop loop;

  /**
   * @param loop on which the stream lives
   */
  ObservedLimits(LimitObserver observer, Destination destination, EventLoop loop) {
    this.observer = observer;
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
    return observer.admit(destination.target().endpoints());
  }

  @Override
  public boolean dropsOldest() {
    return observer.dropsOlder();
  }

  @Override
  public boolean hasRoomBeside(CameraPlayback silent) {
    return observer.hasRoomBeside(silent.tracked());
  }

  @Override
  public String undone(int endpoint, Stage stage) {
    RtspUrl url = destination.urls().get(endpoint);
    if (url.secure() && stage.compareTo(Stage.SECURED) < 0) {
      return "the TLS handshake was not completed";
    }
    if (stage == Stage.RESPONDED) {
      return "no media came";
    }
    String unanswered = "the first request (DESCRIBE) was not answered";
    return destination.tunnel(url) == null
        ? unanswered
        : "the tunnel was not opened, or " + unanswered;
  }

  @Override
  public Duration racingTimeout() {
    return observer.habits().racingTimeout();
  }

  @Override
  public boolean allowMoreTime() {
    return observer.habits().allowMoreTime();
  }

  @Override
  public void raced(RaceReport report, @Nullable CameraPlayback silent, boolean goingDown) {
    observer.raced(report, silent == null ? null : silent.tracked(), goingDown);
  }

  @Override
  public void playing(CameraPlayback connection) {
    observer.playing(connection.tracked(), connection.isOverUdp(), loop);
  }

  @Override
  public void ended(CameraPlayback connection, EndReason end) {
    observer.ended(connection.tracked(), connection, end, connection.connection().openRequest());
  }
}

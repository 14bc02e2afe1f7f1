package dev.photofinish.rtsp.client;

import dev.photofinish.connect.Connection;
import dev.photofinish.connect.RaceException;
import dev.photofinish.connect.RaceFuture;
import dev.photofinish.race.Strategy;
import dev.photofinish.rtsp.session.Ending;
import dev.photofinish.rtsp.stream.StreamEvent;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A stream's races, one at a time; the supervisor hears of those that were not cancelled. */
final class StreamRaces {
  private final Racing racing;
  private final Course course;
  private final DeviceWatch device;
  private final CameraSupervisor stream;
  private @Nullable RaceFuture race;

  StreamRaces(Racing racing, Course course, DeviceWatch device, CameraSupervisor stream) {
    this.racing = racing;
    this.course = course;
    this.device = device;
    this.stream = stream;
  }

  /**
   * @param places how many attempts may be connected at one time
   */
  void start(Strategy strategy, int places) {
    RaceFuture started = racing.start(course, strategy, places, device, this::ended);
    race = started;
    CompletableFuture<?> unused =
        started.whenComplete((connection, failure) -> decided(started, connection, failure));
  }

  void cancel() {
    if (race != null) {
      RaceFuture cancelled = race;
      race = null;
      device.release();
      cancelled.cancel(false);
    }
  }

  private void ended(CameraConnection connection, Ending ending) {
    if (ending.kind() == Ending.Kind.FULL) {
      device.full(connection, ending);
    }
    stream.handle(new StreamEvent.AttemptEnded<>(ending));
  }

  private void decided(
      RaceFuture finished, @Nullable Connection connection, @Nullable Throwable failure) {
    if (race != finished) {
      return;
    }
    race = null;
    device.release();
    if (connection != null) {
      stream.won(connection);
    } else if (failure instanceof RaceException lost) {
      stream.lost(lost);
    } else if (failure != null) {
      stream.broken(failure);
    }
  }
}

package dev.photofinish.rtsp.client;

import dev.photofinish.connect.Connection;
import dev.photofinish.connect.RaceException;
import dev.photofinish.connect.RaceFuture;
import dev.photofinish.race.Strategy;
import dev.photofinish.rtsp.dialogue.EndReason;
import dev.photofinish.rtsp.stream.StreamEvent;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A stream's races, one at a time; the supervisor hears of those that were not cancelled. */
final class RaceRunner {
  private final AttemptFactory racing;
  private final Destination destination;
  private final LimitObserver device;
  private final CameraSupervisor stream;
  private @Nullable RaceFuture race;

  RaceRunner(
      AttemptFactory racing,
      Destination destination,
      LimitObserver device,
      CameraSupervisor stream) {
    this.racing = racing;
    this.destination = destination;
    this.device = device;
    this.stream = stream;
  }

  /**
   * @param places how many attempts may be connected at one time
   */
  void start(Strategy strategy, int places) {
    RaceFuture started = racing.start(destination, strategy, places, device, this::ended);
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

  private void ended(CameraConnection connection, EndReason end) {
    if (end.kind() == EndReason.Kind.AT_CAPACITY) {
      device.full(connection, end);
    }
    stream.handle(new StreamEvent.AttemptEnded<>(end));
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

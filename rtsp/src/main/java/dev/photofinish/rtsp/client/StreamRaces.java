package dev.photofinish.rtsp.client;

import dev.photofinish.connect.Connection;
import dev.photofinish.connect.RaceException;
import dev.photofinish.connect.RaceFuture;
import dev.photofinish.race.Strategy;
import dev.photofinish.rtsp.session.Ending;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A stream's races, one at a time, and what their dialogues said before they ended. */
final class StreamRaces {

  /** What becomes of a race that was not cancelled. */
  interface Events {
    void won(Connection connection);

    /**
     * It was lost.
     *
     * @param telling of the dialogues' endings, the one that says most about what to do; null if
     *     none says anything
     */
    void lost(RaceException failure, @Nullable Ending telling);

    /** It could not be run. */
    void broken(Throwable failure);
  }

  private final Racing racing;
  private final Course course;
  private final DeviceWatch device;
  private final Events events;
  private @Nullable RaceFuture race;
  private @Nullable Ending telling;

  StreamRaces(Racing racing, Course course, DeviceWatch device, Events events) {
    this.racing = racing;
    this.course = course;
    this.device = device;
    this.events = events;
  }

  /**
   * @param places how many attempts may be connected at one time
   */
  void start(Strategy strategy, int places) {
    telling = null;
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
    if (weight(ending) > (telling == null ? 0 : weight(telling))) {
      telling = ending;
    }
  }

  private static int weight(Ending ending) {
    return switch (ending.kind()) {
      case UNAUTHORIZED, LOGIN_NEEDED -> 3;
      case REDIRECTED -> 2;
      case FULL -> 1;
      default -> 0;
    };
  }

  private void decided(
      RaceFuture finished, @Nullable Connection connection, @Nullable Throwable failure) {
    if (race != finished) {
      return;
    }
    race = null;
    device.release();
    if (connection != null) {
      events.won(connection);
    } else if (failure instanceof RaceException lost) {
      events.lost(lost, telling);
    } else if (failure != null) {
      events.broken(failure);
    }
  }
}

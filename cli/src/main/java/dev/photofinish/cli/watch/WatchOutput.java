package dev.photofinish.cli.watch;

import dev.photofinish.clientlimit.ClientLimit;
import dev.photofinish.connect.observe.RaceListener;
import dev.photofinish.race.RaceReport;
import dev.photofinish.rtsp.client.CameraState;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The output of the watch command. Called from several threads, one call at a time. */
interface WatchOutput extends AutoCloseable {

  /** The listener of a camera's running races. */
  default RaceListener races(CameraName camera) {
    return RaceListener.NONE;
  }

  /** Watching begins. */
  void opened(CameraName camera);

  void state(CameraName camera, CameraState from, CameraState to, String reason);

  void race(CameraName camera, RaceReport report);

  void retry(CameraName camera, int attempt, Duration delay, String strategy, String reason);

  /**
   * An endpoint takes so many clients.
   *
   * @param limit null when it takes more than was thought
   */
  void device(CameraName camera, String endpoint, @Nullable ClientLimit limit);

  /** Once a second for each camera. */
  void media(CameraName camera, MediaReport report);

  /** The last call for a camera. */
  void summary(Summary summary);

  @Override
  void close();
}

package dev.photofinish.cli.watch;

import dev.photofinish.clientlimit.ClientLimit;
import dev.photofinish.connect.observe.RaceListener;
import dev.photofinish.race.RaceReport;
import dev.photofinish.rtsp.client.CameraState;
import dev.photofinish.rtsp.client.StreamStatistics;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Where the watch command tells how it goes. Called from several threads, one call at a time. */
interface WatchOutput extends AutoCloseable {

  /** Who hears a camera's races while they are on. */
  default RaceListener races(String camera) {
    return RaceListener.NONE;
  }

  /** Watching begins. */
  void opened(String camera);

  void state(String camera, CameraState from, CameraState to, String reason);

  void race(String camera, RaceReport report);

  void retry(String camera, int attempt, Duration delay, String strategy, String reason);

  /**
   * What is known of how many clients an endpoint takes; null when it takes more than was thought.
   */
  void device(String camera, String endpoint, @Nullable ClientLimit profile);

  /** Once a second for each camera. */
  void media(String camera, StreamStatistics statistics);

  /** The last word on a camera. */
  void summary(Summary summary);

  @Override
  void close();
}

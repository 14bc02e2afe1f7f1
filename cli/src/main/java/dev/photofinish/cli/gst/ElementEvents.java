package dev.photofinish.cli.gst;

import dev.photofinish.cli.command.Elapsed;
import dev.photofinish.cli.watch.CameraName;
import dev.photofinish.cli.watch.WatchOutput;
import dev.photofinish.clientlimit.ClientLimit;
import dev.photofinish.race.RaceReport;
import dev.photofinish.rtsp.client.CameraFailedException;
import dev.photofinish.rtsp.client.CameraListener;
import dev.photofinish.rtsp.client.CameraState;
import dev.photofinish.rtsp.client.CameraStream;
import dev.photofinish.rtsp.client.MediaStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Events of the stream of an element, as lines of {@code watch --json}, its description, and its
 * end.
 */
final class ElementEvents implements CameraListener {

  /** Learns what a stream is and how it ended. Called on the stream's event loop. */
  interface Life {
    /** A connection is set up, whose SDP this is. */
    void described(String sdp);

    /** All of the recording was played. */
    void played();

    /** It gave up. */
    void failed(CameraFailedException failure);
  }

  private final CameraName camera;
  private final WatchOutput lines;
  private final Life life;
  private volatile CameraState state = CameraState.CONNECTING;
  private volatile @Nullable RaceReport lastRace;

  /**
   * Reports one camera.
   *
   * @param lines takes each event as a line of JSON
   */
  ElementEvents(CameraName camera, Elapsed elapsed, Consumer<String> lines, Life life) {
    this.camera = camera;
    this.lines = WatchOutput.json(lines, elapsed);
    this.life = life;
  }

  CameraState state() {
    return state;
  }

  /** Null before the first race was decided. */
  @Nullable RaceReport lastRace() {
    return lastRace;
  }

  @Override
  public void state(CameraStream stream, CameraState from, CameraState to, String reason) {
    state = to;
    lines.state(camera, from, to, reason);
    if (to == CameraState.ENDED) {
      life.played();
    } else if (to == CameraState.FAILED) {
      CompletableFuture<?> unused =
          stream.ended().toCompletableFuture().whenComplete((ended, e) -> failed(e, reason));
    }
  }

  private void failed(@Nullable Throwable thrown, String reason) {
    Throwable failure = thrown instanceof CompletionException ? thrown.getCause() : thrown;
    life.failed(
        failure instanceof CameraFailedException failed
            ? failed
            : new CameraFailedException(camera.url() + ": " + reason, failure));
  }

  @Override
  public void described(CameraStream stream, List<MediaStream> streams) {
    stream.description().ifPresent(life::described);
  }

  @Override
  public void race(CameraStream stream, RaceReport report) {
    lastRace = report;
    lines.race(camera, report);
  }

  @Override
  public void retry(
      CameraStream stream, int attempt, Duration delay, String strategy, String reason) {
    lines.retry(camera, attempt, delay, strategy, reason);
  }

  @Override
  public void device(CameraStream stream, String endpoint, @Nullable ClientLimit profile) {
    lines.device(camera, endpoint, profile);
  }
}

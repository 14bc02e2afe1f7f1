package dev.photofinish.rtsp.peer;

import dev.photofinish.camera.CameraEvent;
import dev.photofinish.camera.CameraReport;
import dev.photofinish.camera.SimulatedCamera;
import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.Strategy;
import dev.photofinish.retry.RetryOptions;
import dev.photofinish.rtsp.client.Camera;
import dev.photofinish.rtsp.client.CameraListener;
import dev.photofinish.rtsp.client.CameraStream;
import dev.photofinish.rtsp.client.ClientOptions;
import dev.photofinish.rtsp.client.RtpPacket;
import dev.photofinish.rtsp.client.RtspClient;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * One cell of the matrix: a stream from a camera of one behaviour with one strategy. A second after
 * the first picture its connections are reset, once.
 */
final class MatrixCell implements CameraListener {
  /** As long as every behaviour needs after the first picture to show what it costs. */
  static final long WHOLE_MS = 12_000;

  /** As long as the harm needs that is done around the drop. */
  static final long SHORT_MS = 2_500;

  private static final long DROP_MS = 1_000;
  private static final long LATER_MS = 2_000;

  private final MatrixScenario scenario;
  private final long millis;
  private final ScheduledExecutorService scheduler;
  private final Standstill machine;
  private final SimulatedCamera camera;
  private final CompletableFuture<Result> result = new CompletableFuture<>();
  private long last = System.nanoTime();
  private long stillUntilLast;
  private long dark;
  private boolean seen;

  /**
   * The experience of a user, and of the camera.
   *
   * @param dark the longest time without picture, less what the machine stood still of it
   * @param seen whether there was any
   */
  record Result(Duration dark, boolean seen, int connections, long evictions, int locks, int bans) {

    /** As in the table of the document. */
    @Override
    public String toString() {
      return TimeClass.of(this).text() + " · " + connections + " · " + harm();
    }

    private String harm() {
      String harm = part(evictions, "evicted") + part(locks, "locked") + part(bans, "banned");
      return harm.isEmpty() ? "none" : harm.substring(2);
    }

    private static String part(long count, String what) {
      return count == 0 ? "" : ", " + count + " " + what;
    }
  }

  private MatrixCell(
      MatrixScenario scenario,
      long millis,
      ScheduledExecutorService scheduler,
      Standstill machine) {
    this.scenario = scenario;
    this.camera = scenario.camera();
    this.millis = millis;
    this.scheduler = scheduler;
    this.machine = machine;
    this.stillUntilLast = machine.total();
  }

  /**
   * Begins it.
   *
   * @param millis how long it goes on after the first picture, or from now where there is none
   */
  static CompletableFuture<Result> start(
      MatrixScenario scenario,
      Strategy strategy,
      long millis,
      RtspClient client,
      ScheduledExecutorService scheduler,
      Standstill machine) {
    MatrixCell cell = new MatrixCell(scenario, millis, scheduler, machine);
    CameraStream stream = client.start(about(cell.camera, scenario, strategy), cell);
    cell.after(
        millis,
        () -> {
          if (!cell.isSeen()) {
            cell.end(stream);
          }
        });
    return cell.result;
  }

  private void after(long time, Runnable task) {
    var unused = scheduler.schedule(task, time, TimeUnit.MILLISECONDS);
  }

  private static Camera about(SimulatedCamera camera, MatrixScenario scenario, Strategy strategy) {
    return Camera.at(camera.url())
        .withCredentials("u", "wrong")
        .withRace(
            RaceOptions.builder()
                .connectionRacing(strategy)
                .racingDelay(Duration.ofMillis(100))
                .build())
        .withOptions(ClientOptions.builder().responseTimeout(scenario.responseTimeout()).build())
        .withBackChannel(scenario.talks())
        .withRetry(RetryOptions.builder().stableAfter(Duration.ofSeconds(1)).build());
  }

  @Override
  public synchronized void packet(CameraStream stream, RtpPacket packet) {
    note();
    if (!seen) {
      seen = true;
      if (scenario.dropsOnce()) {
        after(DROP_MS, camera::dropAll);
      }
      after(LATER_MS, () -> scenario.later(camera));
      after(millis, () -> end(stream));
    }
  }

  private synchronized boolean isSeen() {
    return seen;
  }

  private synchronized void note() {
    long now = System.nanoTime();
    long still = machine.total();
    dark = Math.max(dark, now - last - (still - stillUntilLast));
    last = now;
    stillUntilLast = still;
  }

  private void end(CameraStream stream) {
    CameraReport report = camera.report();
    note();
    stream.close();
    camera.close();
    synchronized (this) {
      result.complete(
          new Result(
              Duration.ofNanos(dark),
              seen,
              report.connections(),
              report.events().stream().filter(MatrixCell::isEviction).count(),
              report.locks(),
              report.bans()));
    }
  }

  private static boolean isEviction(CameraEvent event) {
    return event.kind() == CameraEvent.Kind.LIMITED && event.detail().startsWith("made room");
  }
}

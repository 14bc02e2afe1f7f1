package dev.photofinish.cli.watch;

import dev.photofinish.cli.command.Elapsed;
import dev.photofinish.cli.command.ExitCode;
import dev.photofinish.cli.command.StopSignal;
import dev.photofinish.rtsp.client.CameraListener;
import dev.photofinish.rtsp.client.CameraStream;
import dev.photofinish.rtsp.client.RtspClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Watches cameras until time is up, all of them are over, or an interrupt. */
public final class WatchSession {
  private static final Duration TICK = Duration.ofSeconds(1);

  private final WatchOutput output;
  private final Elapsed elapsed;
  private final StopSignal stop;
  private final List<Watched> all = new ArrayList<>();

  /** A camera and its stream. */
  private record Watched(WatchedCamera camera, CameraStream stream) {}

  public WatchSession(WatchOutput output, Elapsed elapsed, StopSignal stop) {
    this.output = output;
    this.elapsed = elapsed;
    this.stop = stop;
  }

  /** Watches all; returns the exit code. */
  public int run(RtspClient client, List<WatchRequest> requests) throws InterruptedException {
    requests.forEach(request -> open(client, request));
    stopWhenAllAreOver();
    waitForTheEnd();
    all.forEach(watched -> watched.stream().closeAsync());
    all.forEach(watched -> watched.stream().close());
    int exit = ExitCode.DONE;
    for (Watched watched : all) {
      exit = Math.max(exit, watched.camera().summary(watched.stream()));
    }
    return exit;
  }

  private void open(RtspClient client, WatchRequest request) {
    synchronized (output) {
      output.opened(request.name());
    }
    WatchedCamera camera = new WatchedCamera(request, output, elapsed);
    all.add(
        new Watched(
            camera, client.start(request.camera(), CameraListener.all(camera, request.work()))));
  }

  private void stopWhenAllAreOver() {
    CompletableFuture<?>[] ends =
        all.stream()
            .map(watched -> watched.stream().ended().toCompletableFuture())
            .map(end -> end.handle((ok, failure) -> 0))
            .toArray(CompletableFuture<?>[]::new);
    var unused = CompletableFuture.allOf(ends).thenRun(stop::request);
  }

  private void waitForTheEnd() throws InterruptedException {
    Duration tick = TICK;
    while (!stop.await(nextWake(tick).minus(elapsed.time()))) {
      closeThoseDone();
      if (isOver(tick)) {
        tick();
        tick = tick.plus(TICK);
      }
    }
  }

  private Duration nextWake(Duration tick) {
    Duration wake = tick;
    for (Watched watched : all) {
      Duration end = watched.camera().end();
      if (end != null && !isOver(end) && end.compareTo(wake) < 0) {
        wake = end;
      }
    }
    return wake;
  }

  private void closeThoseDone() {
    for (Watched watched : all) {
      Duration end = watched.camera().end();
      if (end != null && isOver(end)) {
        var unused = watched.stream().closeAsync();
      }
    }
  }

  private boolean isOver(Duration time) {
    return time.compareTo(elapsed.time()) <= 0;
  }

  private void tick() {
    for (Watched watched : all) {
      CameraStream stream = watched.stream();
      if (!stream.streams().isEmpty() && !stream.state().isFinal()) {
        watched.camera().look(stream);
      }
    }
  }
}

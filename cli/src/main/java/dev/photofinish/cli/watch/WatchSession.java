package dev.photofinish.cli.watch;

import dev.photofinish.cli.command.Elapsed;
import dev.photofinish.cli.command.ExitCode;
import dev.photofinish.cli.command.StopSignal;
import dev.photofinish.host.SharedHistory;
import dev.photofinish.race.limiter.SharedDialLimiter;
import dev.photofinish.rtsp.client.Camera;
import dev.photofinish.rtsp.client.CameraStream;
import dev.photofinish.rtsp.client.RtspClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Watches cameras until time is up, all of them are over, or an interrupt. */
final class WatchSession {
  private static final Duration TICK = Duration.ofSeconds(1);

  private final WatchOutput output;
  private final Elapsed elapsed;
  private final StopSignal stop;
  private final List<CameraStream> streams = new ArrayList<>();
  private final List<Duration> opened = new ArrayList<>();
  private final List<FirstDial> dials = new ArrayList<>();

  WatchSession(WatchOutput output, Elapsed elapsed, StopSignal stop) {
    this.output = output;
    this.elapsed = elapsed;
    this.stop = stop;
  }

  /** One camera and when to be done with it. */
  record WatchRequest(Camera camera, WatchOptions options) {}

  /** Watches all within {@code limiter}; returns the exit code. */
  int run(List<WatchRequest> wishes, SharedDialLimiter limiter, SharedHistory history)
      throws InterruptedException {
    try (RtspClient client = RtspClient.builder().limiter(limiter).history(history).build()) {
      for (WatchRequest wish : wishes) {
        opened.add(Duration.ofNanos(elapsed.nanos()));
        synchronized (output) {
          output.opened(wish.camera().toString());
        }
        FirstDial dial = new FirstDial(elapsed);
        dials.add(dial);
        streams.add(
            client.start(wish.camera(), new WatchedCamera(output, wish.options().packets(), dial)));
      }
      stopWhenAllAreOver();
      waitForTheEnd(wishes);
      streams.forEach(CameraStream::closeAsync);
      streams.forEach(CameraStream::close);
    }
    return summaries();
  }

  private void stopWhenAllAreOver() {
    CompletableFuture<?>[] ends =
        streams.stream()
            .map(stream -> stream.ended().toCompletableFuture().handle((ok, failure) -> 0))
            .toArray(CompletableFuture<?>[]::new);
    var unused = CompletableFuture.allOf(ends).thenRun(stop::request);
  }

  private void waitForTheEnd(List<WatchRequest> wishes) throws InterruptedException {
    Duration tick = TICK;
    while (!stop.await(nextWake(wishes, tick).minus(elapsed.time()))) {
      closeThoseDone(wishes);
      if (isOver(tick)) {
        tick();
        tick = tick.plus(TICK);
      }
    }
  }

  private Duration nextWake(List<WatchRequest> wishes, Duration tick) {
    Duration wake = tick;
    for (int i = 0; i < wishes.size(); i++) {
      Duration end = end(wishes, i);
      if (end != null && !isOver(end) && end.compareTo(wake) < 0) {
        wake = end;
      }
    }
    return wake;
  }

  private void closeThoseDone(List<WatchRequest> wishes) {
    for (int i = 0; i < streams.size(); i++) {
      Duration end = end(wishes, i);
      if (end != null && isOver(end)) {
        var unused = streams.get(i).closeAsync();
      }
    }
  }

  /** When {@code duration} is over, from the start of the command; null for never. */
  private @Nullable Duration end(List<WatchRequest> wishes, int camera) {
    Duration duration = wishes.get(camera).options().duration();
    return duration == null ? null : dials.get(camera).orElse(opened.get(camera)).plus(duration);
  }

  private boolean isOver(Duration time) {
    return time.compareTo(elapsed.time()) <= 0;
  }

  private void tick() {
    synchronized (output) {
      for (CameraStream stream : streams) {
        if (!stream.streams().isEmpty() && !stream.state().isFinal()) {
          output.media(stream.url(), stream.statistics());
        }
      }
    }
  }

  private int summaries() {
    int exit = ExitCode.DONE;
    for (int i = 0; i < streams.size(); i++) {
      CameraStream stream = streams.get(i);
      Summary summary = new Summary(stream.url(), opened.get(i), stream.statistics());
      synchronized (output) {
        output.summary(summary);
      }
      exit = Math.max(exit, summary.exit());
    }
    return exit;
  }
}

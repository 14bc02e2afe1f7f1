package dev.photofinish.cli.relay;

import dev.photofinish.cli.command.Elapsed;
import dev.photofinish.cli.command.ExitCode;
import dev.photofinish.cli.command.StopSignal;
import dev.photofinish.cli.watch.StreamWork;
import dev.photofinish.cli.watch.WatchOptions;
import dev.photofinish.cli.watch.WatchOutput;
import dev.photofinish.cli.watch.WatchRequest;
import dev.photofinish.cli.watch.WatchedCamera;
import dev.photofinish.relay.Relay;
import dev.photofinish.relay.RelayListener;
import dev.photofinish.relay.RelayedCamera;
import dev.photofinish.relay.source.ReaderInfo;
import dev.photofinish.rtsp.client.CameraListener;
import dev.photofinish.rtsp.client.CameraStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Relays cameras and reports on them until time is up, or an interrupt. */
final class RelaySession implements RelayListener {
  private static final Duration TICK = Duration.ofSeconds(1);

  private final WatchOutput output;
  private final Elapsed elapsed;
  private final StopSignal stop;
  private final Map<String, Served> all = new LinkedHashMap<>();
  private final Map<String, CameraStream> streams = new ConcurrentHashMap<>();

  /** A camera, what reports on it, and its place in the relay. */
  private record Served(ServedCamera camera, WatchedCamera watched) {}

  RelaySession(WatchOutput output, Elapsed elapsed, StopSignal stop) {
    this.output = output;
    this.elapsed = elapsed;
    this.stop = stop;
  }

  /** Relays all; returns the exit code. */
  int run(Relay relay, Iterable<ServedCamera> cameras, @Nullable Duration duration)
      throws InterruptedException {
    for (ServedCamera camera : cameras) {
      WatchRequest request =
          new WatchRequest(
              camera.watched(), camera.camera(), new WatchOptions(null, null), StreamWork.NONE);
      all.put(camera.name(), new Served(camera, new WatchedCamera(request, output, elapsed)));
    }
    relay.addListener(this);
    for (Served served : all.values()) {
      synchronized (output) {
        output.opened(served.camera.watched());
      }
      relay.add(served.camera.name(), served.camera.camera(), served.camera.options());
    }
    waitForTheEnd(relay, duration);
    relay.cameras().forEach(this::remember);
    int exit = ExitCode.DONE;
    for (Served served : all.values()) {
      CameraStream stream = streams.get(served.camera.name());
      if (stream != null) {
        stream.close();
        exit = Math.max(exit, served.watched.summary(stream));
      }
    }
    return exit;
  }

  private void waitForTheEnd(Relay relay, @Nullable Duration duration) throws InterruptedException {
    Duration end = duration == null ? null : elapsed.time().plus(duration);
    Duration tick = elapsed.time().plus(TICK);
    while (!stop.await(tick.minus(elapsed.time()))) {
      if (end != null && end.compareTo(elapsed.time()) <= 0) {
        return;
      }
      tick = tick.plus(TICK);
      relay.cameras().forEach(this::look);
    }
  }

  private void look(RelayedCamera camera) {
    remember(camera);
    Served served = all.get(camera.name());
    if (served != null) {
      camera.stream().filter(stream -> !stream.streams().isEmpty()).ifPresent(served.watched::look);
    }
  }

  /** The summary is of its last stream. */
  private void remember(RelayedCamera camera) {
    camera.stream().ifPresent(stream -> streams.put(camera.name(), stream));
  }

  @Override
  public CameraListener streams(RelayedCamera camera) {
    Served served = all.get(camera.name());
    return served == null ? CameraListener.NONE : served.watched;
  }

  @Override
  public void joined(RelayedCamera camera, ReaderInfo reader) {
    reader(camera, reader, "joined", "");
  }

  @Override
  public void left(RelayedCamera camera, ReaderInfo reader, String reason) {
    reader(camera, reader, "left", reason);
  }

  private void reader(RelayedCamera camera, ReaderInfo reader, String what, String reason) {
    Served served = all.get(camera.name());
    if (served == null) {
      return;
    }
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("reader", what);
    values.put("address", reader.address());
    values.put("transport", reader.transport());
    values.put("agent", reader.agent());
    if (!reason.isEmpty()) {
      values.put("reason", reason);
    }
    String why = reason.isEmpty() ? "" : ": " + reason;
    String words = "reader " + reader.address() + " over " + reader.transport() + " " + what + why;
    synchronized (output) {
      output.work(served.camera.watched(), "reader", values, words);
    }
  }
}

package dev.photofinish.cli.relay;

import dev.photofinish.cli.command.Elapsed;
import dev.photofinish.cli.command.ExitCode;
import dev.photofinish.cli.command.StopSignal;
import dev.photofinish.cli.watch.CameraName;
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
import dev.photofinish.rtsp.client.RtpPacket;
import dev.photofinish.rtsp.client.StreamStatistics;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Reports on the cameras of a relay until time is up, or an interrupt. */
final class RelaySession implements RelayListener {
  private static final Duration TICK = Duration.ofSeconds(1);

  private final WatchOutput output;
  private final Elapsed elapsed;
  private final StopSignal stop;
  private final Map<String, Reported> all = new ConcurrentHashMap<>();
  private final Map<String, String> explanations = new ConcurrentHashMap<>();
  private final Map<String, CameraStream> streams = new ConcurrentHashMap<>();
  private volatile boolean running;

  /** A camera, and what reports on its streams. */
  private record Reported(CameraName name, WatchedCamera watched) {}

  RelaySession(WatchOutput output, Elapsed elapsed, StopSignal stop) {
    this.output = output;
    this.elapsed = elapsed;
    this.stop = stop;
  }

  /** Relays all, as their files have them; returns the exit code. */
  int run(RelayServers servers, RelayReload reload, @Nullable Duration duration)
      throws InterruptedException {
    Relay relay = servers.relay();
    relay.cameras().forEach(this::report); // those that are published to are there already
    relay.addListener(this);
    reload.start();
    servers.serve();
    running = true;
    waitForTheEnd(relay, reload, duration);
    relay.removeListener(this);
    servers.stopServing();
    relay.cameras().forEach(this::remember);
    int exit = ExitCode.DONE;
    for (RelayedCamera camera : relay.cameras()) {
      CameraStream stream = streams.get(camera.name());
      Reported reported = all.get(camera.name());
      if (stream != null && reported != null) {
        stream.close();
        exit = Math.max(exit, reported.watched.summary(stream));
      }
    }
    return exit;
  }

  private void waitForTheEnd(Relay relay, RelayReload reload, @Nullable Duration duration)
      throws InterruptedException {
    Duration end = duration == null ? null : elapsed.time().plus(duration);
    Duration tick = elapsed.time().plus(TICK);
    while (!stop.await(tick.minus(elapsed.time()))) {
      if (end != null && end.compareTo(elapsed.time()) <= 0) {
        return;
      }
      tick = tick.plus(TICK);
      reload.look();
      relay.cameras().forEach(this::look);
    }
  }

  private void look(RelayedCamera camera) {
    remember(camera);
    Reported reported = all.get(camera.name());
    StreamStatistics statistics =
        camera.stream().map(CameraStream::statistics).orElseGet(() -> camera.status().statistics());
    if (reported != null && statistics != null && !statistics.streams().isEmpty()) {
      reported.watched.look(statistics);
    }
  }

  /** What is published has no connection of ours that would tell of it. */
  @Override
  public void packet(RelayedCamera camera, RtpPacket packet) {
    Reported reported = all.get(camera.name());
    if (reported != null) {
      reported.watched.packet(packet);
    }
  }

  /** The summary is of its last stream. */
  private void remember(RelayedCamera camera) {
    camera.stream().ifPresent(stream -> streams.put(camera.name(), stream));
  }

  // ---- Cameras that come and go

  @Override
  public void added(RelayedCamera camera) {
    explanations.remove(camera.name());
    Reported reported = report(camera);
    if (running) {
      config(reported.name, "added", "");
    } else {
      synchronized (output) {
        output.opened(reported.name);
      }
    }
  }

  private Reported report(RelayedCamera camera) {
    CameraName name = new CameraName(camera.camera().toString(), camera.name());
    WatchRequest request =
        new WatchRequest(name, camera.camera(), new WatchOptions(null, null), StreamWork.NONE);
    WatchedCamera watched =
        new WatchedCamera(request, output, elapsed, stream -> isPresent(camera, stream));
    Reported reported = new Reported(name, watched);
    all.put(camera.name(), reported);
    return reported;
  }

  /** Not one that another took the place of, nor one that may yet take it. */
  @SuppressWarnings("ReferenceEquality") // the very stream
  private static boolean isPresent(RelayedCamera camera, CameraStream stream) {
    return camera.stream().map(present -> present == stream).orElse(true);
  }

  /** Says with the next change of a camera what it changes. */
  void explain(String camera, String words) {
    explanations.put(camera, words);
  }

  @Override
  public void changed(RelayedCamera camera) {
    String words = explanations.remove(camera.name());
    Reported reported = all.get(camera.name());
    if (reported != null) {
      config(reported.name, "changed", words == null ? "by the API" : words);
    }
  }

  @Override
  public void removed(RelayedCamera camera) {
    Reported reported = all.remove(camera.name());
    CameraStream stream = streams.remove(camera.name());
    if (reported == null) {
      return;
    }
    try {
      if (stream != null) {
        reported.watched.summary(stream);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    config(reported.name, "removed", "");
  }

  private void config(CameraName camera, String change, String what) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("change", change);
    values.put("what", what);
    synchronized (output) {
      output.work(camera, "config", values, what.isEmpty() ? change : change + ": " + what);
    }
  }

  // ---- Streams and readers

  /** At another address it is another camera in what is reported. */
  @Override
  public CameraListener streams(RelayedCamera camera) {
    Reported reported = all.get(camera.name());
    if (reported != null && !reported.name.url().equals(camera.camera().toString())) {
      reported = report(camera);
    }
    return reported == null ? CameraListener.NONE : reported.watched;
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
    Reported reported = all.get(camera.name());
    if (reported == null) {
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
      output.work(reported.name, "reader", values, words);
    }
  }
}

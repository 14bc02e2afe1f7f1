package dev.photofinish.spring;

import dev.photofinish.option.InvalidOptionException;
import dev.photofinish.rtsp.client.Camera;
import dev.photofinish.rtsp.client.CameraListener;
import dev.photofinish.rtsp.client.CameraState;
import dev.photofinish.rtsp.client.CameraStream;
import dev.photofinish.rtsp.client.RtspClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.springframework.context.SmartLifecycle;

/**
 * The streams of the cameras in {@code photofinish.cameras}, by name. They start with the
 * application, before its web server, and are closed with TEARDOWN after the web server has
 * answered its last request.
 */
public final class CameraStreams implements SmartLifecycle {
  /** Below the phases of web servers, which so start after and stop before. */
  private static final int PHASE = DEFAULT_PHASE - 4096;

  private final RtspClient client;
  private final Map<String, Camera> cameras;
  private final Function<String, List<CameraListener>> listeners;
  private final boolean autoStartup;
  private final Map<String, String> reasons = new ConcurrentHashMap<>();
  private volatile Map<String, CameraStream> streams = Map.of();
  private volatile boolean running;

  /**
   * Streams that have not started.
   *
   * @param listeners of a camera, by its name; asked for when it starts
   */
  CameraStreams(
      RtspClient client,
      Map<String, Camera> cameras,
      Function<String, List<CameraListener>> listeners,
      boolean autoStartup) {
    this.client = client;
    this.cameras = Collections.unmodifiableMap(new LinkedHashMap<>(cameras));
    this.listeners = listeners;
    this.autoStartup = autoStartup;
  }

  /** The names of the cameras, in the order of the configuration. */
  public Set<String> names() {
    return cameras.keySet();
  }

  /**
   * The streams by the name of their camera, in the order of the configuration; none unless
   * running.
   */
  public Map<String, CameraStream> all() {
    return streams;
  }

  /**
   * The stream of one camera.
   *
   * @throws IllegalArgumentException there is no camera of this name in the configuration
   * @throws IllegalStateException the cameras have not been started, or were stopped
   */
  public CameraStream get(String name) {
    if (!cameras.containsKey(name)) {
      throw new IllegalArgumentException(
          "camera '" + name + "' is not in photofinish.cameras; expected one of " + names());
    }
    CameraStream stream = streams.get(name);
    if (stream == null) {
      throw new IllegalStateException("camera '" + name + "' is not started");
    }
    return stream;
  }

  /** The reason of the last change of state or retry of a stream; empty before the first. */
  Optional<String> reason(String name) {
    return Optional.ofNullable(reasons.get(name));
  }

  @Override
  public int getPhase() {
    return PHASE;
  }

  @Override
  public boolean isAutoStartup() {
    return autoStartup;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public synchronized void start() {
    if (running) {
      return;
    }
    Map<String, CameraStream> started = new LinkedHashMap<>();
    try {
      cameras.forEach((name, camera) -> started.put(name, start(name, camera)));
    } catch (RuntimeException e) {
      started.values().forEach(CameraStream::closeAsync);
      throw e;
    }
    streams = Collections.unmodifiableMap(started);
    running = true;
  }

  private CameraStream start(String name, Camera camera) {
    reasons.remove(name);
    List<CameraListener> all = new ArrayList<>();
    all.add(new ReasonKeeper(name));
    all.addAll(listeners.apply(name));
    try {
      return client.start(camera, CameraListener.all(all.toArray(CameraListener[]::new)));
    } catch (InvalidOptionException e) {
      throw new InvalidCameraPropertyException(ConfiguredCamera.prefix(name), e);
    }
  }

  @Override
  public void stop() {
    closeAll().join();
  }

  @Override
  public void stop(Runnable done) {
    var unused = closeAll().thenRun(done);
  }

  /** Closes all streams at once; completes when all are over, those too that had failed. */
  private synchronized CompletableFuture<Void> closeAll() {
    CompletableFuture<?>[] ends =
        streams.values().stream()
            .map(stream -> stream.closeAsync().toCompletableFuture().handle((end, failed) -> ""))
            .toArray(CompletableFuture<?>[]::new);
    streams = Map.of();
    running = false;
    return CompletableFuture.allOf(ends);
  }

  /** Keeps the reason of the last change of state or retry. */
  private final class ReasonKeeper implements CameraListener {
    private final String name;

    ReasonKeeper(String name) {
      this.name = name;
    }

    @Override
    public void state(CameraStream stream, CameraState from, CameraState to, String reason) {
      reasons.put(name, reason);
    }

    @Override
    public void retry(
        CameraStream stream, int attempt, Duration delay, String strategy, String reason) {
      reasons.put(name, reason);
    }
  }
}

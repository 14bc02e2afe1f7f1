package dev.photofinish.relay.web;

import dev.photofinish.relay.RelayListener;
import dev.photofinish.relay.RelayState;
import dev.photofinish.relay.RelayedCamera;
import dev.photofinish.relay.RelayedCameraOptions;
import dev.photofinish.relay.web.api.Cameras;
import dev.photofinish.rtsp.client.Camera;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;

/** A relay whose cameras a test moves. */
public final class FakeCameras implements Cameras, AutoCloseable {
  private final Map<String, FakeCamera> cameras = new LinkedHashMap<>();
  private final Set<RelayListener> listeners = new CopyOnWriteArraySet<>();

  /** Adds a camera with these codecs. */
  synchronized FakeCamera put(String name, String... codecs) {
    Camera at = Camera.at("rtsp://admin:secret@192.0.2.10/" + name);
    return put(new FakeCamera(name, at, RelayedCameraOptions.defaults(), codecs));
  }

  private FakeCamera put(FakeCamera camera) {
    cameras.put(camera.name(), camera);
    listeners.forEach(listener -> listener.added(camera));
    return camera;
  }

  void state(FakeCamera camera, RelayState next, Instant at, String reason) {
    RelayState before = camera.status().state();
    camera.state(next, at, reason);
    listeners.forEach(listener -> listener.state(camera, before, next, reason));
  }

  Set<RelayListener> listeners() {
    return listeners;
  }

  @Override
  public synchronized List<RelayedCamera> cameras() {
    return List.copyOf(cameras.values());
  }

  @Override
  public synchronized Optional<RelayedCamera> camera(String name) {
    return Optional.ofNullable(cameras.get(name));
  }

  @Override
  public synchronized RelayedCamera add(String name, Camera camera, RelayedCameraOptions options) {
    return put(new FakeCamera(name, camera, options, "H264"));
  }

  @Override
  public synchronized boolean change(String name, Camera camera, RelayedCameraOptions options) {
    FakeCamera changed = cameras.get(name);
    if (changed == null) {
      return false;
    }
    changed.change(camera, options);
    listeners.forEach(listener -> listener.changed(changed));
    return true;
  }

  @Override
  public synchronized boolean remove(String name) {
    FakeCamera removed = cameras.remove(name);
    if (removed == null) {
      return false;
    }
    removed.source().end("removed");
    removed.source().close();
    listeners.forEach(listener -> listener.removed(removed));
    return true;
  }

  @Override
  public void addListener(RelayListener listener) {
    listeners.add(listener);
  }

  @Override
  public void removeListener(RelayListener listener) {
    listeners.remove(listener);
  }

  @Override
  public synchronized void close() {
    cameras.values().forEach(camera -> camera.source().close());
  }
}

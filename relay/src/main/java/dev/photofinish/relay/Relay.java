package dev.photofinish.relay;

import dev.photofinish.relay.source.Source;
import dev.photofinish.relay.source.Sources;
import dev.photofinish.rtsp.client.Camera;
import java.util.List;
import java.util.Optional;

/** Cameras that any number of readers share, each over one connection. */
public final class Relay implements AutoCloseable, Sources {
  private Relay() {}

  /** A relay without cameras, and nothing that listens. */
  public static Relay start() {
    return new Relay();
  }

  /** Reports to this one too from now on. */
  public void addListener(RelayListener listener) {
    throw new UnsupportedOperationException();
  }

  public void removeListener(RelayListener listener) {
    throw new UnsupportedOperationException();
  }

  /**
   * Relays a camera; connects to it unless it is on demand.
   *
   * @param name of letters, digits and {@code -_.}, 1 to 64
   * @throws dev.photofinish.option.InvalidOptionException for another name, one that is taken, or a
   *     host that cannot be dialled
   */
  public RelayedCamera add(String name, Camera camera, RelayedCameraOptions options) {
    throw new UnsupportedOperationException();
  }

  /** Ends a camera and its readers; false if there is none of this name. */
  public boolean remove(String name) {
    throw new UnsupportedOperationException();
  }

  public Optional<RelayedCamera> camera(String name) {
    throw new UnsupportedOperationException();
  }

  /** All, in the order they were added. */
  public List<RelayedCamera> cameras() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<Source> find(String name) {
    return camera(name).map(RelayedCamera::source);
  }

  /** Ends all cameras and their readers within 2 s, and waits for it. */
  @Override
  public void close() {}
}

package dev.photofinish.relay;

import dev.photofinish.relay.source.Source;
import dev.photofinish.rtsp.client.Camera;

/** A camera of a {@link Relay}. Every method may be called from any thread. */
public interface RelayedCamera {
  /** The name it is served under. */
  String name();

  /** How it is reached; its addresses may carry a password. */
  Camera camera();

  RelayedCameraOptions options();

  CameraStatus status();

  /** Its stream, for readers. */
  Source source();
}

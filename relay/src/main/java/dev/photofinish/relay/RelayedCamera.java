package dev.photofinish.relay;

import dev.photofinish.relay.source.Source;
import dev.photofinish.rtsp.client.Camera;
import dev.photofinish.rtsp.client.CameraStream;
import java.util.Optional;

/** A camera of a {@link Relay}. Every method may be called from any thread. */
public interface RelayedCamera {
  /** The name it is served under. */
  String name();

  /**
   * How it is reached; its addresses may carry a password. Of one that is published to the relay an
   * address that is never used.
   */
  Camera camera();

  RelayedCameraOptions options();

  CameraStatus status();

  /** Its present stream; empty while none is open. */
  Optional<CameraStream> stream();

  /** Its stream, for readers. */
  Source source();
}

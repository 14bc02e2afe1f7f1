package dev.photofinish.cli.relay;

import dev.photofinish.cli.watch.CameraName;
import dev.photofinish.relay.RelayedCameraOptions;
import dev.photofinish.rtsp.client.Camera;

/**
 * A camera to serve.
 *
 * @param name it is served under
 */
record ServedCamera(String name, Camera camera, RelayedCameraOptions options) {
  CameraName watched() {
    return new CameraName(camera.toString(), name);
  }
}

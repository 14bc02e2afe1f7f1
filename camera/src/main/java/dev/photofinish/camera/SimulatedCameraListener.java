package dev.photofinish.camera;

/**
 * Receives every event of a camera, on its event loop: it must not block, and what it throws is
 * logged.
 */
@FunctionalInterface
public interface SimulatedCameraListener {

  void onEvent(CameraEvent event);
}

package dev.photofinish.camera;

/**
 * Hears of everything that happens at a camera, on its event loop: it must not block, and what it
 * throws is logged.
 */
@FunctionalInterface
public interface SimulatedCameraListener {

  void onEvent(CameraEvent event);
}

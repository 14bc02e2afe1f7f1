package dev.photofinish.spring;

import dev.photofinish.rtsp.client.CameraListener;

/**
 * Makes a listener for each camera. Every bean of this type is asked once for each start of a
 * camera; a bean of type {@link CameraListener} listens to all cameras.
 */
@FunctionalInterface
public interface CameraListenerFactory {
  /**
   * The listener for one camera.
   *
   * @param camera its name in {@code photofinish.cameras}
   */
  CameraListener listener(String camera);
}

package dev.photofinish.fleet.hold;

import dev.photofinish.fleet.camera.FleetCamera;
import java.util.concurrent.CompletionStage;

/** The fate of cameras at the node that owns them; by what the owner is chosen is not known. */
public interface Ownership {
  /** This node alone may connect to the camera from now on; called again when it has changed. */
  void take(FleetCamera camera);

  /**
   * Another node may connect to the camera when this completes: no connection of this node to it is
   * open any more. Does nothing for a camera that is not owned.
   */
  CompletionStage<Void> release(String name);

  /** Releases all, at once. */
  CompletionStage<Void> releaseAll();
}

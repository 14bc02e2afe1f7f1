package dev.photofinish.rtsp.client;

import java.util.concurrent.Flow;

/** The subscription that a subscriber of {@link CameraStream#frames} is given. */
public interface FrameSubscription extends Flow.Subscription {
  /** Frames that were left out because the subscriber was too slow, all media together. */
  long dropped();
}

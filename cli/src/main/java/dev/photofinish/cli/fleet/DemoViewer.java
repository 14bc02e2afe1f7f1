package dev.photofinish.cli.fleet;

import dev.photofinish.rtp.format.Frame;
import dev.photofinish.rtsp.client.Camera;
import dev.photofinish.rtsp.client.CameraListener;
import dev.photofinish.rtsp.client.CameraState;
import dev.photofinish.rtsp.client.CameraStream;
import dev.photofinish.rtsp.client.MediaStream;
import dev.photofinish.rtsp.client.RtspClient;
import java.time.Duration;

/**
 * A viewer that stays at a node: counts for how long it saw no new picture, and how often its
 * connection ended. While its camera is away it gets the last key frame again, each second, so new
 * are those that are no key frames.
 */
final class DemoViewer implements CameraListener {
  private final String camera;
  private final String node;
  private int pictures;
  private int closed;
  private long lastNew;
  private long still;

  private DemoViewer(String camera, String node) {
    this.camera = camera;
    this.node = node;
  }

  /** Begins to look at a camera at a node. */
  static DemoViewer start(RtspClient client, NodeProcess.Started node, String camera) {
    DemoViewer viewer = new DemoViewer(camera, node.node());
    client.start(Camera.at(node.rtsp() + camera).withMedia("video"), viewer);
    return viewer;
  }

  String camera() {
    return camera;
  }

  String node() {
    return node;
  }

  @Override
  public synchronized void frame(CameraStream stream, MediaStream media, Frame frame) {
    if (!frame.isKeyFrame()) {
      long now = System.nanoTime();
      still = pictures == 0 ? 0 : Math.max(still, now - lastNew);
      lastNew = now;
      pictures++;
    }
  }

  @Override
  public synchronized void state(
      CameraStream stream, CameraState from, CameraState to, String reason) {
    boolean isConnected = to == CameraState.PLAYING || to == CameraState.STALLED;
    if (pictures > 0 && !isConnected && to != CameraState.CLOSED) {
      closed++;
    }
  }

  /** Pictures that were new, so far. */
  synchronized int pictures() {
    return pictures;
  }

  /** Counts the longest time without a new picture from now on. */
  synchronized void reset() {
    still = 0;
  }

  /** The longest time without a new picture. */
  synchronized Duration still() {
    return Duration.ofNanos(still);
  }

  /** How often its connection ended. */
  synchronized int closed() {
    return closed;
  }
}

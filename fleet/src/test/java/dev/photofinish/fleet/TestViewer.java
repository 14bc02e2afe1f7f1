package dev.photofinish.fleet;

import dev.photofinish.relay.source.FrameViewer;
import dev.photofinish.relay.source.ReaderInfo;
import dev.photofinish.relay.source.Source;
import dev.photofinish.rtp.format.Frame;
import java.util.concurrent.CompletionException;

/** A viewer of a camera at a node, which counts what it sees. */
final class TestViewer implements FrameViewer {
  private volatile int frames;
  private volatile String ended = "";

  /** Begins to look, when the node has heard of the camera and the camera is there. */
  static TestViewer of(FleetNode node, String camera) throws InterruptedException {
    TestFleet.await(() -> node.find(camera).isPresent());
    Source source = node.find(camera).orElseThrow();
    TestFleet.await(() -> isDescribed(source));
    TestViewer viewer = new TestViewer();
    source.view(viewer, new ReaderInfo("127.0.0.1:1", "test", "a test"));
    return viewer;
  }

  /** A first viewer of a camera is refused after a while, where a busy machine holds it up. */
  private static boolean isDescribed(Source source) {
    try {
      source.describe().toCompletableFuture().join();
      return true;
    } catch (CompletionException e) {
      return false;
    }
  }

  /** Waits for so many frames from now on. */
  void awaitFrames(int count) throws InterruptedException {
    int seen = frames;
    TestFleet.await(() -> frames >= seen + count);
  }

  String ended() {
    return ended;
  }

  @Override
  @SuppressWarnings("NonAtomicVolatileUpdate") // on the source's loop alone
  public void frame(Frame frame) {
    frames++;
  }

  @Override
  public void ended(String reason) {
    ended = reason;
  }
}

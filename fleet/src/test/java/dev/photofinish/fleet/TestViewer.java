package dev.photofinish.fleet;

import dev.photofinish.relay.source.FrameViewer;
import dev.photofinish.relay.source.ReaderInfo;
import dev.photofinish.relay.source.Source;
import dev.photofinish.rtp.format.Frame;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A viewer of a camera at a node, which counts what it sees. */
final class TestViewer implements FrameViewer {
  private volatile int frames;
  private volatile String ended = "";

  /** Begins to look, when the node has heard of the camera and the camera is there. */
  static TestViewer of(FleetNode node, String camera)
      throws InterruptedException, ExecutionException, TimeoutException {
    TestFleet.await(() -> node.find(camera).isPresent());
    Source source = node.find(camera).orElseThrow();
    source.describe().toCompletableFuture().get(30, TimeUnit.SECONDS);
    TestViewer viewer = new TestViewer();
    source.view(viewer, new ReaderInfo("127.0.0.1:1", "test", "a test"));
    return viewer;
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

package dev.photofinish.rtsp.client;

import dev.photofinish.rtp.format.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Keeps what comes as frames, on the heap, and waits for it with a bound. */
class FrameRecorder implements CameraListener {
  private static final long BOUND_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final List<Frame> frames = new ArrayList<>();

  @Override
  public synchronized void frame(CameraStream stream, MediaStream media, Frame frame) {
    frames.add(frame.copy());
    notifyAll();
  }

  /** Of this media, in the order in which they came. */
  synchronized List<Frame> frames(int track) {
    return frames.stream().filter(frame -> frame.track() == track).toList();
  }

  /** Waits until {@code condition} holds; it is looked at after every frame. */
  synchronized void await(String what, Predicate<FrameRecorder> condition)
      throws InterruptedException {
    long end = System.nanoTime() + BOUND_NANOS;
    while (!condition.test(this)) {
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      if (left <= 0) {
        throw new AssertionError("waited in vain for " + what + "; frames: " + frames);
      }
      wait(left);
    }
  }

  void awaitFrames(int track, int atLeast) throws InterruptedException {
    await(atLeast + " frames of " + track, r -> r.frames(track).size() >= atLeast);
  }
}

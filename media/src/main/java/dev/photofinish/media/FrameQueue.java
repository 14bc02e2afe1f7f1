package dev.photofinish.media;

import dev.photofinish.rtp.format.Codec;
import dev.photofinish.rtp.format.Frame;
import dev.photofinish.rtp.format.RandomAccess;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Frames on their way to the disk, bounded in bytes. When it is full, frames are dropped, of video
 * up to the next key frame; who adds them never waits.
 */
final class FrameQueue {
  /** Objects of a frame beside its bytes, about. */
  private static final int FRAME_BYTES = 256;

  private final long most;
  private final Queue<Entry> entries = new ArrayDeque<>();
  private final Set<Integer> waitingForKeyFrame = new HashSet<>();
  private long bytes;
  private long dropped;
  private long droppedSince;
  private boolean closed;

  FrameQueue(long most) {
    this.most = most;
  }

  /**
   * A frame that waits.
   *
   * @param dropped frames between the one before it and it
   */
  record Entry(Frame frame, Instant arrived, long dropped) {}

  /** Takes the reference over. */
  synchronized void add(Frame frame, Instant now) {
    int size = size(frame);
    boolean late =
        waitingForKeyFrame.contains(frame.track()) && frame.randomAccess() == RandomAccess.NONE;
    if (closed || late || bytes + size > most) {
      drop(frame);
      return;
    }
    waitingForKeyFrame.remove(frame.track());
    entries.add(new Entry(frame, now, droppedSince));
    bytes += size;
    droppedSince = 0;
    notifyAll();
  }

  private void drop(Frame frame) {
    if (!closed) {
      dropped++;
      droppedSince++;
      if (frame.codec().kind() == Codec.Kind.VIDEO) {
        waitingForKeyFrame.add(frame.track());
      }
    }
    frame.release();
  }

  private static int size(Frame frame) {
    return frame.content().readableBytes() + FRAME_BYTES;
  }

  /** The next frame; null when none comes within the time, or none will come any more. */
  synchronized @Nullable Entry poll(long millis) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    long left = millis;
    while (entries.isEmpty() && !closed && left > 0) {
      wait(left);
      left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
    }
    Entry next = entries.poll();
    if (next != null) {
      bytes -= size(next.frame);
    }
    return next;
  }

  synchronized boolean isOver() {
    return closed && entries.isEmpty();
  }

  /** Lets go of what waits. */
  synchronized void release() {
    entries.forEach(entry -> entry.frame.release());
    entries.clear();
    bytes = 0;
  }

  synchronized long bytes() {
    return bytes;
  }

  synchronized long dropped() {
    return dropped;
  }

  /** No more frames are taken; those that wait are still given out. */
  synchronized void close() {
    closed = true;
    notifyAll();
  }
}

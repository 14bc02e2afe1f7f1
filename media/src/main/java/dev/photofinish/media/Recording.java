package dev.photofinish.media;

import dev.photofinish.rtp.format.Frame;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * Writes the frames of a stream into files of a folder, on a thread of its own.
 *
 * <p>A part of each file is closed each second, so that it plays up to its last part whatever
 * happens. A file is called {@code NAME.part} until it is finished; {@code index.json} and the HLS
 * playlist {@code index.m3u8} name the finished ones. Where frames are missing, times keep the gap,
 * and both files name it. A recording that is started in the same folder again goes on, and
 * finishes what a killed process left there.
 *
 * <p>{@link #add} never waits: frames wait for the disk in a bounded queue. May be used by several
 * threads.
 */
public final class Recording implements AutoCloseable {
  /** Without a frame for so long, what is there is written. */
  private static final long IDLE_MILLIS = 1000;

  private static final long MOST_CLOSING_MILLIS = TimeUnit.SECONDS.toMillis(30);

  private final RecordingOptions options;
  private final FrameQueue queue;
  private final RecordingCounters counters = new RecordingCounters();
  private final SegmentWriter writer;
  private final Thread thread;

  private Recording(
      RecordingOptions options, RecordingFolder folder, RecordingListener listener, Disk disk) {
    this.options = options;
    this.queue = new FrameQueue(options.queueBytes());
    this.writer = new SegmentWriter(options, folder, listener, counters, disk);
    this.thread = new Thread(this::run, "photofinish recording " + options.folder().getFileName());
    thread.setDaemon(true); // what is on the disk is whole without it
  }

  /**
   * Opens the folder and starts the thread.
   *
   * @throws IOException where the folder cannot be made, holds an index that is none, or another
   *     recording is written into it
   */
  public static Recording start(RecordingOptions options, RecordingListener listener)
      throws IOException {
    return start(options, listener, Disk.FILES);
  }

  static Recording start(RecordingOptions options, RecordingListener listener, Disk disk)
      throws IOException {
    RecordingFolder folder;
    try {
      folder = RecordingFolder.open(options);
    } catch (IOException e) {
      throw DiskFailure.said(e);
    }
    Recording recording = new Recording(options, folder, listener, disk);
    recording.thread.start();
    return recording;
  }

  /** Takes a frame and its reference; never waits. After {@link #close} frames are let go. */
  public void add(Frame frame) {
    queue.add(frame, options.clock().instant());
  }

  public RecordingStatistics statistics() {
    return counters.statistics(queue);
  }

  private void run() {
    try {
      while (!queue.isOver()) {
        FrameQueue.Entry next = queue.poll(IDLE_MILLIS);
        if (next != null) {
          writer.frame(next);
        } else {
          writer.idle();
        }
      }
    } catch (InterruptedException e) {
      queue.close(); // not by us: what waits is still written
      drain();
    } finally {
      queue.close(); // also where a listener threw
      writer.close();
      queue.release();
    }
  }

  private void drain() {
    try {
      for (FrameQueue.Entry next = queue.poll(1); next != null; next = queue.poll(1)) {
        writer.frame(next);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Writes what waits, finishes the last file and ends the playlist. Waits for it, at most 30 s
   * where the disk hangs; a listener that calls it does not wait.
   */
  @Override
  public void close() {
    queue.close();
    if (Thread.currentThread() == thread) {
      return;
    }
    try {
      thread.join(MOST_CLOSING_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

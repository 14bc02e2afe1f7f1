package dev.photofinish.media;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The numbers of a recording, written by its thread and read by any. */
final class RecordingCounters {
  private long frames;
  private long bytes;
  private long files;
  private long removed;
  private long dropped;
  private long leftOut;
  private long gaps;
  private @Nullable IOException failure;

  synchronized void written(int moreFrames, long moreBytes) {
    frames += moreFrames;
    bytes += moreBytes;
  }

  synchronized void file() {
    files++;
  }

  synchronized void removed() {
    removed++;
  }

  synchronized void dropped(int more) {
    dropped += more;
  }

  synchronized void leftOut(long all) {
    leftOut = all;
  }

  synchronized void gap() {
    gaps++;
  }

  synchronized void failure(@Nullable IOException now) {
    failure = now;
  }

  synchronized RecordingStatistics statistics(FrameQueue queue) {
    return new RecordingStatistics(
        frames,
        bytes,
        files,
        removed,
        dropped + queue.dropped(),
        leftOut,
        gaps,
        queue.bytes(),
        Optional.ofNullable(failure).map(IOException::getMessage));
  }
}

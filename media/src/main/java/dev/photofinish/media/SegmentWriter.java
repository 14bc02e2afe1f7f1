package dev.photofinish.media;

import dev.photofinish.media.container.Fragment;
import dev.photofinish.media.container.FragmentOptions;
import dev.photofinish.media.container.FragmentOutput;
import dev.photofinish.media.container.Fragmenter;
import dev.photofinish.media.container.Header;
import dev.photofinish.rtp.format.Frame;
import dev.photofinish.rtp.format.FrameTime;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Writes the frames of a recording into its files. After a failure of the disk it tries again with
 * a new file, at a key frame, every {@value #RETRY_SECONDS} s of the stream.
 */
final class SegmentWriter implements FragmentOutput {
  static final int RETRY_SECONDS = 5;

  private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(RETRY_SECONDS);

  /** Shorter is the difference between two media that begin again. */
  private static final long LEAST_GAP_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final RecordingOptions options;
  private final FileNamePattern pattern;
  private final RecordingFolder folder;
  private final RecordingListener listener;
  private final RecordingCounters counters;
  private final Disk disk;
  private final Fragmenter fragmenter;
  private ByteBuf header = Unpooled.EMPTY_BUFFER;

  /** Whether the next fragment begins a file. */
  private boolean begins;

  private @Nullable SegmentFile file;
  private @Nullable IOException failure;

  /** The file that could not be removed. */
  private @Nullable RecordedFile stays;

  /** The time of the last fragment that could not be written; long ago where there was none. */
  private long failedAt = Long.MIN_VALUE / 2;

  private boolean tooSlow;
  private Gap.Cause cause = Gap.Cause.CAMERA;
  private boolean written;
  private long end;
  private long frameTime;
  private Instant frameInstant = Instant.EPOCH;

  SegmentWriter(
      RecordingOptions options,
      RecordingFolder folder,
      RecordingListener listener,
      RecordingCounters counters,
      Disk disk) {
    this.options = options;
    this.pattern = new FileNamePattern(options.pattern());
    this.folder = folder;
    this.listener = listener;
    this.counters = counters;
    this.disk = disk;
    FragmentOptions fragments =
        FragmentOptions.defaults()
            .withDamagedFrames(options.damagedFrames())
            .withMedias(options.medias())
            .withHeaderEvery(options.segment());
    this.fragmenter = new Fragmenter(options.container().create(), fragments, this);
  }

  void frame(FrameQueue.Entry entry) {
    Frame frame = entry.frame();
    frameTime = frame.time();
    frameInstant = entry.arrived();
    if (entry.dropped() > 0) {
      cause = Gap.Cause.SLOW_DISK;
      frame = discontinuous(frame);
      if (!tooSlow) {
        tooSlow = true;
        listener.tooSlow(entry.dropped());
      }
    } else if (frame.isKeyFrame()) {
      tooSlow = false;
    }
    fragmenter.add(frame);
    counters.leftOut(fragmenter.leftOutFrames());
  }

  private static Frame discontinuous(Frame frame) {
    FrameTime time = frame.frameTime();
    return frame.at(
        new FrameTime(time.nanos(), time.isSynchronized(), frame.wallClock().orElse(null), true));
  }

  /** Nothing came for a while: what is there goes to the disk. */
  void idle() {
    fragmenter.flush();
    retain();
  }

  private Instant instant(long time) {
    return frameInstant.plusNanos(time - frameTime);
  }

  @Override
  public void header(Header next) {
    finish();
    header.release();
    header = next.content();
    begins = true;
  }

  @Override
  public void leftOut(int media, String reason) {
    listener.leftOut(media, reason);
  }

  @Override
  public void fragment(Fragment fragment) {
    try {
      if (begins && (failure == null || fragment.time() - failedAt >= RETRY_NANOS)) {
        begin(fragment);
      }
      if (file != null && file.isRemoved()) {
        lose(file);
      }
      if (file == null) {
        counters.dropped(fragment.frames());
        fragmenter.restart();
      } else {
        write(file, fragment);
      }
    } catch (IOException e) {
      failed(e, fragment);
    } finally {
      begins = false;
      fragment.content().release();
    }
    retain(); // where the disk is full, this makes room
  }

  private void begin(Fragment fragment) throws IOException {
    Instant at = instant(fragment.time());
    SegmentFile created = folder.create(pattern.at(at, options.zone()), at, disk);
    file = created;
    created.header(header.duplicate());
  }

  private void write(SegmentFile into, Fragment fragment) throws IOException {
    into.fragment(fragment);
    if (options.synced()) {
      into.force();
    }
    if (begins) { // on a full disk a file may be made, but nothing written into it
      listener.started(SegmentFile.part(options.folder(), into.name()));
    }
    counters.written(fragment.frames(), fragment.content().readableBytes());
    if (failure != null) {
      failure = null;
      counters.failure(null);
      listener.recovered();
    }
    if (fragment.discontinuity() || cause == Gap.Cause.FAILED_DISK) {
      if (written && fragment.time() - end >= LEAST_GAP_NANOS) {
        gap(into, new Gap(instant(end), Duration.ofNanos(fragment.time() - end), cause));
      }
      cause = Gap.Cause.CAMERA;
    }
    written = true;
    end = fragment.end();
  }

  private void gap(SegmentFile into, Gap gap) {
    into.gap(gap);
    counters.gap();
    listener.gap(gap);
  }

  /** Somebody removed it, alone or with its folder: the next one begins at a key frame, soon. */
  private void lose(SegmentFile removed) throws IOException {
    file = null;
    cause = Gap.Cause.FAILED_DISK;
    Path part = SegmentFile.part(options.folder(), removed.name());
    report(new IOException(part + " was removed while it was written"));
    removed.discard();
  }

  private void failed(IOException e, Fragment fragment) {
    report(e);
    failedAt = fragment.time();
    cause = Gap.Cause.FAILED_DISK;
    counters.dropped(fragment.frames());
    finish();
    fragmenter.restart();
  }

  /** Once until it works again. */
  private void report(IOException e) {
    IOException said = DiskFailure.said(e);
    counters.failure(said);
    if (failure == null) {
      failure = said;
      listener.failed(said);
    }
  }

  private void finish() {
    SegmentFile ending = file;
    file = null;
    if (ending == null) {
      return;
    }
    try {
      if (ending.isUseful()) {
        RecordedFile finished = ending.finish();
        counters.file();
        try {
          folder.finished(finished);
        } finally { // the file is whole though a full disk has no room for the index
          listener.finished(folder.path(finished.name()), finished);
        }
      } else {
        ending.discard();
        folder.finished(null);
      }
      retain();
    } catch (IOException e) {
      report(e);
    }
  }

  /** Removes the oldest files that must go. */
  private void retain() {
    boolean any = false;
    RecordedFile oldest;
    while ((oldest = tooMany()) != null && remove(oldest)) {
      any = true;
      counters.removed();
      listener.removed(folder.path(oldest.name()));
    }
    try {
      if (any) {
        folder.saveRemovals();
      }
    } catch (IOException e) {
      report(e);
    }
  }

  private @Nullable RecordedFile tooMany() {
    return folder.tooMany(
        options.clock().instant(),
        options.keepFor(),
        options.keepBytes(),
        file == null ? 0 : file.bytes());
  }

  /** Whether it is gone; one that stays does not keep others from being written. */
  private boolean remove(RecordedFile oldest) {
    try {
      folder.remove(oldest);
      stays = null;
      return true;
    } catch (IOException e) {
      if (!oldest.equals(stays)) {
        stays = oldest;
        listener.notRemoved(folder.path(oldest.name()), DiskFailure.said(e));
      }
      return false;
    }
  }

  /** Ends the last file, and the playlist. */
  void close() {
    fragmenter.close();
    finish();
    header.release();
    try (folder) {
      folder.end();
    } catch (IOException e) {
      report(e);
    }
  }
}

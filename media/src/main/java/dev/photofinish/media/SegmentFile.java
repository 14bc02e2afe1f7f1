package dev.photofinish.media;

import dev.photofinish.media.container.Fragment;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file of a recording while it is written, as {@code NAME.part}. After each fragment it is whole:
 * what a failed write left behind it is cut off.
 */
final class SegmentFile {
  static final String PART = ".part";

  /** Beyond it no number is tried. */
  private static final int MOST_NUMBER = 1 << 30;

  private final Path folder;
  private final String base;
  private final String extension;
  private final String name;
  private final Instant begin;
  private final Disk.Output output;
  private final List<Gap> gaps = new ArrayList<>();
  private final boolean isMp4;
  private @Nullable Mp4Index index;
  private long headerBytes;
  private long bytes;
  private long frames;
  private long firstTime;
  private long end;

  private SegmentFile(
      Path folder, String base, String extension, String name, Instant begin, Disk disk)
      throws IOException {
    this.folder = folder;
    this.base = base;
    this.extension = extension;
    this.name = name;
    this.begin = begin;
    this.isMp4 = extension.equals(RecordingContainer.MP4.extension());
    this.output = disk.create(part(folder, name));
  }

  /**
   * Creates it, under {@code base} or, where that is taken, {@code base-1} and so on.
   *
   * @param base without the extension
   */
  static SegmentFile create(Path folder, String base, String extension, Instant begin, Disk disk)
      throws IOException {
    String name = free(folder, base, extension);
    Path parent = folder.resolve(name).getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    return new SegmentFile(folder, base, extension, name, begin, disk);
  }

  /**
   * A free name in few steps, however many are taken: by doubling up to a free number, then by
   * halves down to one behind a taken one. Where none is missing in between it is the first one.
   */
  private static String free(Path folder, String base, String extension) throws IOException {
    int taken = -1;
    int free = 0;
    while (isTaken(folder, numbered(base, free, extension))) {
      if (free == MOST_NUMBER) { // most often a folder that cannot be read
        throw new IOException("no name is free for " + base + "." + extension);
      }
      taken = free;
      free = Math.max(1, 2 * free);
    }
    while (free - taken > 1) {
      int middle = (free + taken) >>> 1;
      if (isTaken(folder, numbered(base, middle, extension))) {
        taken = middle;
      } else {
        free = middle;
      }
    }
    return numbered(base, free, extension);
  }

  private static String numbered(String base, int number, String extension) {
    return base + (number == 0 ? "" : "-" + number) + "." + extension;
  }

  private static boolean isTaken(Path folder, String name) {
    return !Files.notExists(folder.resolve(name)) || !Files.notExists(part(folder, name));
  }

  static Path part(Path folder, String name) {
    return folder.resolve(name + PART);
  }

  /** Its path in the folder, as it will be. */
  String name() {
    return name;
  }

  long bytes() {
    return bytes;
  }

  /** Whether a fragment is in it. */
  boolean isUseful() {
    return frames > 0;
  }

  void header(ByteBuf content) throws IOException {
    output.write(content);
    headerBytes = content.readableBytes();
    bytes = headerBytes;
    index = isMp4 ? new Mp4Index(content) : null;
  }

  void fragment(Fragment fragment) throws IOException {
    output.write(fragment.content());
    if (frames == 0) {
      firstTime = fragment.time();
    }
    if (index != null) {
      index.fragment(fragment.content(), bytes);
    }
    bytes += fragment.content().readableBytes();
    frames += fragment.frames();
    end = fragment.end();
  }

  /** Whether somebody removed it: what is written into it is lost. */
  boolean isRemoved() {
    return Files.notExists(part(folder, name));
  }

  void force() throws IOException {
    output.force();
  }

  void gap(Gap gap) {
    gaps.add(gap);
  }

  /** Ends it, cut behind its last whole fragment, with its index, and gives it its name. */
  RecordedFile finish() throws IOException {
    long indexBytes;
    try (output) {
      output.truncate(bytes);
      indexBytes = index == null ? 0 : write(index);
      output.force();
    }
    // Another's file that came in between is not replaced.
    String last = Files.notExists(folder.resolve(name)) ? name : free(folder, base, extension);
    Files.move(part(folder, name), folder.resolve(last), StandardCopyOption.ATOMIC_MOVE);
    Duration length = Duration.ofNanos(Math.max(0, end - firstTime));
    return new RecordedFile(
        last, begin, length, bytes + indexBytes, headerBytes, indexBytes, frames, gaps);
  }

  /** How many bytes are behind the last fragment; 0 where a full disk has no room for them. */
  private long write(Mp4Index written) throws IOException {
    try {
      ByteBuf end = written.end();
      output.write(end);
      output.overwrite(written.header(), 0);
      return end.readableBytes();
    } catch (IOException e) {
      output.truncate(bytes); // it plays without
      return 0;
    }
  }

  /** Removes it: nothing useful is in it. */
  void discard() throws IOException {
    output.close();
    Files.deleteIfExists(part(folder, name));
  }
}

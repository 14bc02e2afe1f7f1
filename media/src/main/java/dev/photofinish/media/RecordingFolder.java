package dev.photofinish.media;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The folder of a recording: its lock, its index and playlist, and the files that they name. No
 * other file is ever touched.
 */
final class RecordingFolder implements AutoCloseable {
  static final String INDEX = "index.json";
  static final String PLAYLIST = "index.m3u8";

  private final Path folder;
  private final RecordingContainer container;
  private final Deque<RecordedFile> files = new ArrayDeque<>();

  /** Null where the folder is not the recording's alone, and nothing is kept beside its files. */
  private final @Nullable FolderLock lock;

  private long removed;
  private long bytes;
  private @Nullable String open;
  private @Nullable Instant openedAt;

  private RecordingFolder(Path folder, RecordingContainer container, @Nullable FolderLock lock) {
    this.folder = folder;
    this.container = container;
    this.lock = lock;
  }

  /**
   * Opens a folder, which is made where it is not there; finishes what a killed process left.
   *
   * @throws IOException also where another recording has it open
   */
  static RecordingFolder open(RecordingOptions options) throws IOException {
    Path folder = options.folder();
    RecordingContainer container = options.container();
    Files.createDirectories(folder);
    if (!options.indexed()) {
      return new RecordingFolder(folder, container, null);
    }
    FolderLock lock = FolderLock.take(folder);
    try {
      RecordingFolder opened = new RecordingFolder(folder, container, lock);
      opened.load();
      return opened;
    } catch (IOException e) {
      lock.close();
      throw e;
    }
  }

  private void load() throws IOException {
    Path index = folder.resolve(INDEX);
    if (Files.notExists(index)) {
      return;
    }
    IndexText text;
    try {
      text = IndexText.read(Files.readString(index, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      throw new IOException(
          index + " is no index of a recording: " + e.getMessage() + "; move it away or repair it",
          e);
    }
    removed = text.removed();
    text.files().forEach(this::listIfThere);
    if (text.open() != null && text.openedAt() != null) {
      finishLeftover(text.open(), text.openedAt());
      write(false);
    }
  }

  private void finishLeftover(String name, Instant begin) throws IOException {
    Path part = SegmentFile.part(folder, name);
    Path file = folder.resolve(name);
    boolean renamed = Files.notExists(part) && Files.isRegularFile(file);
    if (!renamed && !Files.isRegularFile(part)) {
      return;
    }
    Path at = renamed ? file : part;
    Instant written = Files.getLastModifiedTime(at).toInstant(); // with its last part
    RecordingContainer of = name.endsWith(".ts") ? RecordingContainer.TS : RecordingContainer.MP4;
    Leftover.Good good = Leftover.cut(at, of);
    if (!good.isUseful()) {
      Files.delete(at);
      return;
    }
    if (!renamed) {
      if (Files.exists(file)) {
        return; // another's: both stay as they are
      }
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    }
    Duration length = Duration.between(begin, written);
    list(
        new RecordedFile(
            name,
            begin,
            length.isNegative() ? Duration.ZERO : length,
            good.whole(),
            good.header(),
            good.index(),
            0,
            List.of()));
  }

  private void listIfThere(RecordedFile file) {
    if (Files.exists(folder.resolve(file.name()))) {
      list(file);
    } else {
      removed++; // by somebody else, or by a process that was killed before it said so
    }
  }

  private void list(RecordedFile file) {
    files.add(file);
    bytes += file.bytes();
  }

  Path path(String name) {
    return folder.resolve(name);
  }

  /** Of all finished files. */
  long bytes() {
    return bytes;
  }

  SegmentFile create(String base, Instant begin, Disk disk) throws IOException {
    if (lock != null && lock.renew()) { // what was removed with the folder protects nothing
      forgetRemoved();
    }
    SegmentFile file = SegmentFile.create(folder, base, container.extension(), begin, disk);
    open = file.name();
    openedAt = begin;
    try {
      write(false);
    } catch (IOException e) {
      file.discard();
      throw e;
    }
    return file;
  }

  private void forgetRemoved() {
    List<RecordedFile> before = List.copyOf(files);
    files.clear();
    bytes = 0;
    before.forEach(this::listIfThere);
  }

  /** The open file is finished, or gone where it is null. */
  void finished(@Nullable RecordedFile file) throws IOException {
    open = null;
    openedAt = null;
    if (file != null) {
      list(file);
    }
    write(false);
  }

  /** No more files will come now. */
  void end() throws IOException {
    write(true);
  }

  private void write(boolean ended) throws IOException {
    if (lock == null) {
      return;
    }
    List<RecordedFile> all = List.copyOf(files);
    replace(INDEX, new IndexText(open, openedAt, removed, all).write());
    replace(PLAYLIST, Playlist.write(all, removed, ended));
  }

  private void replace(String name, String content) throws IOException {
    Path next = folder.resolve(name + ".tmp");
    ByteBuffer bytes = StandardCharsets.UTF_8.encode(content);
    try (FileChannel out =
        FileChannel.open(
            next,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
      out.force(true); // else a loss of power may leave the name with nothing behind it
    }
    Files.move(next, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }

  /**
   * The oldest file that must go; null where all may stay. A file from when the host's clock was
   * ahead is as old as the one after it.
   */
  @Nullable RecordedFile tooMany(Instant now, Duration keepFor, long keepBytes, long openBytes) {
    RecordedFile oldest = files.peek();
    if (oldest == null || (keepBytes > 0 && bytes + openBytes > keepBytes)) {
      return oldest;
    }
    if (keepFor.isZero()) {
      return null;
    }
    for (RecordedFile file : files) {
      if (!file.end().isAfter(now)) {
        return file.end().isBefore(now.minus(keepFor)) ? oldest : null;
      }
    }
    return null;
  }

  /**
   * Removes the oldest file, and the folders that it leaves empty. The index names it until {@link
   * #saveRemovals}.
   */
  void remove(RecordedFile oldest) throws IOException {
    Files.deleteIfExists(folder.resolve(oldest.name()));
    files.remove(oldest);
    bytes -= oldest.bytes();
    removed++;
    Path parent = folder.resolve(oldest.name()).getParent();
    while (parent != null && !parent.equals(folder)) {
      try {
        Files.deleteIfExists(parent);
      } catch (IOException e) {
        return; // most often others are in it
      }
      parent = parent.getParent();
    }
  }

  void saveRemovals() throws IOException {
    write(false);
  }

  @Override
  public void close() throws IOException {
    if (lock != null) {
      lock.close();
    }
  }
}

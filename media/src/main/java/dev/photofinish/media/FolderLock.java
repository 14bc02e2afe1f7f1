package dev.photofinish.media;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The lock of a recording's folder: a file in it that is locked by one process at a time. */
final class FolderLock implements AutoCloseable {
  private static final String NAME = ".photofinish.lock";

  private final Path folder;
  private FileChannel channel;
  private @Nullable Object key;

  private FolderLock(Path folder) throws IOException {
    this.folder = folder;
    this.channel = lock();
    this.key = key();
  }

  /**
   * Takes it.
   *
   * @throws IOException also where another recording has it
   */
  static FolderLock take(Path folder) throws IOException {
    return new FolderLock(folder);
  }

  private FileChannel lock() throws IOException {
    FileChannel opened =
        FileChannel.open(folder.resolve(NAME), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock locked = opened.tryLock();
      if (locked == null) {
        throw new IOException("another recording is written into " + folder);
      }
      return opened;
    } catch (OverlappingFileLockException e) {
      opened.close();
      throw new IOException("another recording is written into " + folder, e);
    } catch (IOException e) {
      opened.close();
      throw e;
    }
  }

  /** What tells the file from another of its name; null where the file system does not say it. */
  private @Nullable Object key() throws IOException {
    return Files.readAttributes(folder.resolve(NAME), BasicFileAttributes.class).fileKey();
  }

  /**
   * Takes it anew where the folder or the file was removed in between.
   *
   * @throws IOException also where another recording has it by now
   */
  void renew() throws IOException {
    if (Files.exists(folder.resolve(NAME)) && Objects.equals(key, key())) {
      return;
    }
    Files.createDirectories(folder);
    FileChannel again = lock();
    channel.close();
    channel = again;
    key = key();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}

package dev.photofinish.media;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The lock of a recording's folder, against other recordings of this process and of others. It is
 * held on a file in the folder, which is made again where somebody removed it with the folder.
 */
final class FolderLock implements AutoCloseable {
  private static final String NAME = ".photofinish.lock";

  /**
   * The folders of this process. On POSIX systems a process that opens and closes a file loses its
   * locks on it, so that a second recording must be refused before it opens anything.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path folder;
  private final Path held;
  private FileChannel channel;

  /** What the system tells the locked file by; empty where it has nothing for that. */
  private Optional<Object> key;

  private FolderLock(Path folder, Path held) throws IOException {
    this.folder = folder;
    this.held = held;
    this.channel = locked(folder);
    this.key = key();
  }

  /**
   * Locks a folder, which is there.
   *
   * @throws IOException also where another recording has it
   */
  static FolderLock take(Path folder) throws IOException {
    Path held = folder.toRealPath();
    if (!HELD.add(held)) {
      throw taken(folder);
    }
    try {
      return new FolderLock(folder, held);
    } catch (IOException e) {
      HELD.remove(held);
      throw e;
    }
  }

  private static FileChannel locked(Path folder) throws IOException {
    FileChannel opened =
        FileChannel.open(folder.resolve(NAME), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (opened.tryLock() == null) {
        throw taken(folder);
      }
      return opened;
    } catch (OverlappingFileLockException e) { // by another name of the same file
      opened.close();
      throw new IOException("another recording is written into " + folder, e);
    } catch (IOException e) {
      opened.close();
      throw e;
    }
  }

  private static IOException taken(Path folder) {
    return new IOException("another recording is written into " + folder);
  }

  private Optional<Object> key() throws IOException {
    return Optional.ofNullable(
        Files.readAttributes(folder.resolve(NAME), BasicFileAttributes.class).fileKey());
  }

  /**
   * Makes the folder and its lock again where they are not those that were locked; whether it did.
   *
   * @throws IOException also where another recording has locked the new ones
   */
  boolean renew() throws IOException {
    if (isThere()) {
      return false;
    }
    Files.createDirectories(folder);
    FileChannel before = channel;
    channel = locked(folder);
    key = key();
    before.close();
    return true;
  }

  private boolean isThere() throws IOException {
    try {
      return key().equals(key);
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } finally {
      HELD.remove(held);
    }
  }
}

package dev.photofinish.cli.relay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/**
 * Looks whether a file was written. It asks for its time and size: notifications of the system do
 * not come from network file systems and mounts of containers.
 */
final class FileWatch {
  private final Path file;
  private @Nullable Stamp last;

  /** A look at a file; all is null and 0 where it is not there. */
  private record Stamp(@Nullable FileTime modified, long size, @Nullable Object key) {}

  FileWatch(Path file) {
    this.file = file;
  }

  /** Whether it is another one than at the last call; true at the first. */
  boolean hasChanged() {
    Stamp now = look();
    boolean changed = !now.equals(last);
    last = now;
    return changed;
  }

  private Stamp look() {
    try {
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      return new Stamp(now.lastModifiedTime(), now.size(), now.fileKey());
    } catch (IOException e) {
      return new Stamp(null, 0, null);
    }
  }
}

package dev.photofinish.cli.relay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/**
 * Looks whether a file was written. It asks for its time and size: notifications of the system do
 * not come from network file systems and mounts of containers. A file counts once it is the same at
 * two calls in a row: one that is being written, or was cut off to be written again, would be read
 * in part.
 */
final class FileWatch {
  private final Path file;
  private @Nullable Stamp seen;
  private @Nullable Stamp taken;

  /** A look at a file; all is null and 0 where it is not there. */
  private record Stamp(@Nullable FileTime modified, long size, @Nullable Object key) {}

  FileWatch(Path file) {
    this.file = file;
  }

  /** Another one than is there now counts. */
  FileWatch fromNow() {
    seen = look();
    taken = seen;
    return this;
  }

  /** Whether it is another one than when this was last true, and complete; true at the second. */
  boolean hasChanged() {
    Stamp now = look();
    boolean settled = now.equals(seen);
    seen = now;
    if (!settled || now.equals(taken)) {
      return false;
    }
    taken = now;
    return true;
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

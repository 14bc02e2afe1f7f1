package dev.photofinish.host;

import dev.photofinish.race.history.HistoryEntry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file that keeps a history between processes. It never stops a race: what is wrong with the file
 * is one warning, and racing goes on without it. Written whole and put in its place in one step, so
 * that a reader finds the old or the new, also when several processes write.
 *
 * <p>A file that cannot be read is never replaced: what is damaged is set aside under another name,
 * everything else (no permission, no regular file, a newer version) stays as it is.
 */
final class HistoryFile {
  /** Far above what 10,000 addresses need; nothing larger is read. */
  static final int MOST_BYTES = 8 << 20;

  private final Path file;
  private final InstantSource clock;
  private boolean warned;

  HistoryFile(Path file, InstantSource clock) {
    this.file = file.toAbsolutePath();
    this.clock = clock;
  }

  /**
   * What was learnt on {@code network}; nothing if the file holds for another one, or is not there.
   * A damaged file is set aside.
   */
  synchronized List<HistoryEntry> read(String network) {
    try {
      return load()
          .filter(text -> text.network().equals(network))
          .map(HistoryText::addresses)
          .orElse(List.of());
    } catch (IOException e) {
      warn("cannot be read", e);
      return List.of();
    }
  }

  /**
   * What the file holds; empty when there is nothing to lose, so that it may be replaced.
   *
   * @throws IOException it has to stay as it is
   */
  private Optional<HistoryText> load() throws IOException {
    try {
      String content = content();
      return content.isEmpty()
          ? Optional.empty()
          : Optional.of(HistoryText.read(content, clock.millis()));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      setAside(String.valueOf(e.getMessage()).replaceAll("\\p{Cntrl}", "?"));
      return Optional.empty();
    }
  }

  private String content() throws IOException {
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS) && !Files.isRegularFile(file)) {
      throw new IOException("not a regular file"); // reading a pipe would never end
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw new IllegalArgumentException("expected at most " + MOST_BYTES + " bytes");
      }
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  private void setAside(String damage) throws IOException {
    Path aside = file.resolveSibling(file.getFileName() + ".damaged");
    try {
      Files.move(file, aside);
      log().warn("history file {} is damaged and set aside as {}: {}", file, aside, damage);
    } catch (NoSuchFileException e) {
      // another process was quicker
    } catch (FileAlreadyExistsException e) {
      throw new IOException("it is damaged (" + damage + "), and there is a " + aside + " already");
    } catch (IOException e) {
      throw new IOException("it is damaged (" + damage + ") and cannot be set aside", e);
    }
  }

  /**
   * Puts what was learnt on {@code network} in place of what the file held, unless that cannot be
   * read.
   */
  synchronized void write(String network, List<HistoryEntry> addresses) {
    try {
      Optional<HistoryText> unused = load();
    } catch (IOException e) {
      warn("cannot be read", e);
      return;
    }
    String text = new HistoryText(network, addresses).write(clock.millis());
    try {
      replace(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      warn("cannot be written", e);
    }
  }

  private void replace(byte[] content) throws IOException {
    Path target = Files.exists(file) ? file.toRealPath() : file; // a link stays one
    Path fresh = Files.createTempFile(target.getParent(), "." + target.getFileName() + ".", ".tmp");
    try {
      try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
        ByteBuffer bytes = ByteBuffer.wrap(content);
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  /** Once: it will not do better the next time. */
  private void warn(String what, IOException why) {
    if (!warned) {
      warned = true;
      log()
          .warn(
              "history file {} {}: {}; it stays as it is and racing goes on without it: repair or"
                  + " remove it, or name another file",
              file,
              what,
              reason(why));
    }
  }

  /** Made when there is a line: without a back end, slf4j warns when the first logger is made. */
  private static Logger log() {
    return LoggerFactory.getLogger(HistoryFile.class);
  }

  private static String reason(IOException why) {
    if (why instanceof AccessDeniedException) {
      return "permission denied";
    }
    return why instanceof NoSuchFileException missing
        ? "no such directory: " + missing.getFile()
        : String.valueOf(why.getMessage());
  }
}

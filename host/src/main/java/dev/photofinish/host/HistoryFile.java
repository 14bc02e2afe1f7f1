package dev.photofinish.host;

import dev.photofinish.race.history.HistoryEntry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.List;

/**
 * A file that keeps a history between processes. It never stops a race: what is wrong with the file
 * is told in one line, and racing goes on without it. Written whole and put in its place in one
 * step, so that whoever reads finds the old or the new, also when several processes write.
 */
final class HistoryFile {
  /** Far above what 10,000 addresses need; nothing larger is read. */
  static final int MOST_BYTES = 8 << 20;

  private final Path file;
  private final InstantSource clock;
  private boolean complained;

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
      HistoryText text = HistoryText.read(content(), clock.millis());
      return text.network().equals(network) ? text.addresses() : List.of();
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      complain("cannot be read", e);
    } catch (IllegalArgumentException e) {
      setAside(String.valueOf(e.getMessage()).replaceAll("\\p{Cntrl}", "?"));
    }
    return List.of();
  }

  private String content() throws IOException {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
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

  private void setAside(String damage) {
    Path aside = file.resolveSibling(file.getFileName() + ".damaged");
    try {
      Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
      SharedHistory.log()
          .warn("history file {} is damaged and set aside as {}: {}", file, aside, damage);
    } catch (NoSuchFileException e) {
      // another process was quicker
    } catch (IOException e) {
      complain("is damaged (" + damage + ") and cannot be set aside", e);
    }
  }

  /** Puts what was learnt on {@code network} in place of what the file held. */
  synchronized void write(String network, List<HistoryEntry> addresses) {
    String text = new HistoryText(network, addresses).write(clock.millis());
    try {
      replace(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      complain("cannot be written", e);
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
  private void complain(String what, IOException why) {
    if (!complained) {
      complained = true;
      SharedHistory.log()
          .warn("history file {} {}, racing goes on without it: {}", file, what, why.toString());
    }
  }
}

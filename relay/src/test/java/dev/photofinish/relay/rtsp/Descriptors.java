package dev.photofinish.relay.rtsp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The open descriptors of this process, as Linux lists them. */
final class Descriptors {
  private Descriptors() {}

  static long count() {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      return open.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until no more than that are open. */
  static void awaitAtMost(long expected) {
    TestServer.await(() -> count() <= expected);
  }
}

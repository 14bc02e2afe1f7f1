package dev.photofinish.rtsp.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** The descriptors of this process, as Linux lists them. */
public final class Descriptors {
  private static final Path OPEN = Path.of("/proc/self/fd");

  private Descriptors() {}

  /** Counts those that are open, the one of the listing itself with them. */
  public static int count() throws IOException {
    try (Stream<Path> open = Files.list(OPEN)) {
      return (int) open.count();
    }
  }

  /**
   * Waits until no more than that are open: a socket is closed a moment after its stream has ended,
   * or after the camera has counted its end. The failure names what is open.
   */
  public static void awaitAtMost(int expected, Duration bound) throws IOException {
    long start = System.nanoTime();
    while (count() > expected && System.nanoTime() - start < bound.toNanos()) {
      Thread.onSpinWait();
    }
    assertThat(targets()).as("open descriptors").hasSizeLessThanOrEqualTo(expected);
  }

  private static List<String> targets() throws IOException {
    try (Stream<Path> open = Files.list(OPEN)) {
      return open.map(Descriptors::target).sorted().toList();
    }
  }

  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException e) {
      return "closed meanwhile";
    }
  }
}

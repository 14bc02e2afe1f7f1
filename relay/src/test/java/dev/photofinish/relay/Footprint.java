package dev.photofinish.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.internal.PlatformDependent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What this process holds.
 *
 * @param heap bytes after a collection
 * @param direct bytes outside the heap
 */
public record Footprint(long heap, long direct, long descriptors, int threads) {
  private static final long BOUND_NANOS = 60_000_000_000L;
  private static final long GROWTH = 16 << 20;

  /** At present. */
  public static Footprint now() {
    System.gc();
    return new Footprint(
        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
        Math.max(0, PlatformDependent.usedDirectMemory()),
        openDescriptors(),
        ManagementFactory.getThreadMXBean().getThreadCount());
  }

  private static long openDescriptors() {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      return open.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until there is no more than this again; memory may be {@value #GROWTH} bytes more. */
  public void awaitAgain() {
    long end = System.nanoTime() + BOUND_NANOS;
    Footprint now = now();
    while (!now.isWithin(this) && System.nanoTime() - end < 0) {
      now = now();
    }
    assertThat(now).as("not more than %s", this).matches(last -> last.isWithin(this));
  }

  private boolean isWithin(Footprint before) {
    return heap <= before.heap + GROWTH
        && direct <= before.direct + GROWTH
        && descriptors <= before.descriptors
        && threads <= before.threads;
  }
}

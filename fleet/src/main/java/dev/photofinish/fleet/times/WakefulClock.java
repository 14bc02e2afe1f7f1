package dev.photofinish.fleet.times;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Reads a clock that goes on while the machine is suspended, as {@link System#nanoTime} does not on
 * Linux and macOS: the time since the machine booted, which Linux has in a file, and elsewhere the
 * time of day, whose being set forward is a pause too.
 */
public final class WakefulClock implements LongSupplier {
  private static final Path UPTIME = Path.of("/proc/uptime");
  private static final long NANOS_OF_HUNDREDTH = 10_000_000;

  private final Path uptime;
  private final boolean hasUptime;

  public WakefulClock() {
    this(UPTIME);
  }

  WakefulClock(Path uptime) {
    this.uptime = uptime;
    this.hasUptime = Files.isReadable(uptime);
  }

  /** Nanoseconds, to a hundredth of a second. */
  @Override
  public long getAsLong() {
    if (!hasUptime) {
      return TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
    }
    try {
      return nanos(Files.readString(uptime, StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new IllegalStateException(uptime + " could be read before: " + e.getMessage(), e);
    }
  }

  /** Of a text such as {@code 84712.31 161934.20}: seconds with two decimals come first. */
  static long nanos(String text) {
    String seconds = text.substring(0, text.indexOf(' '));
    return Long.parseLong(seconds.replace(".", "")) * NANOS_OF_HUNDREDTH;
  }
}

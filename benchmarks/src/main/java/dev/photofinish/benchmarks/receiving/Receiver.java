package dev.photofinish.benchmarks.receiving;

import dev.photofinish.benchmarks.process.ResidentMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A program that receives a stream, with the processes that it starts. */
final class Receiver implements AutoCloseable {
  /** {@code USER_HZ} of Linux on all platforms that Java has. */
  private static final double TICKS_A_SECOND = 100;

  /**
   * Fields of {@code /proc/PID/stat} after the name: user and system time of all threads, then of
   * the processes that it started and that have ended.
   */
  private static final int FIRST_TIME = 11;

  private static final int LAST_TIME = 14;

  private final Process process;

  Receiver(List<String> command) throws IOException {
    process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Processor time since its start, user and system. */
  double cpuSeconds() throws IOException {
    double ticks = 0;
    for (ProcessHandle part : parts()) {
      String stat = stat(part);
      String[] fields = stat.substring(stat.lastIndexOf(')') + 1).trim().split(" ", -1);
      ticks += fields.length > LAST_TIME ? ticks(fields) : 0;
    }
    return ticks / TICKS_A_SECOND;
  }

  private static long ticks(String[] fields) {
    return Arrays.stream(fields, FIRST_TIME, LAST_TIME + 1).mapToLong(Long::parseLong).sum();
  }

  double residentMebibytes() throws IOException {
    double mebibytes = 0;
    for (ProcessHandle part : parts()) {
      mebibytes += ResidentMemory.mebibytes(part.pid()).orElse(0);
    }
    return mebibytes;
  }

  private List<ProcessHandle> parts() {
    return Stream.concat(Stream.of(process.toHandle()), process.descendants()).toList();
  }

  /** Empty when the process has ended. */
  private static String stat(ProcessHandle part) throws IOException {
    try {
      return Files.readString(Path.of("/proc", Long.toString(part.pid()), "stat"));
    } catch (NoSuchFileException e) {
      return "";
    }
  }

  @Override
  public void close() {
    List<ProcessHandle> parts = parts();
    process.destroy();
    process.onExit().completeOnTimeout(process, 5, TimeUnit.SECONDS).join();
    parts.forEach(ProcessHandle::destroyForcibly);
  }
}

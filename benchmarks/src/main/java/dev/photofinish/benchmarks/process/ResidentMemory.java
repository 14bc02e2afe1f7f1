package dev.photofinish.benchmarks.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.OptionalDouble;

/** The resident memory of a process. */
public final class ResidentMemory {
  private ResidentMemory() {}

  /** In MiB; empty when the process has ended. */
  public static OptionalDouble mebibytes(long process) throws IOException {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/" + process + "/status"))) {
        if (line.startsWith("VmRSS:")) {
          return OptionalDouble.of(Long.parseLong(line.replaceAll("\\D", "")) / 1024.0);
        }
      }
    } catch (NoSuchFileException e) {
      // It has ended.
    }
    return OptionalDouble.empty();
  }
}

package dev.photofinish.benchmarks.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** The scheduler's account of a process: nanoseconds of each of its threads, user and system. */
public final class CpuAccount {
  private final Map<Path, Long> threads;

  private CpuAccount(Map<Path, Long> threads) {
    this.threads = threads;
  }

  /** The account as it stands now. */
  public static CpuAccount of(long process) throws IOException {
    Map<Path, Long> threads = new HashMap<>();
    try (Stream<Path> all = Files.list(Path.of("/proc/" + process + "/task"))) {
      for (Path thread : all.toList()) {
        try {
          String account = Files.readString(thread.resolve("schedstat"));
          threads.put(thread, Long.parseLong(account.substring(0, account.indexOf(' '))));
        } catch (NoSuchFileException e) {
          // It has ended.
        }
      }
    }
    return new CpuAccount(threads);
  }

  /** Seconds since an earlier account, without those of threads that have ended. */
  public double secondsSince(CpuAccount earlier) {
    long nanos = 0;
    for (Map.Entry<Path, Long> thread : threads.entrySet()) {
      nanos += thread.getValue() - earlier.threads.getOrDefault(thread.getKey(), 0L);
    }
    return nanos / 1e9;
  }
}

package dev.photofinish.benchmarks.network;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * All contenders in one case, side by side: their exchanges start in turn, one every few
 * milliseconds, so that all meet the same network and the same load.
 */
final class Heat {
  private static final long GAP_NANOS = TimeUnit.MILLISECONDS.toNanos(4);

  private final Map<Who, Contender> contenders;

  Heat(Map<Who, Contender> contenders) {
    this.contenders = contenders;
  }

  /** So many exchanges of each. */
  Map<Who, Sample> run(int exchanges) {
    Map<Who, List<CompletableFuture<Double>>> started = new EnumMap<>(Who.class);
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      for (int i = 0; i < exchanges; i++) {
        contenders.forEach(
            (who, contender) -> {
              started
                  .computeIfAbsent(who, key -> new ArrayList<>())
                  .add(CompletableFuture.supplyAsync(() -> millis(contender), threads));
              LockSupport.parkNanos(GAP_NANOS);
            });
      }
      Map<Who, Sample> samples = new EnumMap<>(Who.class);
      started.forEach(
          (who, times) ->
              samples.put(who, new Sample(times.stream().map(CompletableFuture::join).toList())));
      return samples;
    } finally {
      threads.shutdownNow();
    }
  }

  private static double millis(Contender contender) {
    long start = System.nanoTime();
    try {
      contender.exchange();
    } catch (Exception e) {
      return Double.POSITIVE_INFINITY;
    }
    double took = (System.nanoTime() - start) / 1e6;
    return took <= Contender.LIMIT_MILLIS ? took : Double.POSITIVE_INFINITY;
  }
}

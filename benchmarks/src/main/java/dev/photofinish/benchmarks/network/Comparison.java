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
 * All clients in one case, side by side: their exchanges start alternately, one every few
 * milliseconds, so that all meet the same network and the same load.
 */
final class Comparison {
  private static final long GAP_NANOS = TimeUnit.MILLISECONDS.toNanos(4);

  private final Map<ClientKind, Client> clients;

  Comparison(Map<ClientKind, Client> clients) {
    this.clients = clients;
  }

  /** So many exchanges of each. */
  Map<ClientKind, Sample> run(int exchanges) {
    Map<ClientKind, List<CompletableFuture<Double>>> started = new EnumMap<>(ClientKind.class);
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      for (int i = 0; i < exchanges; i++) {
        clients.forEach(
            (kind, client) -> {
              started
                  .computeIfAbsent(kind, key -> new ArrayList<>())
                  .add(CompletableFuture.supplyAsync(() -> millis(client), threads));
              LockSupport.parkNanos(GAP_NANOS);
            });
      }
      Map<ClientKind, Sample> samples = new EnumMap<>(ClientKind.class);
      started.forEach(
          (kind, times) ->
              samples.put(kind, new Sample(times.stream().map(CompletableFuture::join).toList())));
      return samples;
    } finally {
      threads.shutdownNow();
    }
  }

  private static double millis(Client client) {
    long start = System.nanoTime();
    try {
      client.exchange();
    } catch (Exception e) {
      return Double.POSITIVE_INFINITY;
    }
    double took = (System.nanoTime() - start) / 1e6;
    return took <= Client.LIMIT_MILLIS ? took : Double.POSITIVE_INFINITY;
  }
}

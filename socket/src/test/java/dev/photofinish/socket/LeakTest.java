package dev.photofinish.socket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.camera.net.BadServer;
import dev.photofinish.race.RaceReport;
import dev.photofinish.race.Result;
import dev.photofinish.race.limiter.DialLimiterOptions;
import dev.photofinish.race.limiter.SharedDialLimiter;
import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Two thousand races, some interrupted and some closed in their midst, leave nothing behind, in the
 * limiter neither.
 */
@Timeout(120)
class LeakTest {
  private static final int RACES = 2000;
  private static final int AT_ONCE = 16;
  private static final String[] STRATEGIES = {"none", "first-wins", "last-wins", "hybrid"};

  private final long seed = Long.getLong("photofinish.seed", System.nanoTime());

  /** Half of those who race at once wait in line. */
  private final SharedDialLimiter limiter =
      new SharedDialLimiter(
          DialLimiterOptions.builder()
              .maxDials(AT_ONCE / 2)
              .extraAttemptsPerSecond(10_000)
              .build());

  private final AtomicInteger queued = new AtomicInteger();
  private final Map<Result, Integer> results = new EnumMap<>(Result.class);

  @Test
  void nothingIsLeft() throws Exception {
    System.out.println("seed: -Dphotofinish.seed=" + seed);
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    try (BadServer silent = BadServer.blackHole("127.1.1.1");
        Peer closes = new Peer("127.1.1.2", silent.address().getPort(), connection -> {})) {
      List<String> hosts = List.of("race.test", "reverse.test", "dead.test", "127.1.1.2");
      run(threads, hosts, closes.port(), AT_ONCE, new Random(seed)); // what is made once is there
      System.gc();
      int before = descriptors();

      run(threads, hosts, closes.port(), RACES, new Random(seed));

      Threads.eventually("no descriptor is left: " + before, () -> descriptors() <= before);
      Threads.eventually("no look-up is left", () -> lookUps() == 0);
      assertThat(List.of(limiter.taken(), limiter.waiting())).as("places").containsOnly(0);
      assertThat(queued).as("races that waited in line").hasPositiveValue();
      assertThat(results).containsKeys(Result.WON, Result.TIMED_OUT, Result.CANCELLED);
    } finally {
      threads.shutdownNow();
    }
  }

  private void run(
      ExecutorService threads, List<String> hosts, int port, int races, Random random) {
    List<CompletableFuture<Void>> all =
        random
            .ints(races)
            .mapToObj(each -> CompletableFuture.runAsync(() -> race(hosts, port, each), threads))
            .toList();
    all.forEach(CompletableFuture::join);
  }

  private void race(List<String> hosts, int port, int seedOfThis) {
    Random random = new Random(seedOfThis);
    String options =
        "allow-short-delay=on,racing-delay-ms=10,racing-timeout=%dms,connection-racing=%s"
            .formatted(1 + random.nextInt(60), STRATEGIES[random.nextInt(STRATEGIES.length)]);
    RacingSocketFactory racing =
        new RacingSocketFactory(options).limiter(limiter).onDecided(this::note);
    try (Socket socket = racing.createSocket()) {
      disturb(random, socket, Thread.currentThread());
      socket.setSoLinger(true, 0); // leaves no port in TIME_WAIT
      socket.connect(
          InetSocketAddress.createUnresolved(hosts.get(random.nextInt(hosts.size())), port),
          random.nextBoolean() ? 0 : 1 + random.nextInt(60));
      socket.getOutputStream().write(1);
    } catch (IOException e) {
      // refused, timed out, closed, interrupted: all of it is meant to happen
    } finally {
      boolean unused = Thread.interrupted();
    }
  }

  private static void disturb(Random random, Socket socket, Thread thread) {
    int how = random.nextInt(6);
    if (how > 1) {
      return;
    }
    CompletableFuture.delayedExecutor(random.nextInt(30), TimeUnit.MILLISECONDS)
        .execute(how == 0 ? thread::interrupt : () -> close(socket));
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private synchronized void note(RaceReport report) {
    queued.addAndGet(report.queuedFor() > 0 ? 1 : 0);
    if (report.result() != null) {
      results.merge(report.result(), 1, Integer::sum);
    }
  }

  private static int descriptors() {
    String[] open = new File("/proc/self/fd").list();
    return open == null ? 0 : open.length;
  }

  private static long lookUps() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("photofinish-name-"))
        .count();
  }
}

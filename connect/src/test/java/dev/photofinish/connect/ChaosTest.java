package dev.photofinish.connect;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.photofinish.race.Candidate;
import dev.photofinish.race.Cause;
import dev.photofinish.race.DialBudget;
import dev.photofinish.race.Outcome;
import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.RaceReport;
import dev.photofinish.race.Result;
import dev.photofinish.race.Strategy;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.socket.SocketChannelConfig;
import io.netty.util.ResourceLeakDetector;
import java.io.File;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/**
 * Cleanup: ten thousand races against peers that refuse, reset, stay mute or answer late, with
 * every strategy, some cancelled by their callers. Descriptors, channels, timers and buffers are
 * counted before and after: nothing is left.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what a peer cannot do any more, it need not do
@Tag("cleanup")
class ChaosTest {
  private static final int AT_ONCE = 64;
  private static final Strategy[] STRATEGIES = {
    Strategy.NONE, Strategy.FIRST_WINS, Strategy.LAST_WINS, Strategy.HYBRID
  };

  private final long seed = Long.getLong("photofinish.seed", System.nanoTime());
  private final UnpooledByteBufAllocator buffers = new UnpooledByteBufAllocator(true);
  private final Counter counter = new Counter();
  private final Map<Result, Integer> results = new EnumMap<>(Result.class);
  private final List<Endpoint> endpoints = new ArrayList<>();

  /** Counts what began and what ended. */
  private static final class Counter implements RaceListener {
    final AtomicInteger dialled = new AtomicInteger();
    final AtomicInteger ended = new AtomicInteger();
    final AtomicLong begun = new AtomicLong();
    final AtomicLong decided = new AtomicLong();

    @Override
    public void started(long race, Target target, RaceOptions options) {
      begun.incrementAndGet();
    }

    @Override
    public void attemptStarted(long race, int attempt, Candidate candidate) {
      dialled.incrementAndGet();
    }

    @Override
    public void attemptEnded(
        long race, int attempt, Outcome outcome, @Nullable Cause cause, @Nullable String detail) {
      ended.incrementAndGet();
    }

    @Override
    public void decided(long race, RaceReport report) {
      decided.incrementAndGet();
    }
  }

  @ParameterizedTest
  @CsvSource({"EPOLL, 10000", "NIO, 1000", "IO_URING, 1000"})
  @Timeout(120)
  void nothingIsLeft(Io io, int count) throws Exception {
    System.out.println("seed: -Dphotofinish.seed=" + seed);
    ListAppender<ILoggingEvent> leaks = new ListAppender<>();
    Logger detector = (Logger) LoggerFactory.getLogger(ResourceLeakDetector.class);
    leaks.start();
    detector.addAppender(leaks);
    try (Peers peers = new Peers();
        Loops loops = io.open(2);
        Connector connector =
            Connector.builder()
                .eventLoopGroup(loops.group())
                .listener(counter)
                .budget(DialBudget.unlimited())
                .build()) {
      startPeers(peers);
      race(connector, 1, new Random(seed)); // so that what is made once is there before counting
      Eventually.holds("the first race's connections end", () -> peers.open() == 0);
      int descriptors = descriptors();

      race(connector, count, new Random(seed));

      Eventually.holds("the peers see every connection end", () -> peers.open() == 0);
      Eventually.holds("no descriptor is left", () -> descriptors() <= descriptors);
      Eventually.holds("no timer is left", () -> Timers.scheduled(loops.group()) == 0);
      assertThat(connector.racing()).isZero();
      assertThat(counter.decided.get()).isEqualTo(counter.begun.get()).isEqualTo(count + 1);
      assertThat(counter.ended.get()).isEqualTo(counter.dialled.get()).isGreaterThan(count);
      assertThat(results).containsOnlyKeys(Result.values());
    } finally {
      detector.detachAppender(leaks);
    }
    assertThat(buffers.metric().usedDirectMemory()).isZero();
    assertThat(buffers.metric().usedHeapMemory()).isZero();
    System.gc();
    ByteBufAllocator.DEFAULT.buffer().release(); // the detector reports when a buffer is made
    assertThat(leaks.list).as("seed %d", seed).isEmpty();
    System.out.println(io + ": " + results + ", " + counter.dialled + " attempts");
  }

  private void startPeers(Peers peers) {
    for (int i = 1; i <= 4; i++) {
      endpoints.add(Peers.refuses("127.0.1." + i));
      endpoints.add(peers.resets("127.0.2." + i));
      endpoints.add(peers.resetsAfter("127.0.3." + i, 5));
      endpoints.add(peers.closes("127.0.4." + i));
      endpoints.add(peers.mute("127.0.5." + i));
      endpoints.add(peers.greets("127.0.6." + i));
      endpoints.add(peers.greetsAfter("127.0.7." + i, 15L * i));
    }
  }

  private void race(Connector connector, int count, Random random) throws Exception {
    Semaphore places = new Semaphore(AT_ONCE);
    List<CompletableFuture<?>> ends = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      places.acquire();
      RaceFuture race = start(connector, random);
      ends.add(
          race.handle(
              (won, lost) -> {
                places.release();
                return note(won, lost);
              }));
      if (random.nextInt(10) == 0) {
        cancelAfter(race, random.nextInt(40));
      }
    }
    CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
  }

  private RaceFuture start(Connector connector, Random random) {
    List<Endpoint> some = new ArrayList<>();
    int count = 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      some.add(endpoints.get(random.nextInt(endpoints.size())));
    }
    RaceOptions options =
        RaceOptions.builder()
            .connectionRacing(STRATEGIES[random.nextInt(STRATEGIES.length)])
            .allowShortDelay(true)
            .racingDelay(Duration.ofMillis(10 + random.nextInt(20)))
            .racingTimeout(Duration.ofMillis(100 + random.nextInt(200)))
            .build();
    return connector.connect(new Target(some), options, this::initialize);
  }

  private void initialize(Channel channel, Attempt attempt) {
    channel.config().setAllocator(buffers);
    // A reset in place of a close leaves no port in TIME_WAIT.
    ((SocketChannelConfig) channel.config()).setSoLinger(0);
    new Greeting().initialize(channel, attempt);
  }

  private synchronized boolean note(@Nullable Connection won, @Nullable Throwable lost) {
    if (won != null) {
      won.close();
      results.merge(Result.WON, 1, Integer::sum);
    } else if (lost instanceof RaceException failed && failed.report().result() != null) {
      results.merge(failed.report().result(), 1, Integer::sum);
    } else {
      assertThat(lost).isInstanceOf(CancellationException.class);
      results.merge(Result.CANCELLED, 1, Integer::sum);
    }
    return true;
  }

  private static void cancelAfter(RaceFuture race, int millis) {
    CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS)
        .execute(() -> race.cancel(true));
  }

  private static int descriptors() {
    String[] open = new File("/proc/self/fd").list();
    return open == null ? 0 : open.length;
  }
}

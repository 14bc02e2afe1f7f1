package dev.photofinish.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.connect.route.Endpoint;
import dev.photofinish.connect.route.Target;
import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.Result;
import dev.photofinish.race.Strategy;
import dev.photofinish.race.limiter.SharedDialLimiter;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.socket.SocketChannelConfig;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Many races at once against {@link ChaosPeers}, with every strategy, some cancelled at a random
 * instant, some with faults of the caller's: initializers and listeners that throw, a handler that
 * throws on close, a connector that is closed while races are on. Whatever happens, every race is
 * decided once, every attempt ends once, and nothing is left.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what is lost is noted by the handler before
final class Chaos {
  private static final int AT_ONCE = 384;
  private static final int ONE_FAULT_IN = 50;
  private static final int RACES_OF_A_CLOSED_CONNECTOR = 40;
  private static final Strategy[] STRATEGIES = {
    Strategy.NONE, Strategy.FIRST_WINS, Strategy.LAST_WINS, Strategy.HYBRID
  };

  private final Io io;
  private final Random random;
  private final ChaosPeers peers;
  private final ChaosListener listener;
  private final UnpooledByteBufAllocator buffers = new UnpooledByteBufAllocator(true);
  private final Semaphore places = new Semaphore(AT_ONCE);
  private final AtomicLong finished = new AtomicLong();
  private final Map<Result, Long> results = new TreeMap<>();

  private Chaos(Io io, Random random, ChaosPeers peers) {
    this.io = io;
    this.random = random;
    this.peers = peers;
    this.listener = new ChaosListener(() -> fault());
  }

  /** The counts of a round. */
  record Tally(long races, long attempts, Map<Result, Long> results) {}

  /**
   * Runs {@code races}, fewer if {@code enough} says so before, and verifies that nothing is left
   * of them.
   */
  static Tally round(Io io, long seed, int races, BooleanSupplier enough) throws Exception {
    Random random = new Random(seed);
    try (ChaosPeers peers = new ChaosPeers()) {
      return new Chaos(io, random, peers).run(races, enough);
    }
  }

  /** What the descriptors of this process are, for the failure's message. */
  static String open() {
    Map<String, Integer> kinds = new TreeMap<>();
    try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
      for (Path descriptor : all.toList()) {
        kinds.merge(kind(descriptor), 1, Integer::sum);
      }
    } catch (IOException e) {
      return e.toString();
    }
    return kinds.toString();
  }

  private static String kind(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString().replaceAll("\\d+", "N");
    } catch (IOException e) {
      return "closed";
    }
  }

  static int descriptors() {
    String[] open = new File("/proc/self/fd").list();
    return open == null ? 0 : open.length;
  }

  private Tally run(int races, BooleanSupplier enough) throws Exception {
    try (Loops loops = io.open(2)) {
      try (Connector connector = connector(Connector.builder().eventLoopGroup(loops.group()))) {
        for (int i = 0; i < races && !enough.getAsBoolean(); i++) {
          begin(connector);
        }
        allEnd();
        assertThat(connector.racing()).isZero();
      }
      closeWhileRacing();
      Eventually.holds("the peers see every connection end", () -> peers.open() == 0);
      Eventually.holds("no timer is left", () -> Timers.scheduled(loops.group()) == 0);
    }
    assertThat(listener.decided()).isEqualTo(listener.begun()).isEqualTo(finished.get());
    assertThat(listener.ended()).isEqualTo(listener.dialled());
    assertThat(buffers.metric().usedDirectMemory()).isZero();
    assertThat(buffers.metric().usedHeapMemory()).isZero();
    return new Tally(finished.get(), listener.dialled(), results);
  }

  private Connector connector(Connector.Builder builder) {
    return builder
        .listener(listener)
        .limiter(SharedDialLimiter.unlimited())
        .tls(TlsSettings.insecure())
        .nameServers(List.of(peers.nameServer()))
        .searchDomains(List.of())
        .build();
  }

  /** A connector with event loops of its own. */
  private void closeWhileRacing() throws InterruptedException {
    Connector connector = connector(Connector.builder());
    for (int i = 0; i < RACES_OF_A_CLOSED_CONNECTOR; i++) {
      begin(connector);
    }
    connector.close();
    allEnd();
    Eventually.holds("every race was told of", () -> listener.decided() == listener.begun());
  }

  private void allEnd() throws InterruptedException {
    assertThat(places.tryAcquire(AT_ONCE, 60, TimeUnit.SECONDS)).as("all races end").isTrue();
    places.release(AT_ONCE);
  }

  private void begin(Connector connector) throws InterruptedException {
    places.acquire();
    RaceFuture race = connector.connect(target(), options(), this::initialize);
    race.whenComplete(this::note);
    if (random.nextInt(10) == 0) {
      CompletableFuture.delayedExecutor(random.nextInt(40_000), TimeUnit.MICROSECONDS)
          .execute(() -> race.cancel(true));
    }
  }

  private Target target() {
    List<Endpoint> some = new ArrayList<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      some.add(peers.any(random));
    }
    return new Target(some);
  }

  private RaceOptions options() {
    return RaceOptions.builder()
        .connectionRacing(STRATEGIES[random.nextInt(STRATEGIES.length)])
        .allowShortDelay(true)
        .racingDelay(Duration.ofMillis(10 + random.nextInt(20)))
        .racingTimeout(Duration.ofMillis(100 + random.nextInt(200)))
        .resolutionDelay(Duration.ofMillis(random.nextInt(30)))
        .build();
  }

  private boolean fault() {
    return random.nextInt(ONE_FAULT_IN) == 0;
  }

  private void initialize(Channel channel, Attempt attempt) {
    channel.config().setAllocator(buffers);
    // A reset in place of a close leaves no port in TIME_WAIT.
    ((SocketChannelConfig) channel.config()).setSoLinger(0);
    if (fault()) {
      channel.pipeline().addFirst(new StubbornClose());
    }
    if (fault()) {
      throw new IllegalStateException("an initializer that throws");
    }
    new Greeting().initialize(channel, attempt);
  }

  private void note(@Nullable Connection won, @Nullable Throwable lost) {
    Result result = Result.CANCELLED;
    if (won != null) {
      result = Result.WON;
      StubbornClose.removeFrom(won.channel());
      won.close();
    } else if (lost instanceof RaceException failed && failed.report().result() != null) {
      result = failed.report().result();
    } else if (!(lost instanceof CancellationException)) {
      throw new AssertionError(lost);
    }
    synchronized (results) {
      results.merge(result, 1L, Long::sum);
    }
    finished.incrementAndGet();
    places.release();
  }
}

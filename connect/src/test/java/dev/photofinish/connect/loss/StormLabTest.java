package dev.photofinish.connect.loss;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.photofinish.camera.lab.Acceptor;
import dev.photofinish.camera.lab.Fault;
import dev.photofinish.camera.lab.Lab;
import dev.photofinish.camera.lab.Needs;
import dev.photofinish.connect.Connector;
import dev.photofinish.connect.observe.RaceListener;
import dev.photofinish.connect.route.Endpoint;
import dev.photofinish.connect.route.Target;
import dev.photofinish.race.Cause;
import dev.photofinish.race.Outcome;
import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.Stage;
import dev.photofinish.race.Strategy;
import dev.photofinish.race.address.Candidate;
import dev.photofinish.race.limiter.DialLimiterOptions;
import dev.photofinish.race.limiter.SharedDialLimiter;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * 5,000 real connections drop at once, the server is silent for 20 s, and all come back within the
 * limiter: dials counted here and SYNs by the kernel, descriptors and heap as flat as before.
 */
@Tag("lab")
class StormLabTest {
  private static final int PORT = 9000;
  private static final int WISHED = 5000;
  private static final long SILENCE_SECONDS = 20;
  private static final int DESCRIPTORS_FOR_OTHERS = 1000;
  private static final long MORE_HEAP = 32L << 20;
  private static final int MORE_DESCRIPTORS = 100;
  private static final Pattern PACKETS = Pattern.compile("packets (\\d+)");

  private final DialsInProgress dials = new DialsInProgress();
  private final SharedDialLimiter limiter = new SharedDialLimiter(DialLimiterOptions.defaults());

  @Test
  @Timeout(600)
  void allAreBackWithinTheLimiter() throws Exception {
    Needs.lab(Assumptions::abort);
    int count = affordable();
    ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    try (Lab lab = Lab.open();
        Connector connector = Connector.builder().limiter(limiter).listener(dials).build()) {
      lab.server()
          .startJava(Duration.ofMinutes(15), Acceptor.class, String.valueOf(PORT))
          .awaitLine(Acceptor.READY, Duration.ofMinutes(1));
      Target target = Target.of(new Endpoint(lab.server4().getHostAddress(), PORT));
      List<StormStream> streams = new ArrayList<>();
      SplittableRandom random = new SplittableRandom(1);
      for (int i = 0; i < count; i++) {
        streams.add(new StormStream(connector, target, options(), timer, random.split()));
      }
      allOf(streams, StormStream::open);
      Usage before = Usage.now();
      int dialsBefore = dials.count();
      countSyns(lab);

      lab.server().inflict(Fault.silence(PORT));
      long dropped = System.nanoTime();
      var healed = timer.schedule(() -> lab.server().heal(), SILENCE_SECONDS, TimeUnit.SECONDS);
      var during = timer.schedule(Usage::now, SILENCE_SECONDS / 2, TimeUnit.SECONDS);
      allOf(streams, StormStream::drop);
      healed.get();
      double seconds = (System.nanoTime() - dropped) / 1e9;
      Usage after = Usage.now();
      int storm = dials.count() - dialsBefore;
      System.out.printf(
          "storm lab: %d connections, %d dials (%.2f each), %d SYNs, at most %d at once, all back"
              + " after %.1f s%nstorm lab: before %s, during %s, after %s%n",
          count,
          storm,
          (double) storm / count,
          syns(lab),
          dials.peak(),
          seconds,
          before,
          during.get(),
          after);

      assertThat(seconds).isGreaterThanOrEqualTo(SILENCE_SECONDS);
      assertThat(dials.peak()).isLessThanOrEqualTo(DialLimiterOptions.defaults().maxDials());
      assertThat(storm).isBetween(count, count * 6 / 5);
      assertThat(syns(lab)).as("every dial sent one").isGreaterThanOrEqualTo(storm);
      assertThat(limiter.taken()).isZero();
      assertThat(limiter.waiting()).isZero();
      assertThat(during.get().descriptors()).isLessThan(before.descriptors() + MORE_DESCRIPTORS);
      assertThat(after.descriptors()).isLessThan(before.descriptors() + MORE_DESCRIPTORS);
      assertThat(after.heap()).isLessThan(before.heap() + MORE_HEAP);
    } finally {
      timer.shutdownNow();
    }
  }

  private static RaceOptions options() {
    return RaceOptions.builder().connectionRacing(Strategy.FIRST_WINS).build();
  }

  /** The server keeps both sides of the storm: it does not hear that the old ones are gone. */
  private static int affordable() {
    long limit = system().getMaxFileDescriptorCount();
    int count = (int) Math.min(WISHED, (limit - DESCRIPTORS_FOR_OTHERS) / 3);
    if (count < WISHED) {
      System.out.printf(
          "storm lab: %d connections instead of %d: the limit of descriptors is %d%n",
          count, WISHED, limit);
    }
    assertThat(count).as("connections that %s descriptors allow", limit).isGreaterThan(0);
    return count;
  }

  private static UnixOperatingSystemMXBean system() {
    return (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  }

  private interface Step {
    void take(StormStream stream, Runnable whenUp);
  }

  private static void allOf(List<StormStream> streams, Step step) throws InterruptedException {
    CountDownLatch up = new CountDownLatch(streams.size());
    streams.forEach(stream -> step.take(stream, up::countDown));
    assertThat(up.await(4, TimeUnit.MINUTES)).as("%s are not up", up.getCount()).isTrue();
  }

  /** Before the faults' own chain, so that lost SYNs are counted too. */
  private static void countSyns(Lab lab) {
    lab.server().run("nft", "add table inet storm");
    lab.server()
        .run("nft", "add chain inet storm count { type filter hook input priority -200 ; }");
    lab.server()
        .run(
            "nft",
            "add rule inet storm count tcp dport "
                + PORT
                + " tcp flags & (syn|ack) == syn counter");
  }

  private static int syns(Lab lab) {
    Matcher packets = PACKETS.matcher(lab.server().run("nft", "list table inet storm"));
    assertThat(packets.find()).isTrue();
    return Integer.parseInt(packets.group(1));
  }

  /** The descriptors and the heap that this process holds. */
  private record Usage(long descriptors, long heap) {
    static Usage now() {
      System.gc();
      return new Usage(
          system().getOpenFileDescriptorCount(),
          ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }

    @Override
    public String toString() {
      return descriptors + " descriptors and " + (heap >> 20) + " MiB";
    }
  }

  /** Counts what is neither ready nor ended. */
  private static final class DialsInProgress implements RaceListener {
    private final Set<String> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger inProgress = new AtomicInteger();
    private final AtomicInteger peak = new AtomicInteger();
    private final AtomicInteger count = new AtomicInteger();

    int count() {
      return count.get();
    }

    int peak() {
      return peak.get();
    }

    @Override
    public void attemptStarted(long race, int attempt, Candidate candidate) {
      open.add(race + "/" + attempt);
      count.incrementAndGet();
      peak.accumulateAndGet(inProgress.incrementAndGet(), Math::max);
    }

    @Override
    public void attemptReached(long race, int attempt, Stage stage) {
      if (stage == Stage.READY) {
        over(race, attempt);
      }
    }

    @Override
    public void attemptEnded(
        long race, int attempt, Outcome outcome, @Nullable Cause cause, @Nullable String detail) {
      over(race, attempt);
    }

    private void over(long race, int attempt) {
      if (open.remove(race + "/" + attempt)) {
        inProgress.decrementAndGet();
      }
    }
  }
}

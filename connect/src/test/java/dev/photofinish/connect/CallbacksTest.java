package dev.photofinish.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.photofinish.connect.route.Target;
import dev.photofinish.race.RaceOptions;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calls from within callbacks: none waits for an event loop, its own or another one. */
@Timeout(120)
@SuppressWarnings("FutureReturnValueIgnored") // the tests look at what the callbacks gave
class CallbacksTest {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /** Far below the 5 s for which a close waits elsewhere. */
  private static final long SOON_MILLIS = 3_000;

  private final Peers peers = new Peers();

  @AfterEach
  void close() {
    peers.close();
  }

  /** On the event loop of a race of {@code connector}. */
  private <T> T inCallback(Connector connector, Callable<T> action) throws Exception {
    return callback(connector, action).get(60, TimeUnit.SECONDS);
  }

  private <T> CompletableFuture<T> callback(Connector connector, Callable<T> action) {
    CompletableFuture<T> result = new CompletableFuture<>();
    AttemptInitializer calls =
        (channel, attempt) -> {
          try {
            result.complete(action.call());
          } catch (Exception e) {
            result.completeExceptionally(e);
          }
        };
    connector.connect(Target.of(peers.mute("127.0.0.1")), RaceOptions.defaults(), calls);
    return result;
  }

  /**
   * How many milliseconds a call waits; a machine that is busy with other things does not count.
   */
  private static long waitOf(Runnable action) {
    THREADS.setThreadContentionMonitoringEnabled(true);
    long before = waited();
    action.run();
    return waited() - before;
  }

  private static long waited() {
    return THREADS.getThreadInfo(Thread.currentThread().getId()).getWaitedTime();
  }

  @Test
  void aConnectorMayBeClosedInItsOwnCallback() throws Exception {
    Connector connector = Connectors.create();

    assertThat(inCallback(connector, () -> waitOf(connector::close))).isLessThan(SOON_MILLIS);
  }

  /** The other one's loop is kept busy by a callback, such as one that closes the first. */
  @Test
  void aConnectorMayBeClosedInACallbackOfAnother() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    Connector busy = Connectors.create();
    try (Connector other = Connectors.create()) {
      CompletableFuture<Long> held =
          callback(
              busy,
              () -> {
                begun.countDown();
                closed.await();
                return waitOf(other::close);
              });
      begun.await();
      try {
        assertThat(inCallback(other, () -> waitOf(busy::close))).isLessThan(SOON_MILLIS);
      } finally {
        closed.countDown();
      }
      assertThat(held.get(60, TimeUnit.SECONDS)).isLessThan(SOON_MILLIS);
    }
  }

  @Test
  void waitingForARaceInACallbackOfAnotherConnectorIsRefused() throws Exception {
    try (BlackHole hole = new BlackHole("127.0.0.1");
        Connector one = Connectors.create();
        Connector other = Connectors.create()) {
      RaceFuture race = other.connect(Target.of(hole.endpoint()), RaceOptions.defaults());
      assertRefused(one, race::await);
      assertRefused(one, race::get);
      assertRefused(one, race::join);
      assertRefused(one, () -> race.get(1, TimeUnit.HOURS));
      assertRefused(
          one, () -> other.connectBlocking(Target.of(hole.endpoint()), RaceOptions.defaults()));
    }
  }

  private void assertRefused(Connector connector, ThrowingCallable waits) throws Exception {
    assertThat(inCallback(connector, () -> catchThrowable(waits)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("whenComplete");
  }

  /** What is decided is there to be had. */
  @Test
  void aDecidedRaceMayBeAskedInACallback() throws Exception {
    try (Connector connector = Connectors.create()) {
      RaceFuture race =
          connector.connect(Target.of(peers.mute("127.0.0.1")), RaceOptions.defaults());
      try (Connection won = race.await()) {
        assertThat(inCallback(connector, race::await)).isEqualTo(won);
      }
    }
  }
}

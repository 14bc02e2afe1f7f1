package dev.photofinish.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.photofinish.camera.net.BadServer;
import dev.photofinish.host.ThisProcess;
import dev.photofinish.race.DialLimiter;
import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.RaceReport;
import dev.photofinish.race.Result;
import dev.photofinish.race.Strategy;
import dev.photofinish.race.limiter.DialLimiterOptions;
import dev.photofinish.race.limiter.SharedDialLimiter;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Races of plain sockets keep to the limiter of their process, and leave nothing in it. */
@Timeout(120)
class DialLimiterTest {
  private static final RaceOptions FIRST_WINS =
      RaceOptions.builder().connectionRacing(Strategy.FIRST_WINS).build();

  private final SharedDialLimiter one =
      new SharedDialLimiter(DialLimiterOptions.builder().maxDials(1).build());
  private final Reports reports = new Reports();
  private final RacingSocketFactory racing = new RacingSocketFactory().limiter(one);
  private final BadServer silent = BadServer.blackHole();
  private Connecting first = new Connecting(new Socket(), new Thread(), new CompletableFuture<>());

  private record Connecting(Socket socket, Thread thread, CompletableFuture<Throwable> end) {
    void close() throws Exception {
      socket.close();
      thread.join();
    }
  }

  private static Connecting connecting(RacingSocketFactory factory, InetSocketAddress to, int ms)
      throws Exception {
    Socket socket = factory.createSocket();
    CompletableFuture<Throwable> end = new CompletableFuture<>();
    Thread thread = new Thread(() -> end.complete(end(socket, to, ms)));
    thread.start();
    return new Connecting(socket, thread, end);
  }

  private static Throwable end(Socket socket, InetSocketAddress to, int timeout) {
    try {
      socket.connect(to, timeout);
      return new AssertionError("connected");
    } catch (Throwable e) {
      return Thread.currentThread().isInterrupted() ? new AssertionError("interrupted", e) : e;
    }
  }

  /** The one place is taken by a race into silence. */
  @BeforeEach
  void takeThePlace() throws Exception {
    first = connecting(racing, silent.address(), 60_000);
    Threads.eventually("the place is taken", () -> one.taken() == 1);
  }

  @AfterEach
  void nothingIsLeft() throws Exception {
    first.close();
    silent.close();
    assertThat(one.taken()).isZero();
    assertThat(one.waiting()).isZero();
  }

  private Connecting inLine(InetSocketAddress to, int timeout) throws Exception {
    Connecting next = connecting(racing.onDecided(reports), to, timeout);
    Threads.eventually("it waits in the queue", () -> one.waiting() == 1);
    return next;
  }

  @Test
  void aRaceWaitsUntilAnotherIsOver() throws Exception {
    try (Peer alive = Peer.echo("127.1.1.2", 0)) {
      Connecting next = inLine(alive.address(), 30_000);
      first.close();
      assertThat(next.end().join()).hasMessage("connected");
      RaceReport report = reports.first();
      assertThat(report.result()).isEqualTo(Result.WON);
      assertThat(report.queuedFor()).isPositive();
      assertThat(report.options().racingTimeout())
          .as("what is left of the timeout")
          .isEqualTo(Duration.ofSeconds(30).minusNanos(report.queuedFor()));
      next.close();
    }
  }

  @Test
  void withoutATimeoutOfTheCallersTheRaceHasAllOfItsOwn() throws Exception {
    try (Peer alive = Peer.echo("127.1.1.2", 0)) {
      Connecting next = inLine(alive.address(), 0);
      first.close();
      assertThat(next.end().join()).hasMessage("connected");
      assertThat(reports.first().queuedFor()).isPositive();
      assertThat(reports.first().options()).isEqualTo(FIRST_WINS);
      next.close();
    }
  }

  @Test
  void theTimeoutEndsTheWait() throws Exception {
    try (Socket next = racing.onDecided(reports).createSocket()) {
      assertThatThrownBy(() -> next.connect(silent.address(), 50))
          .isInstanceOf(SocketTimeoutException.class)
          .hasMessageMatching("Connect timed out: race to .* after 0.0 ms and .* in the queue .*");
    }
    RaceReport report = reports.first();
    assertThat(report.result()).isEqualTo(Result.TIMED_OUT);
    assertThat(report.attempts()).isEmpty();
    assertThat(Duration.ofNanos(report.queuedFor())).isGreaterThanOrEqualTo(Duration.ofMillis(50));
    assertThat(one.waiting()).isZero();
    assertThat(one.taken()).isOne();
  }

  @Test
  void anInterruptEndsTheWait() throws Exception {
    Connecting next = inLine(silent.address(), 0);
    next.thread().interrupt();
    assertThat(next.end().join())
        .hasMessage("interrupted")
        .hasCauseExactlyInstanceOf(InterruptedIOException.class);
    assertThat(reports.first().result()).isEqualTo(Result.CANCELLED);
    assertThat(one.waiting()).isZero();
  }

  @Test
  void aCloseEndsTheWait() throws Exception {
    Connecting next = inLine(silent.address(), 0);
    next.socket().close();
    assertThat(next.end().join())
        .isInstanceOf(SocketException.class)
        .hasMessageStartingWith("Socket closed");
    assertThat(one.waiting()).isZero();
  }

  @Test
  void aRaceThatBreaksGivesItsPlaceBack() throws Exception {
    first.close();
    RacingSocketFactory breaks =
        new RacingSocketFactory(
                RaceOptions.defaults(),
                host -> {
                  throw new IllegalStateException("no names today");
                })
            .limiter(one);
    assertThatThrownBy(() -> breaks.createSocket("race.test", 80))
        .isInstanceOf(IllegalStateException.class);
    assertThat(one.taken()).isZero();
  }

  @Test
  void attemptsThatAreThrottledAreInTheReport() throws Exception {
    SharedDialLimiter noExtras =
        new SharedDialLimiter(
            DialLimiterOptions.builder().extraAttemptsPerSecond(0).extraAttemptsShare(0).build());
    RacingSocketFactory frugal =
        new RacingSocketFactory("racing-delay-ms=100").limiter(noExtras).onDecided(reports);
    try (Socket socket = frugal.createSocket()) {
      assertThatThrownBy(() -> socket.connect(silent.address(), 400))
          .isInstanceOf(SocketTimeoutException.class);
    }
    assertThat(reports.first().attempts()).hasSize(1);
    assertThat(reports.first().throttled())
        .singleElement()
        .satisfies(
            throttled -> {
              assertThat(throttled.attempt()).isEqualTo(2);
              assertThat(throttled.reason()).isEqualTo(DialLimiter.Reason.EXTRA_ATTEMPTS);
            });
    assertThat(noExtras.taken()).isZero();
  }

  @Test
  void theLimiterIsThatOfTheProcess() throws Exception {
    Connecting another = connecting(new RacingSocketFactory(), silent.address(), 60_000);
    Threads.eventually("its dials count", () -> ThisProcess.limiter().taken() > 0);
    another.close();
    assertThat(ThisProcess.limiter().taken()).isZero();
  }
}

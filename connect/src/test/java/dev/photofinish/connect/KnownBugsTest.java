package dev.photofinish.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.photofinish.connect.observe.RaceListener;
import dev.photofinish.connect.route.Endpoint;
import dev.photofinish.connect.route.Target;
import dev.photofinish.race.Cause;
import dev.photofinish.race.Outcome;
import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.RaceReport;
import dev.photofinish.race.Result;
import dev.photofinish.race.Stage;
import dev.photofinish.race.address.Candidate;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.util.concurrent.Ticker;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Bugs that other racing engines had and mended, as far as channels, threads and callers are
 * concerned: each test is named after the bug and says where it was known. The machine's own are in
 * the engine's test of the same name; those of name servers in {@link ResolutionTest}; those of
 * threads that complete, cancel and interrupt in {@link RaceFutureTest}.
 */
@Timeout(120)
@SuppressWarnings("FutureReturnValueIgnored") // everything runs in this thread, in run()
class KnownBugsTest extends DriverScript {

  // Late success after cancel. Python's asyncio, a QUIC library: the task had been cancelled, or an
  // outer timeout had dropped it, and the connection that came all the same stayed open.

  @Test
  void lateSuccessAfterCancel() {
    Channel listener = listen("192.0.2.1", false);
    RaceFuture race = race(FIRST_WINS, "192.0.2.1");
    run(1);
    race.cancel(true);
    assertThatThrownBy(race::get).isInstanceOf(CancellationException.class);
    listener.read();
    run(1);
    // isOpen would lie: accepting a local channel that was closed sets it to connected again.
    assertThat(dialled).hasSize(1).allMatch(channel -> channel.closeFuture().isDone());
  }

  // Several winners in one turn. aiohappyeyeballs: two sockets connected in the same turn of the
  // loop, one was returned, the other leaked.

  @Test
  void severalWinnersInOneTurn() throws Exception {
    Channel first = listen("192.0.2.1", false);
    Channel second = listen("192.0.2.2", false);
    RaceFuture race = race(FIRST_WINS, "192.0.2.1", "192.0.2.2");
    run(260);
    first.read();
    second.read();
    run(1);
    assertThat(race.get().channel()).isSameAs(dialled.get(0));
    assertThat(dialled).extracting(Channel::isActive).containsExactly(true, false);
    assertThat(Timers.pending(loop)).isZero();
  }

  // Success in the stagger's instant. Trio: the next dial began although the one before had just
  // connected.

  @Test
  void successInTheStaggersInstant() throws Exception {
    Channel listener = listen("192.0.2.1", false);
    RaceFuture race = race(FIRST_WINS, "192.0.2.1", "192.0.2.2");
    run(249);
    listener.read();
    run(1);
    assertThat(race.get().report().attempts()).hasSize(1);
    assertThat(dialled).hasSize(1);
  }

  // Success with the caller's cancel. The caller had gone, the winner was handed to nobody.

  @Test
  void successWithTheCallersCancel() {
    Channel listener = listen("192.0.2.1", false);
    RaceFuture race = race(FIRST_WINS, "192.0.2.1");
    run(1);
    listener.read();
    race.obtrudeException(new CancellationException("gone before the race knows"));
    run(1);
    assertThat(dialled).hasSize(1).noneMatch(Channel::isOpen);
  }

  @Test
  void successWithTheTimeout() throws Exception {
    Channel listener = listen("192.0.2.1", false);
    RaceOptions options =
        FIRST_WINS.toBuilder().redial(false).racingTimeout(Duration.ofMillis(100)).build();
    RaceFuture race = race(options, "192.0.2.1");
    run(99);
    listener.read();
    run(1);
    assertThat(race.get().channel().isActive()).isTrue();
  }

  // Timers left behind. curl: the timer of the stagger went on after the connection was there.

  @Test
  void timersLeftBehind() {
    listen("192.0.2.1", false);
    Channel listener = listen("192.0.2.2", false);
    race(FIRST_WINS, "192.0.2.1", "192.0.2.2");
    run(260);
    assertThat(Timers.pending(loop)).isOne();
    listener.read();
    run(1);
    assertThat(Timers.pending(loop)).isZero();
    assertThat(connector.racing()).isZero();
  }

  // Connect that throws at once. Node, curl: EINVAL, a security manager, an address that was never
  // resolved, no descriptor left came as an exception out of the call, past whoever waited for the
  // event, and the other addresses were never tried. ScarcityTest runs out of descriptors.

  static Stream<Exception> whatConnectThrows() {
    return Stream.of(
        new IOException("Invalid argument"),
        new ConnectException("Connection refused"),
        new SecurityException("no sockets today"),
        new UnresolvedAddressException(),
        new IOException("Too many open files"));
  }

  @ParameterizedTest
  @MethodSource("whatConnectThrows")
  void connectThatThrowsAtOnce(Exception thrown) throws Exception {
    listen("192.0.2.2", true);
    Throwing throwing = new Throwing(thrown);
    AttemptInitializer firstThrows =
        (channel, attempt) -> {
          initialize(channel, attempt);
          if (attempt.number() == 1) {
            channel.pipeline().addLast(throwing);
          }
        };
    Target target = Target.parse("192.0.2.1:554,192.0.2.2:554");
    RaceFuture race = connector.connect(target, FIRST_WINS, firstThrows);
    run(10);
    RaceReport report = race.get().report();
    assertThat(report.attempts())
        .extracting(RaceReport.Attempt::outcome)
        .containsExactly(Outcome.FAILED, Outcome.WON);
    assertThat(report.attempts().get(0).cause()).isIn(Cause.LOCAL, Cause.REFUSED);
    assertThat(dialled).extracting(Channel::isOpen).containsExactly(false, true);
  }

  private static final class Throwing extends ChannelOutboundHandlerAdapter {
    private final Exception thrown;

    Throwing(Exception thrown) {
      this.thrown = thrown;
    }

    @Override
    public void connect(
        ChannelHandlerContext ctx,
        SocketAddress remote,
        @Nullable SocketAddress local,
        ChannelPromise promise)
        throws Exception {
      throw thrown;
    }
  }

  @Test
  void connectThatCompletesInsideTheCall() throws Exception {
    listen("192.0.2.1", true);
    RaceFuture race = race(FIRST_WINS, "192.0.2.1");
    run(0);
    assertThat(race.get().report().decidedAt()).isZero();
    assertThat(Timers.pending(loop)).isZero();
    assertThat(race.get().channel().pipeline().names()).noneMatch(name -> name.startsWith("Dial"));
  }

  @Test
  void connectThatFailsInsideTheCall() throws Exception {
    listen("192.0.2.2", true);
    RaceFuture race = race(FIRST_WINS, "192.0.2.1", "192.0.2.2");
    run(10);
    assertThat(starts(race.get().report())).containsExactly(0L, 10L);
    assertThat(race.get().report().attempts().get(0).cause()).isEqualTo(Cause.REFUSED);
  }

  // Cancel before the socket exists. ReactPHP, .NET: the cancel came between the call and the
  // dial, found nothing to close, and the dial went ahead.

  @Test
  void cancelBeforeTheSocketExists() {
    listen("192.0.2.1", true);
    List<String> told = new ArrayList<>();
    connector = connector().listener(new Teller(told)).build();
    RaceFuture race = race(FIRST_WINS, "192.0.2.1");
    race.cancel(true);
    run(300);
    assertThat(dialled).isEmpty();
    assertThat(told).containsExactly("started", "decided CANCELLED");
    assertThat(connector.racing()).isZero();
    assertThat(Timers.pending(loop)).isZero();
  }

  private record Teller(List<String> told) implements RaceListener {
    @Override
    public void started(long race, Target target, RaceOptions options) {
      told.add("started");
    }

    @Override
    public void attemptStarted(long race, int attempt, Candidate candidate) {
      told.add("attempt " + attempt);
    }

    @Override
    public void decided(long race, RaceReport report) {
      told.add("decided " + report.result());
    }
  }

  // Empty error list. Node, anyio: "AggregateError: []", or an index out of range, where there was
  // nothing to dial.

  @Test
  void emptyErrorList() {
    RaceFuture race = connector.connect(Target.parse("[fe80::1%nozone9]:554"), FIRST_WINS);
    run(1);
    assertThatThrownBy(race::get)
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOf(RaceException.class)
        .hasMessageContainingAll("failed", "0 attempts", "no such zone");
  }

  // Failure declared too early. curl: all addresses of one family failed at once, the other was
  // never tried.

  @Test
  void failureDeclaredTooEarly() throws Exception {
    listen("192.0.2.3", true);
    RaceFuture race = race(FIRST_WINS, "2001:db8::1", "2001:db8::2", "192.0.2.3");
    run(20);
    assertThat(race.get().report().result()).isEqualTo(Result.WON);
    assertThat(race.get().report().attempts()).hasSize(3);
  }

  // Error without writability. Select and poll loops that looked for writability alone never heard
  // of a refusal, or took the error for a connection.

  @ParameterizedTest
  @EnumSource
  void errorWithoutWritability(Io io) {
    try (Loops loops = io.open();
        Connector sockets = Connectors.builder().eventLoopGroup(loops.group()).build()) {
      RaceException lost =
          catchThrowableOfType(
              RaceException.class,
              () -> sockets.connectBlocking(Target.of(Peers.refuses("127.0.0.1")), FIRST_WINS));
      RaceReport.Attempt attempt = lost.report().attempts().get(0);
      assertThat(attempt.cause()).isEqualTo(Cause.REFUSED);
      assertThat(attempt.stage()).isEqualTo(Stage.STARTED);
      assertThat(lost.report().attempts()).hasSize(1);
    }
  }

  // Close that throws. OkHttp, Go: an exception out of the loser's close ended the loop that had
  // others to close, or took the winner's place.

  @Test
  void closeThatThrows() throws Exception {
    losersCloseWith(
        new ChannelOutboundHandlerAdapter() {
          @Override
          public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
            throw new IllegalStateException("close that throws");
          }
        });
  }

  @Test
  void closeThatIsNeverDone() throws Exception {
    losersCloseWith(
        new ChannelOutboundHandlerAdapter() {
          @Override
          public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
            // and does not pass it on
          }
        });
  }

  /** The handler stands before the connector's own. */
  private void losersCloseWith(ChannelOutboundHandlerAdapter closing) throws Exception {
    listen("192.0.2.1", false);
    listen("192.0.2.2", true);
    AttemptInitializer initializer =
        (channel, attempt) -> {
          initialize(channel, attempt);
          if (attempt.number() == 1) {
            channel.pipeline().addFirst(closing);
          }
        };
    RaceFuture race =
        connector.connect(Target.parse("192.0.2.1:554,192.0.2.2:554"), FIRST_WINS, initializer);
    run(260);
    assertThat(race.get().channel()).isSameAs(dialled.get(1));
    assertThat(dialled).extracting(Channel::isOpen).containsExactly(false, true);
  }

  // The pipeline was emptied. A handler that takes all others out of the pipeline takes ours too.

  @Test
  void pipelineThatWasEmptied() throws Exception {
    listen("192.0.2.1", true);
    AttemptInitializer initializer =
        (channel, attempt) -> {
          dialled.add(channel);
          while (channel.pipeline().first() != null) {
            channel.pipeline().removeFirst();
          }
          initialize(channel, attempt);
        };
    RaceFuture race = connector.connect(Target.parse("192.0.2.1:554"), FIRST_WINS, initializer);
    run(1);
    assertThat(race.get().channel().isActive()).isTrue();
  }

  // The caller that waits for ever. An error in the engine's own task, such as a class that cannot
  // be loaded without a descriptor, went to the log of the event loop and to nobody else.

  @Test
  void callerThatWaitsForEver() {
    listen("192.0.2.1", false);
    AtomicBoolean broken = new AtomicBoolean();
    Ticker ticker =
        new Ticker() {
          @Override
          public long nanoTime() {
            if (broken.get()) {
              throw new NoClassDefFoundError("thrown by a test");
            }
            return clock.nanoTime();
          }

          @Override
          public long initialNanoTime() {
            return clock.initialNanoTime();
          }

          @Override
          public void sleep(long delay, TimeUnit unit) {
            throw new UnsupportedOperationException();
          }
        };
    connector = connector().ticker(ticker).build();
    RaceFuture race = race(FIRST_WINS, "192.0.2.1");
    run(1);
    broken.set(true);
    run(300);
    assertThatThrownBy(race::get)
        .hasRootCauseInstanceOf(NoClassDefFoundError.class)
        .rootCause()
        .hasMessage("thrown by a test");
    assertThat(dialled).hasSize(1).noneMatch(Channel::isOpen);
    assertThat(connector.racing()).isZero();
    assertThat(Timers.pending(loop)).isZero();
  }

  // Dial on a loop that has ended. The call threw what the executor throws, or never returned.

  @Test
  void connectWhenTheLoopsHaveEnded() {
    Loops loops = Io.NIO.open();
    Connector late = Connectors.builder().eventLoopGroup(loops.group()).build();
    loops.close();
    assertThatThrownBy(() -> late.connect(Target.parse("192.0.2.1:554"), FIRST_WINS))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("event loops have ended");
    assertThat(late.racing()).isZero();
  }

  // 10,000 addresses. A hosts file or zone of that size held the thread for seconds: each address
  // was sorted, looked up or dialled at once.

  @ParameterizedTest
  @EnumSource
  void tenThousandAddresses(Io io) throws Exception {
    RaceOptions patient =
        FIRST_WINS.toBuilder()
            .racingDelay(Duration.ofSeconds(2))
            .racingTimeout(Duration.ofSeconds(20))
            .build();
    try (ManyAddresses many = new ManyAddresses(10_000);
        Loops loops = io.open();
        Connector sockets =
            Connectors.builder().eventLoopGroup(loops.group()).hostsFile(many.hosts()).build();
        Connection won =
            sockets.connectBlocking(
                Target.of(new Endpoint("pool.example", many.port())), patient)) {
      InetSocketAddress remote = (InetSocketAddress) won.channel().remoteAddress();
      assertThat(remote.getAddress()).isEqualTo(many.live());
      assertThat(won.report().attempts()).hasSize(many.before() + 1);
      assertThat(won.report().answers().stream().mapToInt(a -> a.candidates().size()).sum())
          .isEqualTo(10_000);
    }
  }
}

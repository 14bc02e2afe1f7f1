package dev.photofinish.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.photofinish.race.Cause;
import dev.photofinish.race.Outcome;
import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.RaceReport;
import dev.photofinish.race.Stage;
import dev.photofinish.race.Strategy;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.ManualIoEventLoop;
import io.netty.channel.local.LocalAddress;
import io.netty.channel.local.LocalIoHandler;
import io.netty.channel.local.LocalServerChannel;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The driver step by step: no sockets, no threads, and a clock that the test turns. */
@SuppressWarnings("FutureReturnValueIgnored") // everything runs in this thread, in run()
class RaceDriverTest {
  private static final RaceOptions FIRST_WINS =
      RaceOptions.builder().connectionRacing(Strategy.FIRST_WINS).build();

  private static final RaceOptions AUTO_DELAY = FIRST_WINS.toBuilder().racingDelayAuto().build();

  private final MockTicker clock = Ticker.newMockTicker();
  private final ManualIoEventLoop loop =
      new ManualIoEventLoop(null, Thread.currentThread(), LocalIoHandler.newFactory(), clock);
  private final List<Channel> accepted = new ArrayList<>();
  private final List<Channel> dialled = new ArrayList<>();
  private final List<Channel> listeners = new ArrayList<>();
  private Connector connector = Connector.builder().eventLoopGroup(loop).ticker(clock).build();

  @AfterEach
  void close() {
    connector.close();
    listeners.forEach(Channel::close);
    accepted.forEach(Channel::close);
    loop.runNow();
  }

  /** Runs what is due now, then {@code millis} later in steps of one. */
  private void run(int millis) {
    loop.runNow();
    for (int i = 0; i < millis; i++) {
      clock.advance(1, TimeUnit.MILLISECONDS);
      loop.runNow();
    }
  }

  private Channel listen(String address, boolean accepts) {
    Channel listener =
        new ServerBootstrap()
            .group(loop)
            .channel(LocalServerChannel.class)
            .option(ChannelOption.AUTO_READ, accepts)
            .childHandler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    accepted.add(channel);
                  }
                })
            .bind(new LocalAddress(address))
            .channel();
    listeners.add(listener);
    loop.runNow();
    return listener;
  }

  /** Finish line connect, on local addresses named like the candidates. */
  private void initialize(Channel channel, Attempt attempt) {
    dialled.add(channel);
    channel
        .pipeline()
        .addLast(
            new ChannelOutboundHandlerAdapter() {
              @Override
              public void connect(
                  ChannelHandlerContext ctx,
                  SocketAddress remote,
                  @Nullable SocketAddress local,
                  ChannelPromise promise) {
                InetSocketAddress ip = (InetSocketAddress) remote;
                ctx.connect(new LocalAddress(ip.getAddress().getHostAddress()), promise);
              }
            },
            new ChannelInboundHandlerAdapter() {
              @Override
              public void channelActive(ChannelHandlerContext ctx) {
                attempt.reached(Stage.READY);
              }
            });
  }

  private RaceFuture race(RaceOptions options, String... addresses) {
    List<Endpoint> endpoints = new ArrayList<>();
    for (String address : addresses) {
      endpoints.add(new Endpoint(address, 554));
    }
    return connector.connect(new Target(endpoints), options, this::initialize);
  }

  private static List<Long> starts(RaceReport report) {
    return report.attempts().stream()
        .map(attempt -> TimeUnit.NANOSECONDS.toMillis(attempt.start()))
        .toList();
  }

  @Test
  void aDialThatCompletesAtOnceWinsAtOnce() throws Exception {
    listen("192.0.2.1", true);
    RaceFuture race = race(FIRST_WINS, "192.0.2.1");
    run(0);
    assertThat(race.get().report().decidedAt()).isZero();
    assertThat(Timers.pending(loop)).isZero();
    assertThat(race.get().channel().pipeline().names()).noneMatch(name -> name.startsWith("Dial"));
  }

  @Test
  void oneTimerARace() {
    listen("192.0.2.1", false);
    RaceFuture race = race(FIRST_WINS, "192.0.2.1");
    for (int i = 0; i < 2000; i++) {
      run(1);
      assertThat(Timers.pending(loop)).isOne();
    }
    race.cancel(true);
    run(0);
    assertThat(Timers.pending(loop)).isZero();
    assertThat(connector.racing()).isZero();
  }

  @Test
  void startsAreWhereTheRaceWantsThem() throws Exception {
    listen("192.0.2.1", false);
    listen("192.0.2.2", false);
    listen("192.0.2.3", true);
    RaceFuture race = race(FIRST_WINS, "192.0.2.1", "192.0.2.2", "192.0.2.3");
    run(600);
    RaceReport report = race.get().report();
    assertThat(starts(report)).containsExactly(0L, 250L, 500L);
    assertThat(report.attempts())
        .extracting(RaceReport.Attempt::outcome)
        .containsExactly(Outcome.CANCELLED, Outcome.CANCELLED, Outcome.WON);
    assertThat(dialled).extracting(Channel::isOpen).containsExactly(false, false, true);
  }

  @Test
  void aDialThatFailsInsideTheCallIsFollowedByTheNext() throws Exception {
    listen("192.0.2.2", true);
    RaceFuture race = race(FIRST_WINS, "192.0.2.1", "192.0.2.2");
    run(10);
    assertThat(starts(race.get().report())).containsExactly(0L, 10L);
    assertThat(race.get().report().attempts().get(0).cause()).isEqualTo(Cause.REFUSED);
  }

  @Test
  void anInitializerThatThrowsLosesItsAttemptAlone() {
    AttemptInitializer broken =
        (channel, attempt) -> {
          dialled.add(channel);
          throw new IllegalStateException("no handler today");
        };
    RaceFuture race = connector.connect(Target.parse("192.0.2.1:554"), FIRST_WINS, broken);
    run(0);
    assertThatThrownBy(race::get)
        .isInstanceOf(ExecutionException.class)
        .cause()
        .satisfies(
            lost ->
                assertThat(lost.getSuppressed()[0])
                    .hasMessageContaining("cause local (no handler today)"));
    assertThat(dialled).noneMatch(Channel::isOpen);
  }

  @Test
  void aConnectionThatComesAfterTheRaceIsClosed() {
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

  @Test
  void aWinnerThatNobodyWantsAnyMoreIsClosed() {
    listen("192.0.2.1", true);
    RaceFuture race = race(FIRST_WINS, "192.0.2.1");
    race.obtrudeException(new CancellationException("gone before the race knows"));
    run(1);
    assertThat(dialled).hasSize(1).noneMatch(Channel::isOpen);
  }

  @Test
  void theTimeoutEndsWhatIsStillDialling() {
    listen("192.0.2.1", false);
    RaceOptions options = FIRST_WINS.toBuilder().racingTimeout(Duration.ofMillis(400)).build();
    RaceFuture race = race(options, "192.0.2.1");
    run(400);
    assertThatThrownBy(race::get)
        .cause()
        .isInstanceOf(RaceException.class)
        .hasMessageContaining("timed-out after 400.0 ms (first-wins, 2 attempts)");
    assertThat(dialled).hasSize(2).noneMatch(Channel::isOpen);
  }

  /** Local connects take no time: with history the automatic delay is at its minimum of 100 ms. */
  @Test
  void anAutomaticDelayLearnsFromEarlierRaces() {
    learn(1);
    assertThat(secondStart()).isEqualTo(100);
  }

  @Test
  void everyTenthRaceIgnoresWhatWasLearnt() {
    learn(9);
    assertThat(secondStart()).as("the tenth").isEqualTo(250);
    assertThat(secondStart()).as("the eleventh").isEqualTo(100);
  }

  @Test
  void withHistoryOffNothingIsAskedAndNothingLearnt() {
    learn(1);
    assertThat(secondStart(AUTO_DELAY.toBuilder().history(false).build())).isEqualTo(250);
  }

  @Test
  void withHistoryOffNothingIsLearnt() {
    learn(1, AUTO_DELAY.toBuilder().history(false).build());
    assertThat(secondStart()).isEqualTo(250);
  }

  @Test
  void theTenthRaceLearnsToo() {
    learn(9, AUTO_DELAY.toBuilder().history(false).build());
    learn(1);
    assertThat(secondStart()).isEqualTo(100);
  }

  @Test
  void connectorsMayShareWhatTheyLearn() {
    SharedHistory shared = new SharedHistory(new LocalNetwork(() -> "lan"));
    connector = connector(shared);
    learn(1);
    connector = connector(shared);
    assertThat(secondStart()).isEqualTo(100);
  }

  @Test
  void onAnotherNetworkNothingIsKnown() {
    AtomicReference<String> network = new AtomicReference<>("lan");
    connector = connector(new SharedHistory(new LocalNetwork(network::get)));
    learn(1);
    network.set("lte");
    run(1000);
    assertThat(secondStart()).isEqualTo(250);
  }

  private Connector connector(SharedHistory history) {
    return Connector.builder().eventLoopGroup(loop).ticker(clock).history(history).build();
  }

  private void learn(int races) {
    learn(races, AUTO_DELAY);
  }

  private void learn(int races, RaceOptions options) {
    Channel listener = listen("192.0.2.1", true);
    for (int i = 0; i < races; i++) {
      race(options, "192.0.2.1");
      run(0);
    }
    listener.close();
    run(0);
  }

  private long secondStart() {
    return secondStart(AUTO_DELAY);
  }

  private long secondStart(RaceOptions options) {
    Channel listener = listen("192.0.2.1", false);
    RaceFuture race = race(options, "192.0.2.1");
    int before = dialled.size();
    int millis = 0;
    for (run(0); dialled.size() < before + 2 && millis < 1000; millis++) {
      run(1);
    }
    race.cancel(true);
    listener.close();
    run(0);
    return millis;
  }
}

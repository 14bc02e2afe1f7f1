package dev.photofinish.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.photofinish.connect.observe.RaceListener;
import dev.photofinish.connect.route.Endpoint;
import dev.photofinish.connect.route.Target;
import dev.photofinish.race.Outcome;
import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.RaceReport;
import dev.photofinish.race.Result;
import dev.photofinish.race.Stage;
import dev.photofinish.race.Strategy;
import dev.photofinish.race.address.Candidate;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Cancelling, interrupting and completing from outside, at every stage of an attempt. */
@Timeout(120)
@SuppressWarnings("FutureReturnValueIgnored") // the tests look at the race, not at derived stages
class RaceFutureTest {
  private static final RaceOptions OPTIONS =
      RaceOptions.builder().connectionRacing(Strategy.FIRST_WINS).build();

  /** The stage of an attempt when the caller cancels. */
  enum Moment {
    AT_ONCE,
    DIALLING,
    CONNECTED,
    HANDSHAKING
  }

  /** Completes with the report once the race is decided, and with the moment an attempt starts. */
  private static final class Watcher implements RaceListener {
    final CompletableFuture<RaceReport> decided = new CompletableFuture<>();
    final CountDownLatch dialled = new CountDownLatch(1);
    final CountDownLatch connected = new CountDownLatch(1);

    @Override
    public void attemptStarted(long race, int attempt, Candidate candidate) {
      dialled.countDown();
    }

    @Override
    public void attemptReached(long race, int attempt, Stage stage) {
      connected.countDown();
    }

    @Override
    public void decided(long race, RaceReport report) {
      decided.complete(report);
    }
  }

  private final Peers peers = new Peers();
  private final Watcher watcher = new Watcher();
  private final Connector connector =
      Connectors.builder().listener(watcher).tls(TlsSettings.insecure()).build();

  @AfterEach
  void close() {
    connector.close();
    peers.close();
  }

  private RaceReport decided() throws Exception {
    return watcher.decided.get(60, TimeUnit.SECONDS);
  }

  @ParameterizedTest
  @EnumSource
  void cancellingTheFutureCancelsTheRace(Moment moment) throws Exception {
    try (BlackHole hole = new BlackHole("127.0.0.1")) {
      RaceFuture race = startedUpTo(moment, hole);
      assertThat(race.cancel(true)).isTrue();
      assertThatThrownBy(race::await).isInstanceOf(CancellationException.class);
      assertThat(decided().result()).isEqualTo(Result.CANCELLED);
      assertThat(decided().attempts()).allMatch(attempt -> attempt.outcome() == Outcome.CANCELLED);
      Eventually.holds("the peer sees its connection end", () -> peers.open() == 0);
    }
  }

  private RaceFuture startedUpTo(Moment moment, BlackHole hole) throws Exception {
    Endpoint mute = peers.mute("127.0.0.1");
    Target target =
        switch (moment) {
          case AT_ONCE, DIALLING -> Target.of(hole.endpoint());
          case CONNECTED -> Target.of(mute);
          case HANDSHAKING -> Target.of(new Endpoint(mute.host(), mute.port(), true));
        };
    RaceFuture race =
        moment == Moment.CONNECTED
            ? connector.connect(target, OPTIONS, new Greeting())
            : connector.connect(target, OPTIONS);
    if (moment == Moment.DIALLING) {
      assertThat(watcher.dialled.await(60, TimeUnit.SECONDS)).isTrue();
    } else if (moment != Moment.AT_ONCE) {
      assertThat(watcher.connected.await(60, TimeUnit.SECONDS)).isTrue();
    }
    return race;
  }

  /** Known from engines whose interrupt left the dials on, or was swallowed. */
  @ParameterizedTest
  @EnumSource
  void interruptAtEachStep(Moment moment) throws Exception {
    try (BlackHole hole = new BlackHole("127.0.0.1")) {
      RaceFuture race = startedUpTo(moment, hole);
      Thread.currentThread().interrupt();
      assertThatThrownBy(race::await).isInstanceOf(InterruptedException.class);
      assertThat(Thread.currentThread().isInterrupted()).as("told by the exception").isFalse();
      assertThat(decided().result()).isEqualTo(Result.CANCELLED);
      Eventually.holds("the peer sees its connection end", () -> peers.open() == 0);
    }
  }

  @Test
  void anInterruptAfterTheWinLeavesTheConnectionToTheCaller() throws Exception {
    RaceFuture race = connector.connect(Target.of(peers.mute("127.0.0.1")), OPTIONS);
    race.await();
    Thread.currentThread().interrupt();
    try (Connection won = race.await()) {
      assertThat(Thread.interrupted()).isTrue();
      assertThat(won.channel().isActive()).isTrue();
    }
  }

  @Test
  void aTimeoutOfTheFutureEndsTheRaceToo() throws Exception {
    try (BlackHole hole = new BlackHole("127.0.0.1")) {
      CompletableFuture<Connection> race =
          connector
              .connect(Target.of(hole.endpoint()), OPTIONS)
              .orTimeout(1, TimeUnit.MILLISECONDS);
      assertThatThrownBy(race::get)
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(TimeoutException.class);
      assertThat(decided().result()).isEqualTo(Result.CANCELLED);
    }
  }

  @Test
  void aDerivedStageLeavesTheRaceAlone() throws Exception {
    RaceFuture race = connector.connect(Target.of(peers.mute("127.0.0.1")), OPTIONS);
    race.thenApply(Connection::channel).cancel(true);
    try (Connection won = race.await()) {
      assertThat(won.channel().isActive()).isTrue();
    }
  }

  @Test
  void cancellingAfterTheWinLeavesTheConnectionToTheCaller() throws Exception {
    RaceFuture race = connector.connect(Target.of(peers.mute("127.0.0.1")), OPTIONS);
    try (Connection won = race.await()) {
      assertThat(race.cancel(true)).isFalse();
      assertThat(won.channel().isActive()).isTrue();
    }
  }

  @Test
  void awaitingOnTheRacesEventLoopIsRefused() throws Exception {
    CompletableFuture<Throwable> thrown = new CompletableFuture<>();
    CompletableFuture<RaceFuture> race = new CompletableFuture<>();
    AttemptInitializer awaits =
        (channel, attempt) ->
            channel
                .eventLoop()
                .execute(() -> thrown.complete(catchThrowable(() -> race.join().await())));
    try (BlackHole hole = new BlackHole("127.0.0.1");
        Loops loops = Io.NIO.open();
        Connector single = Connectors.builder().eventLoopGroup(loops.group()).build()) {
      CountDownLatch known = new CountDownLatch(1);
      loops.group().execute(() -> Eventually.await(known));
      race.complete(single.connect(Target.of(hole.endpoint()), OPTIONS, awaits));
      known.countDown();
      assertThat(thrown.get(60, TimeUnit.SECONDS)).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void closingTheConnectorCancelsItsRaces() throws Exception {
    try (BlackHole hole = new BlackHole("127.0.0.1")) {
      RaceFuture race = connector.connect(Target.of(hole.endpoint()), OPTIONS);
      connector.close();
      assertThatThrownBy(race::await).isInstanceOf(CancellationException.class);
      assertThatThrownBy(() -> connector.connect(Target.of(hole.endpoint()), OPTIONS))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("closed");
    }
  }

  @Test
  void anExceptionOfAListenerChangesNothing() throws Exception {
    RaceListener rude =
        new RaceListener() {
          @Override
          public void decided(long race, RaceReport report) {
            throw new IllegalStateException("rude");
          }
        };
    try (Connector withRude = Connectors.builder().listener(rude).listener(watcher).build();
        Connection won = withRude.connectBlocking(Target.of(peers.mute("127.0.0.1")), OPTIONS)) {
      assertThat(won.channel().isActive()).isTrue();
      assertThat(decided().result()).isEqualTo(Result.WON);
    }
  }
}

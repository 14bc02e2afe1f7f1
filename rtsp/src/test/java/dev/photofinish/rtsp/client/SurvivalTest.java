package dev.photofinish.rtsp.client;

import static dev.photofinish.rtsp.client.CameraState.FAILED;
import static dev.photofinish.rtsp.client.CameraState.PLAYING;
import static dev.photofinish.rtsp.client.CameraState.RECONNECTING;
import static dev.photofinish.rtsp.client.CameraState.STALLED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.camera.CameraEvent;
import dev.photofinish.camera.CameraEvent.Kind;
import dev.photofinish.camera.CameraReport;
import dev.photofinish.camera.HangUp;
import dev.photofinish.camera.OnLimit;
import dev.photofinish.camera.SimulatedCamera;
import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.RaceReport;
import dev.photofinish.race.Strategy;
import dev.photofinish.retry.RetryOptions;
import dev.photofinish.retry.RetryStrategy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Faults of cameras, and streams that come back. */
class SurvivalTest {
  private static final Duration BOUND = Duration.ofSeconds(60);

  /** A stream counts as stable at once, so that a drop is followed by a race at once. */
  private static final RetryOptions AT_ONCE =
      RetryOptions.builder().stableAfter(Duration.ZERO).build();

  private final Recorder recorder = new Recorder();
  private final RtspClient client = Clients.create();

  @AfterEach
  void close() {
    client.close();
  }

  private static RaceOptions race(Strategy strategy) {
    return Patience.race().connectionRacing(strategy).build();
  }

  private static ClientOptions watch(long suspectMillis, long stallMillis) {
    return ClientOptions.builder()
        .stallSuspect(Duration.ofMillis(suspectMillis))
        .stallTimeout(Duration.ofMillis(stallMillis))
        .build();
  }

  @ParameterizedTest
  @EnumSource
  @Tag("replacement")
  void aConnectionThatEndsIsReplacedAtOnce(HangUp how) throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().start()) {
      CameraStream stream = client.open(Patience.at(camera.url()).withRetry(AT_ONCE), recorder);
      recorder.awaitPackets(10);
      if (how == HangUp.RST) {
        camera.dropAll();
      } else {
        camera.hangUp();
      }
      recorder.awaitState(PLAYING, 2);
      assertThat(recorder.states()).containsExactly("PLAYING", "RECONNECTING", "PLAYING");
      assertThat(recorder.retries()).hasSize(1);
      assertThat(recorder.retries().get(0)).startsWith("1 0 ");
      StreamStatistics statistics = stream.statistics();
      assertThat(statistics.reconnects()).isEqualTo(1);
      assertThat(statistics.outages()).hasSize(1);
      assertThat(statistics.outages().get(0).to()).isNotNull();
      assertThat(statistics.lost()).isZero();
      assertThat(camera.awaitConnections(1, BOUND).connections()).isEqualTo(2);
    }
  }

  /**
   * So that a listener knows the first packet of a connection that is described as the last was.
   */
  @Test
  void packetsHaveTheVeryStreamsThatWereDescribedForTheirConnection() throws Exception {
    List<List<MediaStream>> described = new CopyOnWriteArrayList<>();
    AtomicInteger others = new AtomicInteger();
    CameraListener listener =
        new CameraListener() {
          @Override
          public void described(CameraStream stream, List<MediaStream> streams) {
            described.add(streams);
          }

          @Override
          @SuppressWarnings("ReferenceEquality") // this is what is tested
          public void packet(CameraStream stream, RtpPacket packet) {
            List<MediaStream> last = described.get(described.size() - 1);
            others.addAndGet(packet.stream() == last.get(packet.stream().index()) ? 0 : 1);
          }
        };
    try (SimulatedCamera camera = SimulatedCamera.builder().start()) {
      client.open(
          Patience.at(camera.url()).withRetry(AT_ONCE), CameraListener.all(listener, recorder));
      recorder.awaitPackets(10);
      camera.hangUp();
      recorder.awaitState(PLAYING, 2);
      recorder.awaitPackets(recorder.packets() + 10);
    }
    assertThat(described).hasSize(2);
    assertThat(described.get(1)).isEqualTo(described.get(0));
    assertThat(others).hasValue(0);
  }

  @Test
  void autoRacesAnewAfterTwoEarlyDropsAndSaysWhy() throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().start()) {
      RetryOptions fixed =
          RetryOptions.builder()
              .retryStrategy(RetryStrategy.LINEAR)
              .stableAfter(Duration.ZERO)
              .build();
      client.open(
          Patience.at(camera.url()).withRace(race(Strategy.AUTO)).withRetry(fixed), recorder);
      for (int plays = 1; plays <= 2; plays++) {
        recorder.awaitState(PLAYING, plays);
        camera.hangUp();
      }
      recorder.awaitState(PLAYING, 3);
      assertThat(recorder.races())
          .extracting(RaceReport::strategy)
          .containsExactly(Strategy.NONE, Strategy.NONE, Strategy.LAST_WINS);
      assertThat(recorder.retryReasons().get(1))
          .matches(
              ".*; now last-wins instead of none: last outcomes dropped after \\d+ m?s, dropped"
                  + " after \\d+ m?s");
    }
  }

  @Test
  void aRebootIsWaitedFor() throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().start()) {
      client.open(Patience.at(camera.url()).withRetry(AT_ONCE), recorder);
      recorder.awaitPackets(10);
      camera.reboot(Duration.ofMillis(1500));
      recorder.awaitState(PLAYING, 2);
      // While the host refuses at once, its server is expected soon: the delay does not grow.
      assertThat(recorder.retries().subList(1, recorder.retries().size()))
          .isNotEmpty()
          .allMatch(retry -> retry.contains(" 250 "));
    }
  }

  @Test
  @Tag("replacement")
  void deathIsNoticedAndReplaced() throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().start()) {
      client.open(
          Camera.at(camera.url()).withRetry(AT_ONCE).withOptions(watch(200, 10_000)), recorder);
      recorder.awaitPackets(10);
      camera.mute();
      recorder.awaitState(RECONNECTING, 1);
      assertThat(recorder.reasons().get(1)).contains("nor an answer within 1 s");
      camera.unmute();
      recorder.awaitState(PLAYING, 2);
      assertThat(recorder.states()).containsExactly("PLAYING", "RECONNECTING", "PLAYING");
    }
  }

  @Test
  void aStallThatEndsCostsNoConnection() throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().start()) {
      CameraStream stream =
          client.open(Camera.at(camera.url()).withOptions(watch(200, 30_000)), recorder);
      recorder.awaitPackets(10);
      camera.pauseMedia();
      recorder.awaitState(STALLED, 1);
      camera.resumeMedia();
      recorder.awaitState(PLAYING, 2);
      assertThat(recorder.states()).containsExactly("PLAYING", "STALLED", "PLAYING");
      assertThat(camera.report().connections()).isEqualTo(1);
      assertThat(stream.statistics().outages()).hasSize(1);
      assertThat(stream.statistics().reconnects()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"NONE", "FIRST_WINS"})
  @Tag("replacement")
  void aStalledConnectionIsTornDownThenReplaced(Strategy strategy) throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().start()) {
      client.open(
          Camera.at(camera.url())
              .withRace(race(strategy))
              .withRetry(AT_ONCE)
              .withOptions(watch(200, 1000)),
          recorder);
      recorder.awaitPackets(10);
      camera.pauseMedia();
      recorder.awaitState(RECONNECTING, 1);
      camera.resumeMedia();
      recorder.awaitState(PLAYING, 2);
      CameraReport report = camera.awaitConnections(1, BOUND);
      assertThat(report.requests("TEARDOWN")).isPositive();
      assertThat(tearsDownBeforeItConnectsAnew(report)).as(report::toString).isTrue();
      assertThat(report.sessionsLeftBehind()).isZero();
    }
  }

  /** The camera may accept the new connection before it sees the end of the one torn down. */
  private static boolean tearsDownBeforeItConnectsAnew(CameraReport report) {
    for (CameraEvent event : report.events()) {
      if (event.kind() == Kind.CONNECTED && event.connection() > 1) {
        return false;
      }
      if (event.kind() == Kind.REQUEST && event.detail().startsWith("TEARDOWN")) {
        return true;
      }
    }
    return false;
  }

  @ParameterizedTest
  @EnumSource(names = {"LAST_WINS", "HYBRID"})
  @Tag("replacement")
  void theNewConnectionIsReadyBeforeTheStalledOneIsClosed(Strategy strategy) throws Exception {
    RaceOptions one = race(strategy).toBuilder().maxParallelConnections(1).build();
    try (SimulatedCamera camera = SimulatedCamera.builder().start()) {
      client.open(
          Camera.at(camera.url()).withRace(one).withRetry(AT_ONCE).withOptions(watch(200, 1000)),
          recorder);
      recorder.awaitPackets(10);
      camera.pauseMedia();
      recorder.awaitState(RECONNECTING, 1);
      camera.await(r -> r.requests("TEARDOWN") > 0, BOUND);
      camera.resumeMedia();
      recorder.awaitState(PLAYING, 2);
      CameraReport report = camera.awaitConnections(1, BOUND);
      assertThat(report.connectionsPeak()).isEqualTo(2);
      assertThat(report.sessionsLeftBehind()).isZero();
    }
  }

  @Test
  @Tag("replacement")
  void mediaThatComesBackBeforeTheReplacementIsReadyIsKept() throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().start()) {
      client.open(
          Camera.at(camera.url())
              .withRace(race(Strategy.LAST_WINS))
              .withRetry(
                  RetryOptions.builder()
                      .retryStrategy(RetryStrategy.LINEAR)
                      .initialRetryDelay(Duration.ofSeconds(20))
                      .build())
              .withOptions(watch(200, 1000)),
          recorder);
      recorder.awaitPackets(10);
      int before = camera.report().connections();
      camera.pauseMedia();
      recorder.awaitState(RECONNECTING, 1);
      camera.resumeMedia();
      recorder.awaitState(PLAYING, 2);
      assertThat(camera.report().connections()).isEqualTo(before);
      int packets = recorder.packets();
      recorder.awaitPackets(packets + 25);
    }
  }

  @Test
  void aCameraMaySendNothingAtNight() throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().start()) {
      client.open(Camera.at(camera.url()).withOptions(watch(100, 0)), recorder);
      recorder.awaitPackets(10);
      camera.pauseMedia();
      camera.await(r -> r.requests("GET_PARAMETER") >= 4, BOUND);
      assertThat(recorder.states()).containsExactly("PLAYING", "STALLED");
      camera.resumeMedia();
      recorder.awaitState(PLAYING, 2);
      assertThat(camera.report().connections()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"LAST_WINS", "HYBRID"})
  @Tag("last-wins")
  void aDeviceThatDropsItsOlderClientIsPlayed(Strategy strategy) throws Exception {
    try (SimulatedCamera camera =
        SimulatedCamera.builder()
            .limit(1, OnLimit.DROP_OLDEST)
            .answerDelay(Duration.ofMillis(150))
            .start()) {
      RaceOptions race = race(strategy).toBuilder().racingDelay(Duration.ofMillis(100)).build();
      client.open(Patience.at(camera.url()).withRace(race), recorder);
      recorder.awaitPackets(50);
      assertThat(recorder.count(PLAYING)).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"STATUS_453", "STATUS_503", "REJECT_NEW"})
  void aFullDeviceIsNotHammered(OnLimit policy) throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().limit(1, policy).start()) {
      Recorder first = new Recorder();
      client.open(Patience.at(camera.url()), first);
      CameraStream second = client.start(Patience.at(camera.url()), recorder);
      recorder.await("a retry", r -> !r.retries().isEmpty());
      second.close();
      assertThat(recorder.retries()).singleElement().asString().contains(" 5000 ");
      assertThat(first.states()).containsExactly("PLAYING");
    }
  }

  @Test
  void aFullDeviceIsLeftAloneForAsLongAsItAsked() throws Exception {
    try (ScriptedCamera camera =
        ScriptedCamera.saying("503 Service Unavailable\r\nRetry-After: 7")) {
      client.start(Patience.at(camera.url()).withRetry(AT_ONCE), recorder);
      recorder.await("a retry", r -> !r.retries().isEmpty());
      assertThat(recorder.retries()).singleElement().asString().matches("1 (6\\d{3}|7000) .*");
    }
  }

  @Test
  @Tag("last-wins")
  void aDeviceThatDropsWinnersIsRacedAsLastWins() throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().start()) {
      client.open(
          Patience.at(camera.url()).withRace(race(Strategy.HYBRID)).withRetry(AT_ONCE), recorder);
      for (int plays = 1; plays <= 2; plays++) {
        recorder.awaitState(PLAYING, plays);
        int asked = plays;
        // Two ends at the same request would be a quirk of that request.
        camera.await(report -> report.requests("OPTIONS") == asked, BOUND);
        camera.hangUp();
      }
      recorder.await("three races", r -> r.races().size() >= 3);
      assertThat(recorder.races().stream().map(RaceReport::strategy).limit(3))
          .containsExactly(Strategy.HYBRID, Strategy.HYBRID, Strategy.LAST_WINS);
    }
  }

  @Test
  void theNextAddressIsUsedWhenTheFirstIsGone() throws Exception {
    try (SimulatedCamera first = SimulatedCamera.builder().start();
        SimulatedCamera second = SimulatedCamera.builder().start()) {
      client.open(
          Patience.at(first.url(), second.url())
              .withRace(race(Strategy.FIRST_WINS))
              .withRetry(AT_ONCE),
          recorder);
      recorder.awaitPackets(10);
      first.reboot(Duration.ofHours(1));
      recorder.awaitState(PLAYING, 2);
      assertThat(second.report().connectionsOpen()).isEqualTo(1);
    }
  }

  @Test
  void nobodyThereIsGivenUpAfterTheAttempts() throws Exception {
    String url;
    try (SimulatedCamera gone = SimulatedCamera.builder().start()) {
      url = gone.url();
    }
    RetryOptions retry =
        RetryOptions.builder()
            .retryStrategy(RetryStrategy.IMMEDIATE)
            .maxReconnectionAttempts(3)
            .build();
    CameraStream stream = client.start(Camera.at(url).withRetry(retry), recorder);
    recorder.awaitState(FAILED, 1);
    assertThat(recorder.retries()).hasSize(3);
    assertThat(recorder.races()).hasSize(4);
    assertThat(stream.ended().toCompletableFuture())
        .failsWithin(BOUND)
        .withThrowableOfType(java.util.concurrent.ExecutionException.class)
        .withCauseInstanceOf(CameraFailedException.class)
        .withMessageContaining("after 3 retries");
  }
}

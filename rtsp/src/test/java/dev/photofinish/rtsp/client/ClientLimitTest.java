package dev.photofinish.rtsp.client;

import static dev.photofinish.rtsp.client.CameraState.FAILED;
import static dev.photofinish.rtsp.client.CameraState.PLAYING;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.camera.CameraEvent.Kind;
import dev.photofinish.camera.CameraReport;
import dev.photofinish.camera.OnLimit;
import dev.photofinish.camera.SimulatedCamera;
import dev.photofinish.clientlimit.ClientLimit;
import dev.photofinish.clientlimit.LimitPolicy;
import dev.photofinish.race.FinishLine;
import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.RaceReport;
import dev.photofinish.race.Strategy;
import dev.photofinish.retry.RetryOptions;
import dev.photofinish.retry.RetryStrategy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Cameras that take one client: once that is known, the client costs nobody a place. The cases wait
 * more than they work, so they run side by side; each has a client and a camera of its own.
 */
@Tag("last-wins")
class ClientLimitTest {
  private static final Duration BOUND = Duration.ofSeconds(60);
  private static final Map<OnLimit, LimitPolicy> POLICIES =
      Map.of(
          OnLimit.DROP_OLDEST, LimitPolicy.DROPS_OLDEST,
          OnLimit.REJECT_NEW, LimitPolicy.REJECTS_NEW,
          OnLimit.SILENT, LimitPolicy.STAYS_SILENT,
          OnLimit.STATUS_453, LimitPolicy.ANSWERS_FULL,
          OnLimit.STATUS_503, LimitPolicy.ANSWERS_FULL);

  private final Recorder first = new Recorder();
  private final Recorder second = new Recorder();
  private final RtspClient client = Clients.create();

  @AfterEach
  void close() {
    client.close();
  }

  private static Camera camera(SimulatedCamera camera, Strategy strategy) {
    return Camera.at(camera.url())
        .withRace(
            RaceOptions.builder()
                .connectionRacing(strategy)
                .racingDelay(Duration.ofMillis(100))
                .racingTimeout(Duration.ofSeconds(3))
                .build())
        .withRetry(
            RetryOptions.builder()
                .retryStrategy(RetryStrategy.IMMEDIATE)
                .maxReconnectionAttempts(-1)
                .build());
  }

  /** Silence is soon acted upon. */
  private static Camera impatient(Camera camera) {
    return camera.withOptions(
        ClientOptions.builder()
            .stallSuspect(Duration.ofMillis(200))
            .stallTimeout(Duration.ofSeconds(1))
            .build());
  }

  private ClientLimit profile(SimulatedCamera camera) {
    return client.profile(Camera.at(camera.url())).orElseThrow();
  }

  private static int drops(SimulatedCamera camera) {
    CameraReport report = camera.report();
    return report.droppedByLimit() + report.refusedByLimit();
  }

  @Test
  void whatAnotherClientLearntIsKnownAndForgottenInTime() {
    Camera camera = Camera.at("rtsp://127.0.0.1:9/a");
    ClientLimit limit = new ClientLimit(1, LimitPolicy.DROPS_OLDEST, 0, "elsewhere", 0);
    client.remember(camera, limit, Duration.ofMinutes(10));
    assertThat(client.profile(camera)).isEmpty();
    client.remember(camera, limit, Duration.ofMinutes(9));
    assertThat(client.profile(camera)).map(ClientLimit::policy).contains(LimitPolicy.DROPS_OLDEST);
  }

  /** Two streams of one client: one has the place, the other waits and says why. */
  @ParameterizedTest
  @Execution(ExecutionMode.CONCURRENT)
  @EnumSource(
      names = {"DROP_OLDEST_OF_SOURCE", "DEGRADE"},
      mode = EnumSource.Mode.EXCLUDE)
  void whatOneStreamLearnsTheOtherGoesBy(OnLimit policy) throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().limit(1, policy).start()) {
      CompletableFuture<CameraStream> waits = new CompletableFuture<>();
      CameraListener turnedAway =
          new CameraListener() {
            @Override
            public void retry(CameraStream s, int n, Duration delay, String how, String reason) {
              if (isWaiting(reason)) {
                waits.complete(s);
              }
            }
          };
      CameraStream one =
          client.start(camera(camera, Strategy.NONE), CameraListener.all(first, turnedAway));
      first.awaitPackets(10);
      client.start(camera(camera, Strategy.NONE), CameraListener.all(second, turnedAway));
      // A camera that drops older clients leaves the place to either, as it happens.
      Recorder waiting = waits.get(BOUND.toSeconds(), SECONDS) == one ? first : second;
      assertThat(profile(camera).limit()).isEqualTo(1);
      assertThat(profile(camera).policy()).isEqualTo(POLICIES.get(policy));
      int caused = drops(camera);
      long turns = waits(waiting);
      waiting.await("another turn", r -> waits(r) > turns);
      assertThat(drops(camera)).as(() -> camera.report().toString()).isEqualTo(caused);
      Recorder served = waiting == first ? second : first;
      long plays = served.count(PLAYING);
      served.awaitPackets(served.packets() + 25);
      assertThat(served.count(PLAYING)).isEqualTo(plays);
    }
  }

  private static long waits(Recorder recorder) {
    return recorder.retryReasons().stream().filter(ClientLimitTest::isWaiting).count();
  }

  private static boolean isWaiting(String reason) {
    return reason.contains("other streams of this client have what places there are");
  }

  @Test
  void theOtherStreamPlaysWhenThePlaceIsFree() throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().limit(1, OnLimit.STATUS_453).start()) {
      CameraStream stream = client.open(camera(camera, Strategy.NONE), first);
      client.start(camera(camera, Strategy.NONE), second);
      second.await("a retry", r -> !r.retries().isEmpty());
      stream.close();
      second.awaitState(PLAYING, 1);
      assertThat(drops(camera)).isEqualTo(1);
    }
  }

  @Test
  void theOtherStreamGivesUpWithTheReason() throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().limit(1, OnLimit.REJECT_NEW).start()) {
      client.open(camera(camera, Strategy.NONE), first);
      client.start(
          camera(camera, Strategy.NONE)
              .withRetry(RetryOptions.builder().maxReconnectionAttempts(1).build()),
          second);
      second.awaitState(FAILED, 1);
      assertThat(second.reasons().get(0))
          .contains("takes one client and rejects the newer")
          .contains("other streams of this client have what places there are");
      assertThat(drops(camera)).isEqualTo(1);
    }
  }

  /** A restart, or a broken network, is no sign of a limit. */
  @Test
  void aDeviceThatServedTwoAndDroppedBothServesBothAgain() throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().start()) {
      client.start(camera(camera, Strategy.NONE), first);
      client.start(camera(camera, Strategy.NONE), second);
      for (int plays = 1; plays <= 3; plays++) {
        first.awaitState(PLAYING, plays);
        second.awaitState(PLAYING, plays);
        // Most of a second: what ends a moment after a newer one came has made room for it.
        first.awaitPackets(first.packets() + 60);
        second.awaitPackets(second.packets() + 60);
        assertThat(client.profile(Camera.at(camera.url()))).as("after %d plays", plays).isEmpty();
        camera.dropAll();
      }
    }
  }

  /** Closes without another of ours do not show which limit it is, if it is one. */
  @Test
  void anotherStreamShowsThatALimitWasNone() throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().start()) {
      client.start(camera(camera, Strategy.NONE), first);
      for (int plays = 1; plays <= 2; plays++) {
        first.awaitState(PLAYING, plays);
        // The last request is answered: none is to blame for the end of the connection.
        int connections = plays;
        camera.await(report -> report.requests("OPTIONS") >= connections, BOUND);
        camera.dropAll();
      }
      first.awaitState(PLAYING, 3);
      assertThat(profile(camera).limit()).isNull();
      client.start(camera(camera, Strategy.NONE), second);
      second.awaitState(PLAYING, 1);
      second.await("no limit", r -> client.profile(Camera.at(camera.url())).isEmpty());
      assertThat(first.count(PLAYING)).isEqualTo(3);
    }
  }

  private static Stream<Arguments> strategiesAndFinishLines() {
    return Stream.of(Strategy.FIRST_WINS, Strategy.LAST_WINS, Strategy.HYBRID)
        .flatMap(
            strategy ->
                Stream.of(FinishLine.RESPONSE, FinishLine.MEDIA)
                    .map(line -> Arguments.of(strategy, line)));
  }

  /** The race that shows the limit costs a connection its place, the races after it none. */
  @ParameterizedTest
  @Execution(ExecutionMode.CONCURRENT)
  @MethodSource("strategiesAndFinishLines")
  @Tag("replacement")
  void afterAFaultNothingIsDroppedAnyMore(Strategy strategy, FinishLine line) throws Exception {
    try (SimulatedCamera camera =
        SimulatedCamera.builder()
            .limit(1, OnLimit.DROP_OLDEST)
            .answerDelay(Duration.ofMillis(300))
            .start()) {
      Camera one = impatient(camera(camera, strategy));
      client.start(one.withRace(one.race().toBuilder().finishLine(line).build()), first);
      first.awaitState(PLAYING, 1);
      raceUntilTheLimitIsKnown(camera);
      int plays = Math.toIntExact(first.count(PLAYING));
      int learnt = first.races().size();
      assertThat(profile(camera).limit()).isEqualTo(1);
      int caused = drops(camera);
      camera.hangUp();
      first.awaitState(PLAYING, plays + 1);
      camera.dropAll();
      first.awaitState(PLAYING, plays + 2);
      camera.pauseMedia();
      camera.await(r -> r.requests("TEARDOWN") > 0, BOUND);
      camera.resumeMedia();
      first.await("media again", r -> r.states().lastIndexOf("PLAYING") == r.states().size() - 1);
      assertThat(drops(camera)).as(() -> camera.report().toString()).isEqualTo(caused);
      List<RaceReport> races = first.races();
      assertThat(races.subList(learnt, races.size()))
          .allMatch(race -> race.options().maxConnectedAttempts() == 1);
    }
  }

  /**
   * The first race shows it where the camera accepts in time: one that is late closes the older
   * connection too late to be seen as the cause.
   */
  private void raceUntilTheLimitIsKnown(SimulatedCamera camera) throws InterruptedException {
    Camera known = Camera.at(camera.url());
    for (int turns = 1; turns < 5 && client.profile(known).map(ClientLimit::limit).isEmpty(); ) {
      camera.hangUp();
      first.awaitState(PLAYING, ++turns);
    }
  }

  /** Whoever hears it, all streams of the client wait. */
  @Test
  void aFullDeviceIsNotDialledForFiveSecondsByAnyStream() throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().limit(1, OnLimit.STATUS_503).start();
        RtspClient stranger = Clients.create()) {
      stranger.open(Camera.at(camera.url()), new Recorder());
      client.start(camera(camera, Strategy.NONE), first);
      first.await("a retry", r -> !r.retries().isEmpty());
      client.start(camera(camera, Strategy.NONE), second);
      CameraReport report = camera.await(r -> r.connections() >= 3, BOUND);
      Duration refused = report.times(Kind.REFUSED).get(0);
      List<Duration> dials = report.times(Kind.CONNECTED);
      assertThat(dials.get(2).minus(refused)).isGreaterThanOrEqualTo(Duration.ofSeconds(5));
      assertThat(profile(camera).limit()).as("a stranger has the place").isNull();
    }
  }

  /** A camera of another policy keeps the old session's place: it goes before the new one comes. */
  @ParameterizedTest
  @Execution(ExecutionMode.CONCURRENT)
  @EnumSource(names = {"SILENT", "REJECT_NEW"})
  @Tag("replacement")
  void aKeptSessionGoesWhenTheDeviceHasNoPlaceBesideIt(OnLimit policy) throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().limit(1, policy).start()) {
      client.start(impatient(camera(camera, Strategy.LAST_WINS)), first);
      first.awaitPackets(10);
      camera.pauseMedia();
      camera.await(r -> r.requests("TEARDOWN") > 0, BOUND);
      camera.resumeMedia();
      first.awaitState(PLAYING, 2);
      assertThat(profile(camera).policy()).isEqualTo(POLICIES.get(policy));
      int caused = drops(camera);
      camera.hangUp();
      first.awaitState(PLAYING, 3);
      assertThat(drops(camera)).as(() -> camera.report().toString()).isEqualTo(caused);
    }
  }
}

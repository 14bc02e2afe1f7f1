package dev.photofinish.rtsp.client;

import static dev.photofinish.rtsp.client.CameraState.FAILED;
import static dev.photofinish.rtsp.client.CameraState.PLAYING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.photofinish.camera.AuthScheme;
import dev.photofinish.camera.CameraEvent.Kind;
import dev.photofinish.camera.CameraReport;
import dev.photofinish.camera.Knob;
import dev.photofinish.camera.OnLimit;
import dev.photofinish.camera.SimulatedCamera;
import dev.photofinish.race.FinishLine;
import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.Strategy;
import dev.photofinish.race.limiter.DialLimiterOptions;
import dev.photofinish.race.limiter.SharedDialLimiter;
import dev.photofinish.retry.RetryOptions;
import dev.photofinish.retry.RetryStrategy;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A stream through HTTP, HTTPS and WebSocket, from the first dial to TEARDOWN. */
class TunnelledStreamTest {
  private static final Duration BOUND = Duration.ofSeconds(60);

  private final Recorder recorder = new Recorder();
  private final RtspClient client = Clients.create();

  @AfterEach
  void close() {
    client.close();
  }

  private static ClientOptions through(RtspTransport transport) {
    return Patience.options().transport(transport).build();
  }

  private static Camera camera(SimulatedCamera camera, RtspTransport transport) {
    return Patience.at(camera.url()).withTlsInsecure(true).withOptions(through(transport));
  }

  /** Waits until all connections are closed, and those that requests came on. */
  private static CameraReport awaitAllClosed(SimulatedCamera camera) throws Exception {
    return camera.await(
        r ->
            r.connectionsOpen() == 0
                && r.events(Kind.POST_CLOSED).size() == r.events(Kind.POST_JOINED).size(),
        BOUND);
  }

  private static RetryOptions noRetry() {
    return RetryOptions.builder().retryStrategy(RetryStrategy.NONE).build();
  }

  @ParameterizedTest
  @CsvSource({"HTTP, false", "HTTP, true", "WEBSOCKET, false", "WEBSOCKET, true"})
  void playsAndLeavesInOrder(RtspTransport transport, boolean tls) throws Exception {
    SimulatedCamera.Builder builder = SimulatedCamera.builder();
    try (SimulatedCamera camera = (tls ? builder.tls() : builder).start()) {
      CameraStream stream = client.open(camera(camera, transport), recorder);
      recorder.awaitPackets(20);
      stream.close();
      StreamStatistics end = stream.ended().toCompletableFuture().get();
      assertThat(end.lost()).isZero();
      assertThat(end.packets()).isEqualTo(recorder.packets());
      CameraReport report = awaitAllClosed(camera);
      assertThat(report.connections()).as("a tunnel is one client").isEqualTo(1);
      assertThat(report.requests("HTTP GET")).isEqualTo(1);
      assertThat(report.requests("HTTP POST")).isEqualTo(transport == RtspTransport.HTTP ? 1 : 0);
      assertThat(report.requests("TEARDOWN")).isEqualTo(1);
      assertThat(report.sessionsLeftBehind()).isZero();
      assertThat(report.sessionsExpired()).isZero();
      assertThat(recorder.races().get(0).attempts()).hasSize(1);
      assertThat(recorder.states()).containsExactly("PLAYING", "CLOSED");
    }
  }

  /** As GStreamer writes it. */
  @Test
  void theSchemeMayAskForHttp() throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().start()) {
      client.open(Patience.at(camera.url().replace("rtsp://", "rtsph://")), recorder);
      recorder.awaitPackets(2);
      assertThat(camera.report().events(Kind.POST_JOINED)).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyFinishLinePlays(FinishLine finishLine) throws Exception {
    RaceOptions race =
        Patience.race().connectionRacing(Strategy.FIRST_WINS).finishLine(finishLine).build();
    try (SimulatedCamera camera = SimulatedCamera.builder().start()) {
      CameraStream stream =
          client.open(camera(camera, RtspTransport.HTTP).withRace(race), recorder);
      recorder.awaitPackets(2);
      stream.close();
      assertThat(camera.awaitConnections(0, BOUND).sessionsLeftBehind()).isZero();
    }
  }

  // ---- One client

  /** Neither the camera's limit nor ours is met by a tunnel's second connection. */
  @ParameterizedTest
  @EnumSource(names = {"DROP_OLDEST", "REJECT_NEW", "SILENT"})
  void aTunnelHasOnePlace(OnLimit policy) throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().limit(1, policy).start()) {
      client.open(camera(camera, RtspTransport.HTTP), recorder);
      recorder.awaitPackets(20);
      CameraReport report = camera.report();
      assertThat(report.droppedByLimit() + report.refusedByLimit()).isZero();
      assertThat(client.profile(Patience.at(camera.url()))).isEmpty();
      assertThat(recorder.devices()).isEmpty();
      assertThat(recorder.retries()).isEmpty();
    }
  }

  @Test
  void aTunnelHasOnePermitOfTheLimiter() throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().start();
        RtspClient limited =
            RtspClient.builder()
                .limiter(new SharedDialLimiter(DialLimiterOptions.builder().maxDials(1).build()))
                .build()) {
      limited.open(camera(camera, RtspTransport.HTTP), recorder);
      recorder.awaitPackets(2);
      assertThat(recorder.retries()).isEmpty();
    }
  }

  // ---- Logins

  private static Stream<Arguments> logins() {
    return Stream.of(RtspTransport.HTTP, RtspTransport.WEBSOCKET)
        .flatMap(
            transport ->
                Stream.of(AuthScheme.values())
                    .flatMap(
                        scheme ->
                            Stream.of(true, false)
                                .map(byHttp -> Arguments.of(transport, scheme, byHttp))));
  }

  @ParameterizedTest
  @MethodSource("logins")
  void httpOrRtspAsksForALogin(RtspTransport transport, AuthScheme scheme, boolean byHttp)
      throws Exception {
    try (SimulatedCamera camera =
        SimulatedCamera.builder()
            .credentials("admin", "pa:ss", scheme)
            .set(Knob.TUNNEL_AUTH, byHttp)
            .start()) {
      client.open(camera(camera, transport).withCredentials("admin", "pa:ss"), recorder);
      recorder.awaitPackets(2);
      CameraReport report = camera.report();
      assertThat(report.wrongCredentials()).isZero();
      assertThat(report.connections()).isEqualTo(1);
      assertThat(report.requests("HTTP GET")).isEqualTo(byHttp ? 2 : 1);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"HTTP", "WEBSOCKET"})
  void aCameraThatClosesBehindItsChallengeIsAnsweredByTheNextAttempt(RtspTransport transport)
      throws Exception {
    RetryOptions soon = RetryOptions.builder().retryStrategy(RetryStrategy.IMMEDIATE).build();
    try (SimulatedCamera camera =
        SimulatedCamera.builder()
            .credentials("admin", "pw")
            .set(Knob.TUNNEL_AUTH, true)
            .set(Knob.TUNNEL_AUTH_CLOSES, true)
            .start()) {
      client.open(
          camera(camera, transport).withCredentials("admin", "pw").withRetry(soon), recorder);
      recorder.awaitPackets(2);
      assertThat(camera.report().connections()).isEqualTo(2);
      assertThat(camera.report().wrongCredentials()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"HTTP", "WEBSOCKET"})
  void wrongCredentialsAreTriedOnce(RtspTransport transport) throws Exception {
    RaceOptions race =
        Patience.race()
            .connectionRacing(Strategy.LAST_WINS)
            .allowShortDelay(true)
            .racingDelay(Duration.ofMillis(10))
            .build();
    try (SimulatedCamera camera =
        SimulatedCamera.builder()
            .credentials("admin", "right")
            .set(Knob.TUNNEL_AUTH, true)
            .answerDelay(Duration.ofMillis(100))
            .start()) {
      client.start(
          camera(camera, transport).withCredentials("admin", "wrong").withRace(race), recorder);
      recorder.awaitState(FAILED, 1);
      assertThat(camera.report().wrongCredentials()).isEqualTo(1);
      assertThat(recorder.retries()).isEmpty();
      assertThat(recorder.reasons().get(0)).contains("user or password is wrong");
    }
  }

  // ---- Ends

  @ParameterizedTest
  @EnumSource(names = {"HTTP", "WEBSOCKET"})
  void aDropIsFollowedByAnotherTunnel(RtspTransport transport) throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().start()) {
      CameraStream stream = client.open(camera(camera, transport), recorder);
      recorder.awaitPackets(2);
      camera.dropAll();
      recorder.awaitState(PLAYING, 2);
      camera.hangUp();
      recorder.awaitState(PLAYING, 3);
      stream.close();
      CameraReport report = awaitAllClosed(camera);
      assertThat(report.connections()).isEqualTo(3);
    }
  }

  /** Attempts that lose have both of their connections closed. */
  @Test
  void losersLeaveNothingOpen() throws Exception {
    RaceOptions race =
        Patience.race()
            .connectionRacing(Strategy.LAST_WINS)
            .allowShortDelay(true)
            .racingDelay(Duration.ofMillis(20))
            .build();
    try (SimulatedCamera camera =
        SimulatedCamera.builder().answerDelay(Duration.ofMillis(30)).start()) {
      CameraStream stream =
          client.open(camera(camera, RtspTransport.HTTP).withRace(race), recorder);
      recorder.awaitPackets(2);
      assertThat(recorder.races().get(0).attempts()).hasSize(3);
      CameraReport playing = camera.awaitConnections(1, BOUND);
      assertThat(playing.events(Kind.POST_JOINED).size() - playing.events(Kind.POST_CLOSED).size())
          .isEqualTo(1);
      stream.close();
      camera.awaitConnections(0, BOUND);
    }
  }

  // ---- What opens no tunnel

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "HTTP | tunnels | none | GET /stream was answered HTTP 404 Not Found: the camera has no such tunnel",
        "WEBSOCKET | tunnels | http | GET /stream was answered HTTP 404 Not Found: the camera has no such tunnel",
        "HTTP | tunnel-status | 403 | GET /stream was answered HTTP 403 Forbidden",
        "HTTP | tunnel-type | text/html | with content type text/html",
        "HTTP | tunnel-post-status | 500 | POST was answered HTTP 500"
      })
  void theReasonIsOneClearSentence(
      RtspTransport transport, String knob, String value, String reason) throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().set(knob, value).start()) {
      assertThatThrownBy(
              () -> client.open(camera(camera, transport).withRetry(noRetry()), recorder))
          .isInstanceOf(CameraFailedException.class)
          .hasMessageContaining(reason);
      assertThat(camera.awaitConnections(0, BOUND).requests("DESCRIBE")).isZero();
    }
  }

  @Test
  void aCameraThatStaysSilentIsLeftAfterResponseTimeout() throws Exception {
    ClientOptions options =
        ClientOptions.builder()
            .transport(RtspTransport.HTTP)
            .responseTimeout(Duration.ofMillis(200))
            .build();
    try (SimulatedCamera camera = SimulatedCamera.builder().mute().start()) {
      assertThatThrownBy(
              () ->
                  client.open(
                      Camera.at(camera.url()).withOptions(options).withRetry(noRetry()), recorder))
          .hasMessageContaining("the tunnel was not open within 200 ms: RTSP over HTTP");
      camera.awaitConnections(0, BOUND);
    }
  }
}

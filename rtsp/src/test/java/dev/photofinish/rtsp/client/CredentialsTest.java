package dev.photofinish.rtsp.client;

import static dev.photofinish.rtsp.client.CameraState.FAILED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.photofinish.camera.AuthScheme;
import dev.photofinish.camera.CameraReport;
import dev.photofinish.camera.Knob;
import dev.photofinish.camera.SimulatedCamera;
import dev.photofinish.connect.TlsSettings;
import dev.photofinish.option.InvalidOptionException;
import dev.photofinish.race.FinishLine;
import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.Strategy;
import dev.photofinish.retry.RetryOptions;
import dev.photofinish.retry.RetryStrategy;
import dev.photofinish.retry.TryFailure;
import dev.photofinish.rtsp.message.KeepAliveMethod;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.security.KeyStore;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whom a camera lets in, where it sends us, and whom we trust. */
class CredentialsTest {
  private final Recorder recorder = new Recorder();
  private final RtspClient client = Clients.create();

  @AfterEach
  void close() {
    client.close();
  }

  @ParameterizedTest
  @EnumSource
  void everySchemeIsAnswered(AuthScheme scheme) throws Exception {
    try (SimulatedCamera camera =
        SimulatedCamera.builder().credentials("admin", "pa:ss", scheme).start()) {
      client.open(Patience.at(camera.url()).withCredentials("admin", "pa:ss"), recorder);
      recorder.awaitPackets(10);
      assertThat(camera.report().wrongCredentials()).isZero();
    }
  }

  @Test
  void credentialsInTheAddress() throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().credentials("admin", "pw").start()) {
      CameraStream stream = client.open(Patience.at(camera.urlWithCredentials()), recorder);
      recorder.awaitPackets(10);
      assertThat(stream.url()).isEqualTo(camera.url());
    }
  }

  @Test
  void aNonceThatGrowsOldIsRenewed() throws Exception {
    try (SimulatedCamera camera =
        SimulatedCamera.builder()
            .credentials("admin", "pw", AuthScheme.DIGEST_SHA_256)
            .set(Knob.DIGEST_QOP, true)
            .set(Knob.NONCE_LIFETIME, Duration.ofMillis(100))
            .sessionTimeout(Duration.ofSeconds(1))
            .set(Knob.SESSION_EXPIRY, false) // which a late machine would meet
            .start()) {
      ClientOptions options = Patience.options().keepAlive(KeepAliveMethod.GET_PARAMETER).build();
      CameraStream stream =
          client.open(
              Patience.at(camera.url()).withCredentials("admin", "pw").withOptions(options),
              recorder);
      camera.await(r -> r.requests("GET_PARAMETER") >= 4, Duration.ofSeconds(60));
      stream.close();
      CameraReport report = camera.awaitSessions(0, Duration.ofSeconds(60));
      assertThat(report.wrongCredentials()).isZero();
      assertThat(report.sessionsLeftBehind()).isZero();
      assertThat(recorder.states()).containsExactly("PLAYING", "CLOSED");
    }
  }

  @ParameterizedTest
  @EnumSource
  void wrongCredentialsAreTriedOnce(FinishLine finishLine) throws Exception {
    RaceOptions race =
        Patience.race()
            .connectionRacing(Strategy.LAST_WINS)
            .allowShortDelay(true)
            .racingDelay(Duration.ofMillis(10))
            .finishLine(finishLine)
            .build();
    try (SimulatedCamera camera =
        SimulatedCamera.builder()
            .credentials("admin", "right")
            .answerDelay(Duration.ofMillis(100))
            .start()) {
      CameraStream stream =
          client.start(
              Patience.at(camera.url()).withCredentials("admin", "wrong").withRace(race), recorder);
      recorder.awaitState(FAILED, 1);
      assertThat(camera.report().wrongCredentials()).isEqualTo(1);
      assertThat(recorder.retries()).isEmpty();
      assertThat(recorder.reasons().get(0)).contains("user or password is wrong");
      assertThat(stream.ended().toCompletableFuture())
          .failsWithin(Duration.ofSeconds(60))
          .withThrowableThat()
          .withCauseInstanceOf(CameraFailedException.class);
    }
  }

  @Test
  void noCredentials() throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().credentials("admin", "pw").start()) {
      assertThatThrownBy(() -> client.open(Patience.at(camera.url()), recorder))
          .isInstanceOf(CameraFailedException.class)
          .hasMessageContaining("user and password are needed")
          .extracting(e -> ((CameraFailedException) e).failure())
          .isEqualTo(TryFailure.CREDENTIALS_NEEDED);
      assertThat(recorder.states()).containsExactly("FAILED");
    }
  }

  @Test
  void passwordsAreShownNowhere() {
    assertThat(Camera.at("rtsp://admin:secret@192.0.2.1/a").toString()).doesNotContain("secret");
    assertThatThrownBy(() -> Camera.at("http://admin:secret@192.0.2.1/a"))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageStartingWith("url:")
        .hasMessageNotContaining("secret");
  }

  // ---- Redirects

  @Test
  void aRedirectIsFollowedAndCredentialsStayAtHome() throws Exception {
    try (SimulatedCamera away = SimulatedCamera.builder().credentials("admin", "pw").start();
        SimulatedCamera home =
            SimulatedCamera.builder()
                .credentials("admin", "pw")
                .set(Knob.REDIRECT, away.url())
                .start()) {
      client.start(Patience.at(home.url()).withCredentials("admin", "pw"), recorder);
      // The next try goes home, where the redirect is met again: nobody's account is locked.
      away.await(seen -> seen.connections() >= 2, Duration.ofSeconds(60));
      assertThat(recorder.states()).doesNotContain("FAILED");
      assertThat(recorder.retries()).isNotEmpty();
      assertThat(recorder.retryReasons().toString())
          .contains("user and password are needed")
          .contains("the login is for that camera alone");
      assertThat(home.report().wrongCredentials()).isZero();
      assertThat(away.report().wrongCredentials()).isZero();
    }
  }

  @Test
  void aRedirectIsPlayed() throws Exception {
    try (SimulatedCamera away = SimulatedCamera.builder().start();
        SimulatedCamera home = SimulatedCamera.builder().set(Knob.REDIRECT, away.url()).start()) {
      client.open(Patience.at(home.url()), recorder);
      recorder.awaitPackets(10);
      assertThat(recorder.races()).hasSize(2);
      assertThat(recorder.retries()).isEmpty();
      assertThat(home.awaitConnections(0, Duration.ofSeconds(60)).connections()).isEqualTo(1);
    }
  }

  @Test
  void aCircleOfRedirectsIsLeft() throws Exception {
    int port = freePort();
    String itself = "rtsp://127.0.0.1:" + port + "/stream";
    RetryOptions none = RetryOptions.builder().retryStrategy(RetryStrategy.NONE).build();
    try (SimulatedCamera camera =
        SimulatedCamera.builder().port(port).set(Knob.REDIRECT, itself).start()) {
      client.start(Patience.at(itself).withRetry(none), recorder);
      recorder.awaitState(FAILED, 1);
      assertThat(recorder.reasons().get(0)).contains("max-redirects is 5");
      assertThat(camera.report().connections()).isEqualTo(6);
    }
  }

  @Test
  void aRedirectThatCannotBeDialledIsAFailedTry() throws Exception {
    RetryOptions none = RetryOptions.builder().retryStrategy(RetryStrategy.NONE).build();
    try (SimulatedCamera camera =
        SimulatedCamera.builder().set(Knob.REDIRECT, "rtsp://no..such_host!/a").start()) {
      client.start(Patience.at(camera.url()).withRetry(none), recorder);
      recorder.awaitState(FAILED, 1);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  // ---- TLS

  @Test
  void aCertificateThatNobodyVouchesForIsRefusedAtOnce() throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().tls().start()) {
      assertThatThrownBy(() -> client.open(Patience.at(camera.url()), recorder))
          .isInstanceOfSatisfying(
              CameraFailedException.class,
              e -> assertThat(e.failure()).isEqualTo(TryFailure.NOT_TRUSTED))
          .hasMessageContaining("the camera's certificate is not trusted");
      assertThat(camera.report().requests()).isEmpty();
    }
  }

  @Test
  void aTrustedCertificatePlays() throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().tls().start()) {
      KeyStore trust = KeyStore.getInstance(KeyStore.getDefaultType());
      trust.load(null, null);
      trust.setCertificateEntry("camera", camera.certificate().orElseThrow());
      client.open(Patience.at(camera.url()).withTls(TlsSettings.trustStore(trust)), recorder);
      recorder.awaitPackets(10);
    }
  }

  @ParameterizedTest
  @EnumSource
  void insecureTlsPlaysToEveryFinishLine(FinishLine finishLine) throws Exception {
    RaceOptions race = Patience.race().finishLine(finishLine).build();
    try (SimulatedCamera camera = SimulatedCamera.builder().tls().start()) {
      CameraStream stream =
          client.open(Patience.at(camera.url()).withTlsInsecure(true).withRace(race), recorder);
      recorder.awaitPackets(10);
      stream.close();
      assertThat(camera.awaitSessions(0, Duration.ofSeconds(60)).sessionsLeftBehind()).isZero();
    }
  }
}

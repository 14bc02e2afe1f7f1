package dev.photofinish.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.photofinish.camera.CameraEvent.Kind;
import dev.photofinish.camera.RawClient.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RTSP through HTTP and WebSocket, spoken to by sockets and by the JDK's own client. */
@Timeout(120)
class TunnelTest {
  private static final Duration BOUND = Duration.ofSeconds(60);
  private static final String OPTIONS = "OPTIONS * RTSP/1.0\r\nCSeq: 1\r\n\r\n";

  private static RawClient get(SimulatedCamera camera, String cookie) throws IOException {
    RawClient get = RawClient.connect(camera);
    get.raw("GET /stream HTTP/1.0\r\nx-sessioncookie: " + cookie + "\r\n\r\n");
    return get;
  }

  private static RawClient post(SimulatedCamera camera, String cookie) throws IOException {
    RawClient post = RawClient.connect(camera);
    post.raw(
        "POST /stream HTTP/1.0\r\nx-sessioncookie: "
            + cookie
            + "\r\nContent-Length: 32767\r\n\r\n");
    return post;
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void requestsOfThePostAreAnsweredOnTheGet() throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().start();
        RawClient get = get(camera, "abc")) {
      Response opened = get.response();
      assertThat(opened.status()).isEqualTo(200);
      assertThat(opened.header("Content-Type")).isEqualTo("application/x-rtsp-tunnelled");
      try (RawClient post = post(camera, "abc")) {
        post.raw(base64(OPTIONS));
        assertThat(get.response().header("Public")).contains("DESCRIBE");
        // Cut where no quantum ends, with line ends between.
        String again = base64(OPTIONS);
        post.raw("\r\n" + again.substring(0, 7) + "\n");
        post.raw(again.substring(7));
        assertThat(get.response().status()).isEqualTo(200);
        assertThat(camera.report().connections()).isEqualTo(1);
      }
      assertThat(get.readToEnd()).isTrue();
      CameraReport report = camera.awaitConnections(0, BOUND);
      assertThat(report.events(Kind.POST_JOINED)).hasSize(1);
      assertThat(report.events(Kind.POST_CLOSED)).hasSize(1);
    }
  }

  /** With a place for one client, the second connection of a tunnel takes none. */
  @ParameterizedTest
  @ValueSource(strings = {"drop-oldest", "reject-new", "silent"})
  void aTunnelIsOneClient(String policy) throws Exception {
    try (SimulatedCamera camera =
            SimulatedCamera.builder().set("limit", "1").set("on-limit", policy).start();
        RawClient get = get(camera, "abc")) {
      assertThat(get.response().status()).isEqualTo(200);
      try (RawClient post = post(camera, "abc")) {
        post.raw(base64(OPTIONS));
        assertThat(get.response().status()).isEqualTo(200);
        assertThat(camera.report().events(Kind.LIMITED)).isEmpty();
      }
    }
  }

  /** While a tunnel waits for its POST, others are clients as ever. */
  @Test
  void anotherClientIsNotTakenForAPost() throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().limit(1, OnLimit.DROP_OLDEST).start();
        RawClient get = get(camera, "abc")) {
      assertThat(get.response().status()).isEqualTo(200);
      try (RawClient plain = RawClient.connect(camera)) {
        assertThat(plain.request("OPTIONS").status()).isEqualTo(200);
        assertThat(get.readToEnd()).isTrue();
        assertThat(camera.report().events(Kind.LIMITED)).hasSize(1);
      }
    }
  }

  @Test
  void aPostWithoutItsGetIsRefused() throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().start();
        RawClient post = post(camera, "nobody")) {
      assertThat(post.response().status()).isEqualTo(404);
      assertThat(post.readToEnd()).isTrue();
    }
  }

  @Test
  void whatIsNotBase64IsAnswered400() throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().start();
        RawClient get = get(camera, "abc")) {
      get.response();
      try (RawClient post = post(camera, "abc")) {
        post.raw("%%%%%%%%");
        assertThat(get.response().status()).isEqualTo(400);
        assertThat(camera.awaitConnections(0, BOUND).events(Kind.MALFORMED)).hasSize(1);
      }
    }
  }

  @Test
  void droppingAClientClosesBothOfItsConnections() throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().start();
        RawClient get = get(camera, "abc")) {
      get.response();
      try (RawClient post = post(camera, "abc")) {
        post.raw(base64(OPTIONS));
        get.response();
        camera.dropAll();
        assertThatThrownBy(get::readToEnd).hasMessageContaining("reset");
        assertThatThrownBy(post::readToEnd).hasMessageContaining("reset");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "websocket"})
  void whatIsNotServedIsNotFound(String served) throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().set("tunnels", served).start();
        RawClient get = get(camera, "abc")) {
      assertThat(get.response().status()).isEqualTo(404);
    }
  }

  @Test
  void anyTunnelMayBeRefusedWithAStatus() throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().set("tunnel-status", "503").start();
        RawClient get = get(camera, "abc")) {
      assertThat(get.response().status()).isEqualTo(503);
      assertThatThrownBy(() -> open(camera, "rtsp.onvif.org", new Collector()).get())
          .hasCauseInstanceOf(WebSocketHandshakeException.class);
      try (RawClient plain = RawClient.connect(camera)) {
        assertThat(plain.request("OPTIONS").status()).isEqualTo(200);
      }
    }
  }

  @Test
  void aPostMayBeAnsweredThoughItsGetWasTaken() throws Exception {
    try (SimulatedCamera camera =
            SimulatedCamera.builder().set("tunnel-post-status", "411").start();
        RawClient get = get(camera, "abc")) {
      assertThat(get.response().status()).isEqualTo(200);
      try (RawClient post = post(camera, "abc")) {
        assertThat(post.response().status()).isEqualTo(411);
        assertThat(post.readToEnd()).isTrue();
      }
    }
  }

  @Test
  void theGetIsAnsweredWithTheTypeThatWasChosen() throws Exception {
    try (SimulatedCamera camera =
            SimulatedCamera.builder().set("tunnel-type", "application/octet-stream").start();
        RawClient get = get(camera, "abc")) {
      assertThat(get.response().header("Content-Type")).isEqualTo("application/octet-stream");
    }
  }

  @Test
  void theConnectionMayEndBehindTheChallengeOfHttp() throws Exception {
    try (SimulatedCamera camera =
            SimulatedCamera.builder()
                .credentials("admin", "pw", AuthScheme.BASIC)
                .set(Knob.TUNNEL_AUTH, true)
                .set("tunnel-auth-closes", "on")
                .start();
        RawClient get = get(camera, "abc")) {
      Response asked = get.response();
      assertThat(asked.status()).isEqualTo(401);
      assertThat(asked.header("Connection")).isEqualTo("close");
      assertThat(get.readToEnd()).isTrue();
    }
  }

  @Test
  void aWrongPasswordInHttpIsRefusedAndCounted() throws Exception {
    try (SimulatedCamera camera =
            SimulatedCamera.builder()
                .credentials("admin", "pw", AuthScheme.BASIC)
                .set(Knob.TUNNEL_AUTH, true)
                .start();
        RawClient get = RawClient.connect(camera)) {
      get.raw(
          "GET /stream HTTP/1.1\r\nx-sessioncookie: abc\r\nAuthorization: Basic "
              + base64("admin:guess")
              + "\r\n\r\n");
      assertThat(get.response().status()).isEqualTo(401);
      assertThat(camera.report().events(Kind.WRONG_CREDENTIALS)).hasSize(1);
    }
  }

  @Test
  void aCookieIsOfOneTunnel() throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().start();
        RawClient first = get(camera, "abc")) {
      assertThat(first.response().status()).isEqualTo(200);
      try (RawClient second = get(camera, "abc")) {
        assertThat(second.response().status()).isEqualTo(400);
        assertThat(second.readToEnd()).isTrue();
      }
    }
  }

  @Test
  void aConnectionThatHasSaidNothingEndsWithTheOthers() throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().start();
        RawClient get = get(camera, "abc")) {
      get.response();
      try (RawClient undecided = RawClient.connect(camera);
          RawClient behind = RawClient.connect(camera)) {
        behind.raw("O"); // accepted behind the one that says nothing
        camera.awaitConnections(2, BOUND);
        camera.hangUp();
        assertThat(undecided.readToEnd()).isTrue();
      }
    }
  }

  @Test
  void httpAsksForCredentialsAndRtspWithinDoesNot() throws Exception {
    try (SimulatedCamera camera =
            SimulatedCamera.builder()
                .credentials("admin", "pw", AuthScheme.BASIC)
                .set(Knob.TUNNEL_AUTH, true)
                .start();
        RawClient get = get(camera, "abc")) {
      Response asked = get.response();
      assertThat(asked.status()).isEqualTo(401);
      assertThat(asked.header("WWW-Authenticate")).startsWith("Basic ");
      get.raw(
          "GET /stream HTTP/1.1\r\nx-sessioncookie: abc\r\nAuthorization: Basic "
              + base64("admin:pw")
              + "\r\n\r\n");
      assertThat(get.response().status()).isEqualTo(200);
      try (RawClient post = post(camera, "abc")) {
        post.raw(base64("DESCRIBE " + camera.url() + " RTSP/1.0\r\nCSeq: 1\r\n\r\n"));
        assertThat(get.response().body()).contains("m=video");
      }
    }
  }

  private static CompletableFuture<WebSocket> open(
      SimulatedCamera camera, String subprotocol, WebSocket.Listener listener) {
    return HttpClient.newHttpClient()
        .newWebSocketBuilder()
        .subprotocols(subprotocol)
        .buildAsync(URI.create(camera.url().replace("rtsp://", "ws://")), listener);
  }

  @Test
  void binaryFramesOfAWebSocketCarryRtsp() throws Exception {
    Collector answers = new Collector();
    try (SimulatedCamera camera = SimulatedCamera.builder().start()) {
      WebSocket socket = open(camera, "rtsp.onvif.org", answers).get();
      assertThat(socket.getSubprotocol()).isEqualTo("rtsp.onvif.org");
      byte[] request = OPTIONS.getBytes(StandardCharsets.UTF_8);
      socket.sendBinary(ByteBuffer.wrap(request, 0, 10), false).get();
      socket.sendBinary(ByteBuffer.wrap(request, 10, request.length - 10), true).get();
      assertThat(answers.first.get(60, TimeUnit.SECONDS)).startsWith("RTSP/1.0 200 OK");
      socket.sendClose(WebSocket.NORMAL_CLOSURE, "").get();
      camera.awaitConnections(0, BOUND);
    }
  }

  @Test
  void anotherSubprotocolIsRefused() {
    try (SimulatedCamera camera = SimulatedCamera.builder().start()) {
      assertThatThrownBy(() -> open(camera, "chat", new Collector()).get())
          .hasCauseInstanceOf(WebSocketHandshakeException.class);
    }
  }

  /** Gives the first answer when its end has come. */
  private static final class Collector implements WebSocket.Listener {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final CompletableFuture<String> first = new CompletableFuture<>();

    @Override
    public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
      byte[] part = new byte[data.remaining()];
      data.get(part);
      bytes.writeBytes(part);
      if (bytes.toString(StandardCharsets.UTF_8).endsWith("\r\n\r\n")) {
        first.complete(bytes.toString(StandardCharsets.UTF_8));
      }
      return WebSocket.Listener.super.onBinary(socket, data, last);
    }
  }
}

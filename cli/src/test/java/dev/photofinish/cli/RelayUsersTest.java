package dev.photofinish.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.photofinish.camera.Knob;
import dev.photofinish.camera.SimulatedCamera;
import dev.photofinish.retry.RetryOptions;
import dev.photofinish.retry.RetryStrategy;
import dev.photofinish.retry.TryFailure;
import dev.photofinish.rtsp.client.Camera;
import dev.photofinish.rtsp.client.CameraFailedException;
import dev.photofinish.rtsp.client.CameraStream;
import dev.photofinish.rtsp.client.RtspClient;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Users of the {@code relay} command and their rights, over RTSP and https. */
@Timeout(120)
class RelayUsersTest {
  private static final RetryOptions ONE_TRY =
      RetryOptions.builder().retryStrategy(RetryStrategy.NONE).build();

  @TempDir private Path folder;
  private final Cli cli = new Cli();
  private final SimulatedCamera camera =
      SimulatedCamera.builder().set(Knob.BACKCHANNEL, true).start();
  private final AnyCertificate trust = new AnyCertificate();
  private CompletableFuture<Cli.Result> result = new CompletableFuture<>();
  private Map<String, Object> listening = Map.of();

  private void relay() throws Exception {
    Path users =
        Files.writeString(
            folder.resolve("users.txt"),
            new Cli().input("one\n").execute("user", "anna").out()
                + new Cli().input("two\n").execute("user", "bert").out());
    Path config =
        Files.writeString(
            folder.resolve("cameras.toml"),
            """
            [door]
            url = "%s"
            view = "anna,bert"
            manage = "anna"
            talk = "anna"
            back-channel = true
            [yard]
            url = "%s"
            view = "anna"
            on-demand = true
            [street]
            url = "%s"
            view = "anyone"
            on-demand = true
            """
                .formatted(camera.url(), camera.url(), camera.url()));
    String[] words = {
      "relay",
      "--json",
      "--listen=127.0.0.1:0",
      "--web=127.0.0.1:0",
      "--web-tls",
      "--certificate=self-signed",
      "--users=" + users,
      "--config=" + config
    };
    result = CompletableFuture.supplyAsync(() -> cli.execute(words));
    cli.await(text -> text.contains("\"event\":\"listening\"") && text.contains("\n"));
    listening = Cli.parse(cli.out().lines().findFirst().orElseThrow());
    cli.await(text -> text.contains("\"to\":\"PLAYING\""));
  }

  @AfterEach
  void stop() throws Exception {
    cli.stop().request();
    assertThat(result.get(30, TimeUnit.SECONDS).exit()).isZero();
    camera.close();
  }

  private HttpResponse<String> ask(String method, String path, String login) throws Exception {
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(null, new TrustManager[] {trust}, null);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(listening.get("web") + path))
            .method(method, HttpRequest.BodyPublishers.noBody());
    if (!login.isEmpty()) {
      byte[] bytes = login.getBytes(StandardCharsets.UTF_8);
      request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(bytes));
    }
    return HttpClient.newBuilder()
        .sslContext(tls)
        .build()
        .send(request.build(), BodyHandlers.ofString());
  }

  private int status(String method, String path, String login) throws Exception {
    return ask(method, path, login).statusCode();
  }

  @Test
  void thePageIsForUsersWithTheirRights() throws Exception {
    relay();
    assertThat(ask("GET", "api/cameras", "").headers().firstValue("www-authenticate"))
        .contains("Basic realm=\"photofinish\", charset=\"UTF-8\"");
    assertThat(ask("GET", "api/cameras", "bert:two").body())
        .contains("door", "street")
        .doesNotContain("yard");
    assertThat(ask("GET", "api/rights", "anna:one").body())
        .isEqualTo("{\"add\":false,\"manage\":[\"door\"],\"talk\":[\"door\"]}");
    assertThat(status("GET", "api/cameras/yard", "bert:two")).isEqualTo(404);
    assertThat(status("GET", "api/cameras/street", "")).isEqualTo(200);
    assertThat(status("DELETE", "api/cameras/door", "bert:two")).isEqualTo(403);
    assertThat(status("GET", "api/cameras", "bert:one")).isEqualTo(401);
    assertThat(status("GET", "api/cameras", "carl:")).isEqualTo(401);
    assertThat(status("DELETE", "api/cameras/door", "anna:one")).isEqualTo(204);
    for (int i = 0; i < 20; i++) {
      status("GET", "api/cameras", "bert:three");
    }
    assertThat(ask("GET", "api/cameras", "bert:two").body()).contains("Too many wrong logins");

    byte[] digest =
        MessageDigest.getInstance("SHA-256")
            .digest(Objects.requireNonNull(trust.seen).getEncoded());
    assertThat(listening.get("certificate"))
        .isEqualTo(HexFormat.ofDelimiter(":").formatHex(digest).toUpperCase(Locale.ROOT));
  }

  @Test
  void rtspHasTheSameRights() throws Exception {
    relay();
    String url = String.valueOf(listening.get("rtsp"));
    try (RtspClient client = new RtspClient();
        CameraStream open = client.open(Camera.at(url + "street"));
        CameraStream door = client.open(Camera.at(url + "door").withCredentials("bert", "two"))) {
      assertThat(open.streams()).isNotEmpty();
      assertThat(door.streams()).isNotEmpty();
      Camera yard = Camera.at(url + "yard").withCredentials("bert", "two").withRetry(ONE_TRY);
      assertThatThrownBy(() -> client.open(yard))
          .isInstanceOfSatisfying(
              CameraFailedException.class,
              e -> assertThat(e.failure()).isEqualTo(TryFailure.NO_SUCH_STREAM));
    }
  }

  @Test
  void onlyThoseWithTheRightTalk() throws Exception {
    relay();
    Camera door = Camera.at(listening.get("rtsp") + "door").withBackChannel(true);
    try (RtspClient client = new RtspClient();
        CameraStream anna = client.open(door.withCredentials("anna", "one"));
        CameraStream bert = client.open(door.withCredentials("bert", "two"))) {
      assertThat(anna.backChannel().format()).isPresent();
      assertThat(bert.backChannel().unavailable()).contains("the camera describes none");
      assertThat(bert.streams()).hasSameSizeAs(anna.streams());
    }
  }

  /** Takes a certificate that it has never seen, and remembers it. */
  private static final class AnyCertificate extends X509ExtendedTrustManager {
    private @Nullable X509Certificate seen;

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {
      seen = chain[0];
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {
      seen = chain[0];
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
      seen = chain[0];
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}

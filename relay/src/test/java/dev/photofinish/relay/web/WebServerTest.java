package dev.photofinish.relay.web;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.photofinish.relay.web.access.Access;
import dev.photofinish.relay.web.access.Authorizer;
import dev.photofinish.relay.web.access.Right;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The server as a client of HTTP sees it. */
@Timeout(120)
class WebServerTest {
  private final FakeCameras cameras = new FakeCameras();
  private final HttpClient client = HttpClient.newHttpClient();
  private WebServer server = start(builder());

  private WebServer.Builder builder() {
    return WebServer.builder(cameras)
        .address(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  private static WebServer start(WebServer.Builder builder) {
    WebServer server = builder.build();
    try {
      server.start();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return server;
  }

  @AfterEach
  void close() {
    server.close();
    cameras.close();
  }

  private void restart(WebServer.Builder builder) {
    server.close();
    server = start(builder);
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(
        URI.create("http://127.0.0.1:" + server.address().getPort() + path));
  }

  private HttpResponse<String> get(String path) throws Exception {
    return client.send(to(path).build(), BodyHandlers.ofString());
  }

  @Test
  void servesThePageAndItsFiles() throws Exception {
    HttpResponse<String> page = get("/");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("content-type")).contains("text/html; charset=utf-8");
    assertThat(page.body()).contains("<title>Photofinish</title>", "/app.js", "/style.css");
    assertThat(get("/app.js").headers().firstValue("content-type"))
        .contains("text/javascript; charset=utf-8");
    assertThat(get("/icon.svg").headers().firstValue("content-type")).contains("image/svg+xml");
  }

  /** What the policy forbids would not work, and is no hole either: it is not there at all. */
  @Test
  void thePageHasNoScriptOrStyleOfItsOwnAndNothingOfOtherHosts() throws Exception {
    String page = get("/").body();
    assertThat(page).doesNotContain("<style", "style=", "onclick", "http://", "https://");
    assertThat(page.split("<script", -1)).hasSize(2);
    for (String file : List.of("app", "camera", "tiles", "player", "source", "store", "dom")) {
      assertThat(get("/" + file + ".js").body())
          .as(file)
          .doesNotContain("innerHTML", "outerHTML", "insertAdjacentHTML", "eval(", "new Function");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/nothing",
        "/api/cameras",
        "/api/cameras/none",
        "/health",
        "/metrics",
        "/api%2fcameras"
      })
  void everyAnswerHasTheHeadersThatProtectThePage(String path) throws Exception {
    HttpResponse<String> answer = get(path);
    assertThat(answer.headers().firstValue("content-security-policy").orElseThrow())
        .contains("default-src 'self'", "frame-ancestors 'none'", "object-src 'none'")
        .doesNotContain("unsafe");
    assertThat(answer.headers().firstValue("x-content-type-options")).contains("nosniff");
    assertThat(answer.headers().firstValue("referrer-policy")).contains("no-referrer");
    assertThat(answer.headers().firstValue("x-frame-options")).contains("DENY");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/../pom.xml",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/..%2f..%2fetc%2fpasswd",
        "//etc/passwd",
        "/app.js/",
        "/index.html%00",
        "/WebServer.class"
      })
  void servesNoFileButThoseOfThePage(String path) throws Exception {
    assertThat(raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 404 ");
  }

  private String raw(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.address().getPort())) {
      socket.getOutputStream().write(request.getBytes(US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), US_ASCII);
    }
  }

  @Test
  void answersHeadWithoutABody() throws Exception {
    HttpResponse<String> answer =
        client.send(
            to("/").method("HEAD", HttpRequest.BodyPublishers.noBody()).build(),
            BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
    assertThat(answer.headers().firstValueAsLong("content-length").orElse(0)).isPositive();
    assertThat(get("/health").body()).isEqualTo("alive\n");
  }

  @Test
  void saysWhichMethodsAnAddressTakes() throws Exception {
    HttpResponse<String> answer =
        client.send(
            to("/api/cameras").PUT(HttpRequest.BodyPublishers.noBody()).build(),
            BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("allow")).contains("GET, HEAD, POST");
  }

  /** DNS rebinding: the page of evil.example whose name leads to this host. */
  @ParameterizedTest
  @ValueSource(
      strings = {"evil.example", "evil.example:8080", "localhost.evil.example", "[::1::1]"})
  void refusesRequestsForOtherHosts(String host) throws Exception {
    assertThat(raw("GET /api/cameras HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 421 ");
  }

  /** RFC 9112 section 3.2. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Host:\r\n",
        "Host: [::1\r\n",
        "Host: local host\r\n",
        "Host: localhost:x\r\n",
        "Host: localhost/\r\n",
        "Host: localhost\r\nHost: localhost\r\n"
      })
  void aRequestNamesOneHost(String fields) throws Exception {
    assertThat(raw("GET /health HTTP/1.1\r\n" + fields + "Connection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 400 ");
  }

  /** RFC 9112 section 3.2.2: the host of the target counts, not the field. */
  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1:8080/health, 200",
    "HTTP://localhost/health?x=1, 200",
    "https://[::1]:8080/health, 200",
    "http://localhost, 200",
    "http://evil.example/health, 421",
    "http:///health, 400",
    "http://localhost@evil.example/health, 400",
    "ftp://localhost/health, 400",
    "health, 400"
  })
  void takesTheAbsoluteFormOfItsAddress(String target, int status) throws Exception {
    assertThat(raw("GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 " + status + " ");
  }

  @Test
  void pagesOfOtherSitesAreKnownBehindAnAbsoluteFormToo() throws Exception {
    cameras.put("door", "H264");
    assertThat(
            raw(
                String.join(
                    "\r\n",
                    "DELETE http://localhost/api/cameras/door HTTP/1.1",
                    "Host: evil.example",
                    "Origin: http://evil.example",
                    "Connection: close",
                    "",
                    "")))
        .startsWith("HTTP/1.1 403 ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "LOCALHOST:8080", "127.0.0.1:80", "[::1]:8080", "192.0.2.1"})
  void takesAddressesAndLocalhostAsHosts(String host) throws Exception {
    assertThat(raw("GET /health HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 200 ");
  }

  @Test
  void takesNamesThatWereAllowedAsHosts() throws Exception {
    restart(builder().hostNames(Set.of("relay.example")));
    assertThat(raw("GET /health HTTP/1.1\r\nHost: relay.example\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 200 ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Origin: http://evil.example",
        "Origin: null",
        "Origin: https://localhost:1",
        "Origin: ftp://localhost",
        "Sec-Fetch-Site: cross-site",
        "Sec-Fetch-Site: same-site"
      })
  void refusesChangesAndSocketsThatPagesOfOtherSitesAskFor(String field) throws Exception {
    cameras.put("door", "H264");
    String rest = " HTTP/1.1\r\nHost: localhost\r\n" + field + "\r\nConnection: close\r\n";
    assertThat(raw("DELETE /api/cameras/door" + rest + "\r\n")).startsWith("HTTP/1.1 403 ");
    assertThat(
            raw(
                "GET /cameras/door/live"
                    + rest
                    + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"))
        .startsWith("HTTP/1.1 403 ");
    assertThat(cameras.cameras()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Sec-WebSocket-Version: 13\r\n",
        "Sec-WebSocket-Version: 7\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n",
      })
  void aWebSocketOfAnotherKindIsRefused(String fields) throws Exception {
    cameras.put("door", "H264");
    assertThat(
            raw(
                "GET /cameras/door/live HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade,"
                    + " close\r\nUpgrade: websocket\r\n"
                    + fields
                    + "\r\n"))
        .startsWith("HTTP/1.1 426 ")
        .contains("WebSocket version 13 is needed, with a key (RFC 6455).");
  }

  @Test
  void saysTheTimeForPagesWhoseClockIsOff() throws Exception {
    assertThat(raw("GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
        .containsPattern("(?i)\r\ndate: \\w{3}, \\d{1,2} \\w{3} \\d{4} [0-9:]{8} GMT\r\n");
  }

  /** By https too: a reverse proxy may speak TLS in its place. */
  @ParameterizedTest
  @ValueSource(strings = {"http", "https"})
  void takesChangesOfItsOwnPage(String scheme) throws Exception {
    cameras.put("door", "H264");
    int port = server.address().getPort();
    String own = scheme + "://localhost:" + port;
    assertThat(
            raw(
                "DELETE /api/cameras/door HTTP/1.1\r\nHost: localhost:"
                    + port
                    + "\r\nOrigin: "
                    + own
                    + "\r\nSec-Fetch-Site: same-origin\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 204 ");
  }

  @Test
  void refusesBodiesAndHeadersThatAreTooLarge() throws Exception {
    HttpRequest.Builder request =
        to("/api/cameras").POST(HttpRequest.BodyPublishers.ofString("x".repeat(70_000)));
    HttpResponse<String> refused = client.send(request.build(), BodyHandlers.ofString());
    assertThat(refused.statusCode()).isEqualTo(413);
    assertThat(refused.body()).isEqualTo("The body must have 65536 bytes at most.\n");
    assertThat(
            raw(
                String.join(
                    "\r\n",
                    "POST /api/cameras HTTP/1.1",
                    "Host: localhost",
                    "Expect: 100-continue",
                    "Content-Length: 70000",
                    "",
                    "")))
        .startsWith("HTTP/1.1 413 ")
        .endsWith("The body must have 65536 bytes at most.\n");
    assertThat(
            raw(
                "GET / HTTP/1.1\r\nHost: localhost\r\nX: "
                    + "x".repeat(20_000)
                    + "\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 431 ");
    assertThat(raw("GET /" + "x".repeat(5_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n"))
        .startsWith("HTTP/1.1 414 ");
  }

  @Test
  void whatIsNoHttpIsAnsweredAndClosed() throws Exception {
    assertThat(raw("\u0001\u0002\u0003\r\n\r\n")).startsWith("HTTP/1.1 400 ");
  }

  @Test
  void closesConnectionsAboveTheLimitOfAnAddress() throws Exception {
    restart(builder().connections(10, 1));
    try (Socket first = new Socket(InetAddress.getLoopbackAddress(), server.address().getPort())) {
      first
          .getOutputStream()
          .write("GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(US_ASCII));
      assertThat(first.getInputStream().read()).isEqualTo('H');
      try (Socket second =
          new Socket(InetAddress.getLoopbackAddress(), server.address().getPort())) {
        assertThat(second.getInputStream().read()).isEqualTo(-1);
      }
    }
  }

  @Test
  void asksTheAuthorizerForEverythingButThePageAndItsHealth() throws Exception {
    Authorizer strict =
        request ->
            CompletableFuture.supplyAsync(
                () ->
                    request.authorization().isEmpty()
                        ? Access.unknown("Basic realm=\"Photofinish\"")
                        : request.right() == Right.VIEW
                            ? Access.ALLOWED
                            : Access.forbidden("You may only look."));
    restart(builder().authorizer(strict));
    HttpResponse<String> unknown = get("/api/cameras");
    assertThat(unknown.statusCode()).isEqualTo(401);
    assertThat(unknown.headers().firstValue("www-authenticate"))
        .contains("Basic realm=\"Photofinish\"");
    assertThat(get("/").statusCode()).isEqualTo(200);
    assertThat(get("/health").statusCode()).isEqualTo(200);
    HttpRequest view = to("/api/cameras").header("Authorization", "Basic eA==").build();
    assertThat(client.send(view, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    HttpRequest remove =
        to("/api/cameras/door").header("Authorization", "Basic eA==").DELETE().build();
    HttpResponse<String> forbidden = client.send(remove, BodyHandlers.ofString());
    assertThat(forbidden.statusCode()).isEqualTo(403);
    assertThat(forbidden.body()).isEqualTo("You may only look.\n");
  }

  @Test
  void isReadyWhileItListens() throws Exception {
    assertThat(get("/ready").statusCode()).isEqualTo(200);
    assertThatThrownBy(() -> builder().build().address()).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void closesWhatIsOpenAndNoLongerListensToTheRelay() throws Exception {
    try (Socket open = new Socket(InetAddress.getLoopbackAddress(), server.address().getPort())) {
      open.getOutputStream()
          .write("GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(US_ASCII));
      assertThat(open.getInputStream().read()).isEqualTo('H');
      assertThat(cameras.listeners()).hasSize(1);
      server.close();
      assertThat(open.getInputStream().readAllBytes()).isNotEmpty();
      assertThat(cameras.listeners()).isEmpty();
    }
  }

  @Test
  void saysWhichAddressIsTaken() {
    WebServer second = builder().address(server.address()).build();
    assertThatThrownBy(second::start)
        .isInstanceOf(IOException.class)
        .hasMessageContaining(String.valueOf(server.address().getPort()));
    second.close();
  }
}

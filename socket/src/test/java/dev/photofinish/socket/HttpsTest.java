package dev.photofinish.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.photofinish.camera.net.BadServer;
import dev.photofinish.race.limiter.SharedDialLimiter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLHandshakeException;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** HTTPS clients that race without knowing: the platform's, OkHttp, and one of sockets alone. */
@Timeout(120)
class HttpsTest {
  private static final Certificates CERTIFICATES = Certificates.make();

  private final Reports reports = new Reports();
  private final RacingSocketFactory racing =
      new RacingSocketFactory().limiter(SharedDialLimiter.unlimited()).onDecided(reports);
  private final RacingSslSocketFactory secure =
      new RacingSslSocketFactory(racing, CERTIFICATES.client().getSocketFactory());

  private static HttpsServer start(int port) throws IOException {
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getByName("127.1.1.2"), port), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(CERTIFICATES.server()));
    server.createContext(
        "/",
        exchange -> {
          byte[] body = "finish".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    return server;
  }

  private String get(String host, int port) throws IOException {
    URI uri = URI.create("https://" + host + ":" + port + "/");
    HttpsURLConnection connection = (HttpsURLConnection) uri.toURL().openConnection(Proxy.NO_PROXY);
    connection.setSSLSocketFactory(secure);
    connection.setConnectTimeout(5000);
    connection.setReadTimeout(5000);
    try {
      return new String(connection.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } finally {
      connection.disconnect();
    }
  }

  @ParameterizedTest
  @EnumSource
  void httpsUrlConnection(Dead dead) throws Exception {
    try (BadServer first = dead.open()) {
      HttpsServer server = start(first.address().getPort());
      try {
        assertThat(get("race.test", first.address().getPort())).isEqualTo("finish");
        reports.showThatTheSecondAddressWon(dead);
      } finally {
        server.stop(0);
      }
    }
  }

  /** The certificate names race.test alone. */
  @Test
  void theHostNameIsChecked() throws Exception {
    HttpsServer server = start(0);
    try {
      assertThatThrownBy(() -> get("alive.test", server.getAddress().getPort()))
          .isInstanceOf(SSLHandshakeException.class)
          .hasMessageContaining("alive.test");
    } finally {
      server.stop(0);
    }
  }

  @ParameterizedTest
  @EnumSource
  void okHttp(Dead dead) throws Exception {
    OkHttpClient client =
        new OkHttpClient.Builder()
            .socketFactory(racing)
            .sslSocketFactory(CERTIFICATES.client().getSocketFactory(), CERTIFICATES.trust())
            .build();
    try (BadServer first = dead.open()) {
      HttpsServer server = start(first.address().getPort());
      String url = "https://race.test:" + first.address().getPort() + "/";
      try (Response response = client.newCall(new Request.Builder().url(url).build()).execute()) {
        assertThat(response.body().string()).isEqualTo("finish");
        reports.showThatTheSecondAddressWon(dead);
      } finally {
        server.stop(0);
        client.connectionPool().evictAll();
        client.dispatcher().executorService().shutdown();
      }
    }
  }
}

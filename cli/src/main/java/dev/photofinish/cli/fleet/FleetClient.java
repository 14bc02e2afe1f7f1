package dev.photofinish.cli.fleet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.photofinish.cli.command.Json;
import dev.photofinish.cli.command.SafeText;
import dev.photofinish.cli.command.UsageException;
import dev.photofinish.cli.config.AuthOptions;
import dev.photofinish.race.address.Addresses;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Asks a node of a fleet by its API. */
final class FleetClient {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final int MOST_GOOD = 299;
  private static final int UNAUTHORIZED = 401;
  private static final int NOT_FOUND = 404;
  private static final String FLEET = "/api/fleet";
  private static final String NO_PAGE = " is no page of a fleet's node; name one by --web, ";
  private static final String NO_NODE = NO_PAGE + "with --web-tls where it has https";
  private static final String NO_TLS = NO_PAGE + "without --web-tls where it has http";

  private final HttpClient client;
  private final String scheme;
  private final String authority;
  private final @Nullable String login;
  private final Duration timeout;

  private FleetClient(
      HttpClient client,
      String scheme,
      InetSocketAddress web,
      @Nullable String login,
      Duration timeout) {
    this.client = client;
    this.timeout = timeout;
    this.scheme = scheme;
    this.authority = Addresses.text(web);
    this.login = login;
  }

  /** For a node without logins and TLS. */
  FleetClient(InetSocketAddress web) {
    this(web, TIMEOUT);
  }

  /**
   * @param timeout of each request
   */
  FleetClient(InetSocketAddress web, Duration timeout) {
    this(HttpClient.newBuilder().connectTimeout(timeout).build(), "http", web, null, timeout);
  }

  /**
   * For a node at its page.
   *
   * @param tls whether it is asked over TLS
   * @param auth the login there, and whether its certificate is not verified
   * @param trusted the certificate of the authority that has signed the node's, PEM; null for those
   *     that the platform trusts
   */
  static FleetClient of(
      InetSocketAddress web, boolean tls, AuthOptions auth, @Nullable Path trusted) {
    HttpClient.Builder client = HttpClient.newBuilder().connectTimeout(TIMEOUT);
    if (tls) {
      client.sslContext(context(auth.tlsInsecure(), trusted));
    }
    if (auth.user() != null && !tls && !web.getAddress().isLoopbackAddress()) {
      throw new UsageException(
          "--user: the password would be readable on the way; expected --web-tls");
    }
    return new FleetClient(client.build(), tls ? "https" : "http", web, login(auth), TIMEOUT);
  }

  private static @Nullable String login(AuthOptions auth) {
    if (auth.user() == null) {
      return null;
    }
    String text = auth.user() + ":" + (auth.password() == null ? "" : auth.password());
    return "Basic " + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static SSLContext context(boolean insecure, @Nullable Path trusted) {
    try {
      SslContextBuilder builder = SslContextBuilder.forClient().sslProvider(SslProvider.JDK);
      if (insecure) {
        builder.trustManager(InsecureTrustManagerFactory.INSTANCE);
      } else if (trusted != null) {
        builder.trustManager(trusted.toFile());
      }
      return ((JdkSslContext) builder.build()).context();
    } catch (SSLException | IllegalArgumentException e) {
      throw new UsageException(
          "--authority: " + trusted + ": " + e.getMessage() + "; expected a PEM file", e);
    }
  }

  /** The fleet as the node sees it. */
  JsonNode fleet() throws IOException, InterruptedException {
    return json(send(request(FLEET).build()));
  }

  void move(String camera, String node) throws IOException, InterruptedException {
    post(FLEET + "/move/" + segment(camera) + "/" + segment(node));
  }

  /** What the node notes; empty for nothing. */
  String drain(String node) throws IOException, InterruptedException {
    String answer = post(FLEET + "/drain/" + segment(node));
    return SafeText.line(json(answer).path("note").asText(""));
  }

  /** A name as one segment of a path, whatever is in it. */
  private static String segment(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private JsonNode json(String answer) throws IOException {
    try {
      return Json.read(answer);
    } catch (JsonProcessingException e) {
      throw new IOException(at() + NO_NODE, e);
    }
  }

  private String at() {
    return scheme + "://" + authority;
  }

  private String post(String path) throws IOException, InterruptedException {
    return send(request(path).POST(HttpRequest.BodyPublishers.noBody()).build());
  }

  private static String refusal(SSLException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof GeneralSecurityException) {
        return " has a certificate that is not trusted; name its authority by --authority: "
            + failure.getMessage();
      }
    }
    return NO_TLS;
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(at() + path)).timeout(timeout);
    return login == null ? request : request.header("Authorization", login);
  }

  private String send(HttpRequest request) throws IOException, InterruptedException {
    String at = at();
    HttpResponse<String> response;
    try {
      response = client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (ConnectException e) {
      throw new IOException("no node answers at " + at + "; start one, or name it by --web", e);
    } catch (HttpTimeoutException e) {
      throw new IOException(at + " does not answer within " + timeout.toSeconds() + " s");
    } catch (SSLException e) {
      throw new IOException(at + refusal(e));
    } catch (IOException e) { // what answers speaks no HTTP
      throw new IOException(at + NO_NODE, e);
    }
    if (response.statusCode() == UNAUTHORIZED) {
      throw new IOException(
          at + " wants a login; give one of its users by --user, and PHOTOFINISH_PASSWORD");
    }
    if (response.statusCode() == NOT_FOUND && request.uri().getPath().equals(FLEET)) {
      throw new IOException(at + NO_NODE);
    }
    if (response.statusCode() > MOST_GOOD) {
      throw new IOException(SafeText.line(response.body().strip()));
    }
    return response.body();
  }
}

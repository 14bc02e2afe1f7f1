package dev.photofinish.rtsp.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.retry.RetryOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Servers that send a publisher elsewhere (RFC 2326 section 11). */
class PublishRedirectTest implements PublishListener {
  private static final MediaStream AUDIO =
      new MediaStream(0, "audio", "PCMU", 0, 8_000, 1, "", false);

  /** The server that each ANNOUNCE came to, and what the publisher reported, in order. */
  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();

  private final RtspClient client = new RtspClient();

  @AfterEach
  void close() {
    client.close();
  }

  /** A server that answers each ANNOUNCE with the next of some responses, and the last again. */
  private final class Server extends FieldCamera {
    private final String name;
    private final List<String> responses;

    Server(String name, String... responses) throws IOException {
      this.name = name;
      this.responses = List.of(responses);
    }

    @Override
    void answer(Connection connection, Request request) throws IOException {
      if (!request.method().equals("ANNOUNCE")) {
        connection.usual(request);
        return;
      }
      events.add(name + (request.headers().containsKey("authorization") ? " with a login" : ""));
      String[] response =
          responses.get(Math.min(connection.number, responses.size()) - 1).split("\r\n", -1);
      String[] headers = Arrays.copyOfRange(response, 1, response.length);
      connection.respond(request, response[0], headers);
    }
  }

  private static String movedTo(String url) {
    return "302 Moved\r\nLocation: " + url;
  }

  private static String deadUrl() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return "rtsp://127.0.0.1:" + free.getLocalPort() + "/x";
    }
  }

  private void publish(String url, int maxRedirects) {
    RetryOptions retry =
        RetryOptions.builder()
            .initialRetryDelay(Duration.ofMillis(10))
            .reconnectionTimeout(Duration.ofMillis(10))
            .maxReconnectionAttempts(-1)
            .build();
    Camera to =
        Camera.at(url)
            .withRetry(retry)
            .withOptions(ClientOptions.builder().maxRedirects(maxRedirects).build());
    client.publish(to, List.of(AUDIO), this);
  }

  private void expect(String... expected) throws InterruptedException {
    for (String event : expected) {
      assertThat(events.poll(60, TimeUnit.SECONDS)).isEqualTo(event);
    }
  }

  @Override
  public void recording(StreamPublisher publisher, String remote) {
    events.add("recording");
  }

  @Override
  public void failed(StreamPublisher publisher, String reason) {
    events.add("failed: " + reason);
  }

  @Test
  void itGoesWhereItIsSent() throws Exception {
    try (Server away = new Server("away", "200 OK");
        Server home = new Server("home", movedTo(away.url()))) {
      publish(home.url(), 5);
      expect("home", "away", "recording");
    }
  }

  @Test
  void itGoesHomeWhenTheDetourDoesNotAnswer() throws Exception {
    try (Server home = new Server("home", movedTo(deadUrl()), "200 OK")) {
      publish(home.url(), 5);
      expect("home", "home", "recording");
    }
  }

  @Test
  void itGoesHomeWhenTheDetourRefuses() throws Exception {
    try (Server away = new Server("away", "404 Not Found");
        Server home = new Server("home", movedTo(away.url()), "200 OK")) {
      publish(home.url(), 5);
      expect("home", "away", "home", "recording");
    }
  }

  @Test
  void aLongerChainThanMaxRedirectsIsLeft() throws Exception {
    try (Server third = new Server("third", "200 OK");
        Server away = new Server("away", movedTo(third.url()));
        Server home = new Server("home", movedTo(away.url()), "200 OK")) {
      publish(home.url(), 1);
      expect("home", "away", "home", "recording");
    }
  }

  /** The password is for the server itself, so nothing is wrong with it, and it stays at home. */
  @Test
  void aLoginAtTheDetourIsNoWrongPassword() throws Exception {
    try (Server away =
            new Server("away", "401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"a\"");
        Server home = new Server("home", movedTo(away.url()), "200 OK")) {
      publish(home.url().replace("rtsp://", "rtsp://viewer:secret@"), 5);
      expect("home", "away", "home", "recording");
    }
  }
}

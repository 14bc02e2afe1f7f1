package dev.photofinish.relay.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.relay.source.FakeSource;
import dev.photofinish.rtsp.client.RtspTransport;
import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that what readers do wrong ends their connection, and no other's. */
class HostileReadersTest {

  private static void sendUntilRefused(RawReader reader, byte[] bytes) throws IOException {
    try {
      reader.send(bytes);
    } catch (SocketException e) {
      // Refused in the middle.
    }
  }

  private static void expectServing(TestServer server) throws Exception {
    try (RawReader reader = new RawReader(server.address())) {
      assertThat(reader.ask("OPTIONS", server.url("rtsp"))).startsWith("RTSP/1.0 200");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "NONSENSE\r\n\r\n",
        "OPTIONS rtsp://host/cam RTSP/3.0\r\nCSeq: 1\r\n\r\n",
        "SETUP rtsp://host/cam RTSP/1.0\r\nCSeq: 1\r\nContent-Length: 99999999\r\n\r\n",
        "\u0001\u0002\u0003\u0004 some more\r\n\r\n"
      })
  void whatIsNoRequestIsAnswered400AndEndsTheConnection(String text) throws Exception {
    try (TestServer server = new TestServer();
        RawReader reader = new RawReader(server.address())) {
      reader.send(text);
      assertThat(reader.readToEnd()).startsWith("RTSP/1.0 400");
      expectServing(server);
    }
  }

  @Test
  void randomBytesEndTheConnection() throws Exception {
    try (TestServer server = new TestServer()) {
      for (int seed = 0; seed < 20; seed++) {
        try (RawReader reader = new RawReader(server.address())) {
          byte[] bytes = new byte[200_000];
          new Random(seed).nextBytes(bytes);
          sendUntilRefused(reader, bytes);
          reader.readToEnd();
        }
      }
      expectServing(server);
    }
  }

  @Test
  void anEndlessRequestLineEndsTheConnection() throws Exception {
    try (TestServer server = new TestServer();
        RawReader reader = new RawReader(server.address())) {
      sendUntilRefused(
          reader, ("OPTIONS rtsp://" + "a".repeat(1_000_000)).getBytes(StandardCharsets.US_ASCII));
      reader.readToEnd();
      expectServing(server);
    }
  }

  @Test
  void headersWithoutEndEndTheConnection() throws Exception {
    try (TestServer server = new TestServer();
        RawReader reader = new RawReader(server.address())) {
      String head = "OPTIONS * RTSP/1.0\r\nCSeq: 1\r\n" + "X-Y: z\r\n".repeat(10_000);
      sendUntilRefused(reader, head.getBytes(StandardCharsets.US_ASCII));
      reader.readToEnd();
      expectServing(server);
    }
  }

  @Test
  void tenThousandRequestsAtOnceAreAnsweredInOrder() throws Exception {
    int count = 10_000;
    try (TestServer server = new TestServer();
        RawReader reader = new RawReader(server.address())) {
      var requests = new StringBuilder();
      for (int i = 1; i <= count; i++) {
        requests.append("OPTIONS * RTSP/1.0\r\nCSeq: ").append(i).append("\r\n\r\n");
      }
      CompletableFuture<Void> sent =
          CompletableFuture.runAsync(
              () -> {
                try {
                  reader.send(requests.toString());
                } catch (IOException e) {
                  throw new AssertionError(e);
                }
              });
      for (int i = 1; i <= count; i++) {
        assertThat(reader.answer()).startsWith("RTSP/1.0 200").contains("CSeq: " + i + "\r\n");
      }
      sent.join();
    }
  }

  @Test
  void connectionsThatAskForNothingEnd() throws Exception {
    long before = Descriptors.count();
    List<RawReader> readers = new ArrayList<>();
    try (TestServer server =
        new TestServer(
            o -> o.connectionsPerAddress(2_000).requestTimeout(Duration.ofMillis(300)), s -> {})) {
      for (int i = 0; i < 1_200; i++) {
        var reader = new RawReader(server.address());
        readers.add(reader);
        if (i < 1_000) {
          reader.send("OPTIONS rtsp://host/cam RTSP/1.0\r\nCSe");
        }
      }
      for (RawReader reader : readers) {
        reader.readToEnd();
        reader.close();
      }
      expectServing(server);
    }
    Descriptors.awaitAtMost(before);
  }

  @Test
  void aRequestThatComesInCrumbsEndsInTime() throws Exception {
    try (TestServer server =
            new TestServer(o -> o.requestTimeout(Duration.ofMillis(300)), s -> {});
        RawReader reader = new RawReader(server.address())) {
      assertThat(reader.ask("OPTIONS", server.url("rtsp"))).startsWith("RTSP/1.0 200");
      reader.send("OPTIONS rtsp://host/cam RTSP/1.0\r\n");
      assertThat(reader.readToEnd()).startsWith("RTSP/1.0 400");
    }
  }

  // ---- Tunnels

  private static final String GET =
      "GET /cam HTTP/1.1\r\nx-sessioncookie: abc\r\nAccept: application/x-rtsp-tunnelled\r\n\r\n";
  private static final String POST =
      "POST /cam HTTP/1.1\r\nx-sessioncookie: abc\r\nContent-Length: 32767\r\n\r\n";

  private static String encoded(String request) {
    return Base64.getEncoder().encodeToString(request.getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void aTunnelWithoutItsPostEnds() throws Exception {
    try (TestServer server = new TestServer(o -> o.tunnelTimeout(Duration.ofMillis(200)), s -> {});
        RawReader get = new RawReader(server.address())) {
      get.send(GET);
      assertThat(get.readToEnd()).startsWith("HTTP/1.1 200 OK").endsWith("\r\n\r\n");
    }
  }

  @Test
  void bothConnectionsOfATunnelEndTogether() throws Exception {
    try (TestServer server = new TestServer();
        RawReader get = new RawReader(server.address());
        RawReader post = new RawReader(server.address())) {
      get.send(GET);
      assertThat(get.answer()).startsWith("HTTP/1.1 200 OK");
      post.send(POST + encoded("OPTIONS * RTSP/1.0\r\nCSeq: 1\r\n\r\n"));
      assertThat(get.answer()).startsWith("RTSP/1.0 200");
      post.send(encoded("OPTIONS * RTSP/1.0\r\nCSeq: 22\r\n\r\n"));
      assertThat(get.answer()).startsWith("RTSP/1.0 200");
      post.hangUp();
      assertThat(get.readToEnd()).isEmpty();
    }
  }

  @Test
  void theEndOfTheGetIsThatOfThePost() throws Exception {
    try (TestServer server = new TestServer();
        RawReader get = new RawReader(server.address());
        RawReader post = new RawReader(server.address())) {
      get.send(GET);
      get.answer();
      post.send(POST + encoded("OPTIONS * RTSP/1.0\r\nCSeq: 1\r\n\r\n"));
      assertThat(get.answer()).startsWith("RTSP/1.0 200");
      get.hangUp();
      assertThat(post.readToEnd()).isEmpty();
    }
  }

  @Test
  void aPostOfNoTunnelIsRefused() throws Exception {
    try (TestServer server = new TestServer();
        RawReader post = new RawReader(server.address())) {
      post.send(POST);
      assertThat(post.readToEnd()).startsWith("HTTP/1.1 404");
    }
  }

  @Test
  void whatIsNotBase64EndsTheTunnel() throws Exception {
    try (TestServer server = new TestServer();
        RawReader get = new RawReader(server.address());
        RawReader post = new RawReader(server.address())) {
      get.send(GET);
      get.answer();
      post.send(POST + "!!!!!!!!");
      assertThat(get.readToEnd()).isEmpty();
      expectServing(server);
    }
  }

  @Test
  void aCookieIsNotSharedByTwoTunnels() throws Exception {
    try (TestServer server = new TestServer();
        RawReader one = new RawReader(server.address());
        RawReader other = new RawReader(server.address())) {
      one.send(GET);
      one.answer();
      other.send(GET);
      other.readToEnd();
    }
  }

  // ---- Slow ones

  /** The one of a plain socket, which says nothing of itself; or our client's, which does. */
  private static FakeSource.Reading reading(TestServer server, boolean raw) {
    return server.source().readings().stream()
        .filter(reading -> reading.info().agent().isEmpty() == raw)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aReaderThatReadsNothingIsNobodyElsesProblemAndIsClosed() throws Exception {
    try (TestServer server =
            new TestServer(
                o -> o.queueBytes(1 << 18).writeTimeout(Duration.ofSeconds(1)), s -> {});
        Viewer viewer = new Viewer(server.camera(RtspTransport.TCP));
        RawReader stuck = new RawReader(server.address(), 8_192)) {
      viewer.awaitFirst(server.source());
      stuck.play(server.url("rtsp"));
      server.awaitReaders(2);
      FakeSource.Reading slow = reading(server, true);
      FakeSource.Reading fast = reading(server, false);
      int before = viewer.awaitAllOf(server.source());
      for (int sent = 0; slow.dropped() == 0; ) {
        server.source().send(0, 100, 1_000);
        sent += 100;
        int all = before + sent;
        viewer.await("what was sent", v -> v.numbers(0).size() == all);
      }
      assertThat(slow.bytes()).isLessThan(16 << 20);
      TestServer.await(() -> !server.source().readings().contains(slow));
      assertThat(fast.dropped()).isZero();
      stuck.hangUp();
      viewer.stream().close();
      TestServer.await(() -> server.source().held() == 0);
    }
  }
}

package dev.photofinish.cli.fleet;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.photofinish.cli.config.AuthOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What {@code fleet status}, {@code move} and {@code drain} say of what is no node, or a dead one.
 */
class FleetClientTest {
  private static final Duration BOUND = Duration.ofSeconds(30);
  private static final String JSON_HEAD = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n";

  private ServerSocket server;

  @BeforeEach
  void listen() throws Exception {
    server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void close() throws Exception {
    server.close();
  }

  private FleetClient client(Duration timeout) {
    return new FleetClient((InetSocketAddress) server.getLocalSocketAddress(), timeout);
  }

  /** Answers each request with this; keeps the connections of those that it does not answer. */
  private void answer(String text) {
    serve(
        socket -> {
          readHead(socket.getInputStream());
          socket.getOutputStream().write(text.getBytes(US_ASCII));
        });
  }

  /** What a server does with a connection. */
  private interface Service {
    void serve(Socket socket) throws IOException;
  }

  private void serve(Service service) {
    Thread thread =
        new Thread(
            () -> {
              try {
                while (true) {
                  try (Socket socket = server.accept()) {
                    service.serve(socket);
                  }
                }
              } catch (IOException e) {
                // The test is over.
              }
            },
            "no-node");
    thread.setDaemon(true);
    thread.start();
  }

  private static void readHead(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    for (int b = in.read(); b >= 0 && head.indexOf("\r\n\r\n") < 0; ) {
      head.append((char) b);
      b = head.indexOf("\r\n\r\n") < 0 ? in.read() : b;
    }
  }

  private String at() {
    return "http://127.0.0.1:" + server.getLocalPort();
  }

  /** As one that was stopped (SIGSTOP): its kernel takes the connection. */
  @Test
  void aNodeThatDoesNotAnswerIsNotWaitedForForEver() {
    assertThatThrownBy(() -> client(Duration.ofSeconds(1)).fleet())
        .hasMessage(at() + " does not answer within 1 s");
    assertThatThrownBy(() -> client(Duration.ofSeconds(1)).drain("127.0.0.1:25520"))
        .hasMessage(at() + " does not answer within 1 s");
  }

  @Test
  void whatIsNoNodeIsSaid() {
    for (String text :
        new String[] {
          "RTSP/1.0 400 Bad Request\r\n\r\n",
          "",
          JSON_HEAD + "<>",
          "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
        }) {
      answer(text);
      assertThatThrownBy(() -> client(BOUND).fleet())
          .as(text)
          .hasMessageStartingWith(at() + " is no page of a fleet's node; name one by --web");
      restart();
    }
  }

  /** Its certificate is not what is wrong. */
  @Test
  void aPageWithoutTlsThatIsAskedOverTlsIsSaidAsThat() {
    serve(
        socket -> {
          socket.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(US_ASCII));
          socket.shutdownOutput();
          socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        });
    FleetClient client =
        FleetClient.of(
            (InetSocketAddress) server.getLocalSocketAddress(),
            true,
            new AuthOptions(null, null, false),
            null);
    assertThatThrownBy(client::fleet)
        .hasMessage(
            "https://127.0.0.1:"
                + server.getLocalPort()
                + " is no page of a fleet's node; name one by --web, without --web-tls where it has"
                + " http");
  }

  /** A name is one segment of the path, whatever is in it. */
  @Test
  void aNameMayHaveAnyCharacter() {
    answer("HTTP/1.1 404 Not Found\r\nContent-Length: 24\r\n\r\nThere is no such camera.");
    for (String name : new String[] {"a/b", "a b", "..", "", "100%", "h\u00f6f", "?#"}) {
      assertThatThrownBy(() -> client(BOUND).move(name, "127.0.0.1:25520"))
          .as(name)
          .hasMessage("There is no such camera.");
    }
  }

  private void restart() {
    try {
      server.close();
      listen();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}

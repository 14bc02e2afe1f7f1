package dev.photofinish.camera.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Each server misbehaves in its way, and only in that. */
class BadServerTest {

  private static final int BOUND_MS = 60_000;
  private static final int SHORT_MS = 300;

  private static Socket connect(BadServer server, int millis) throws IOException {
    Socket socket = new Socket();
    try {
      socket.connect(server.address(), millis);
      socket.setSoTimeout(BOUND_MS);
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  @Test
  void refuses() {
    try (BadServer server = BadServer.refuse()) {
      assertThatThrownBy(() -> connect(server, BOUND_MS)).isInstanceOf(ConnectException.class);
    }
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "a full backlog drops SYNs on Linux only")
  void swallowsEverySyn() {
    try (BadServer server = BadServer.blackHole()) {
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(() -> connect(server, SHORT_MS))
            .isInstanceOf(SocketTimeoutException.class);
      }
    }
  }

  @Test
  void staysMute() throws Exception {
    try (BadServer server = BadServer.mute();
        Socket socket = connect(server, BOUND_MS)) {
      socket.setSoTimeout(SHORT_MS);
      socket.getOutputStream().write('x');
      assertThatThrownBy(() -> socket.getInputStream().read())
          .isInstanceOf(SocketTimeoutException.class);
      assertThat(server.accepted()).isEqualTo(1);
      assertThat(server.open()).isEqualTo(1);
    }
  }

  @Test
  void resets() {
    try (BadServer server = BadServer.reset()) {
      assertThatThrownBy(() -> readOne(server)).isInstanceOf(SocketException.class);
    }
  }

  private static int readOne(BadServer server) throws IOException {
    try (Socket socket = connect(server, BOUND_MS)) {
      return socket.getInputStream().read();
    }
  }

  @Test
  void resetsLater() throws Exception {
    long start = System.nanoTime();
    try (BadServer server = BadServer.resetAfter(100);
        Socket socket = connect(server, BOUND_MS)) {
      assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketException.class);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(50));
    }
  }

  @Test
  void closesLater() throws Exception {
    long start = System.nanoTime();
    try (BadServer server = BadServer.closeAfter(100);
        Socket socket = connect(server, BOUND_MS)) {
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(50));
    }
  }

  @Test
  void answersSlowlyAndOnce() throws Exception {
    try (BadServer server = BadServer.answerAfter(100, "hi");
        Socket socket = connect(server, BOUND_MS)) {
      long start = System.nanoTime();
      socket.getOutputStream().write('x');
      assertThat(socket.getInputStream().readNBytes(2)).containsExactly('h', 'i');
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isGreaterThanOrEqualTo(Duration.ofMillis(100));
      socket.setSoTimeout(SHORT_MS);
      socket.getOutputStream().write('x');
      assertThatThrownBy(() -> socket.getInputStream().read())
          .isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void listensOnChosenAddresses() throws Exception {
    try (BadServer mute = BadServer.accepting("127.0.0.2", Behaviour.MUTE);
        BadServer refusing = BadServer.refuse("127.0.0.3");
        Socket socket = connect(mute, BOUND_MS)) {
      assertThat(socket.getInetAddress().getHostAddress()).isEqualTo("127.0.0.2");
      assertThat(refusing.address().getAddress().getHostAddress()).isEqualTo("127.0.0.3");
    }
  }

  @Test
  void closeIsIdempotentAndFreesThePort() {
    BadServer server = BadServer.mute();
    server.close();
    server.close();
    assertThatThrownBy(() -> connect(server, BOUND_MS)).isInstanceOf(ConnectException.class);
  }

  @Test
  void wantsDelaysThatAreNotNegative() {
    assertThatThrownBy(() -> BadServer.closeAfter(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a delay is 0 ms or more, not -1");
  }
}

package dev.photofinish.camera.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class ServerPortTest {
  @Test
  void thePortIsFreeAndNoneThatTheSystemGives() throws IOException {
    int port = ServerPort.choose();
    assertThat(port).isGreaterThanOrEqualTo(10_000).isLessThan(ServerPort.firstOfTheSystem());
    try (ServerSocket server = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      assertThat(server.getLocalPort()).isEqualTo(port);
    }
  }
}

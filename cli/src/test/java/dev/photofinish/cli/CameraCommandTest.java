package dev.photofinish.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CameraCommandTest {

  @Test
  void printsItsUrlAndASummary() {
    Cli.Result result = Cli.run("camera", "--json", "--port=0", "--duration=100ms");

    assertThat(result.exit()).isZero();
    List<Object> events = result.json().stream().map(line -> line.get("event")).toList();
    assertThat(events).contains("camera").endsWith("summary");
    assertThat(String.valueOf(result.json("camera").get(0).get("url")))
        .startsWith("rtsp://127.0.0.1:");
    assertThat(result.json("summary").get(0)).containsEntry("connections", 0);
  }

  @Test
  void isPlainTextWithoutJson() {
    Cli.Result result = Cli.run("camera", "--port=0", "--path=/front", "--duration=100ms");

    assertThat(result.out()).contains("/front").contains("connections: 0 open");
  }

  @Test
  void aPortThatIsTakenIsWrongUse() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Cli.Result result = Cli.run("camera", "--port", "" + taken.getLocalPort());

      assertThat(result.exit()).isEqualTo(2);
      assertThat(result.err()).contains("--port: cannot listen").hasLineCount(1);
    }
  }
}

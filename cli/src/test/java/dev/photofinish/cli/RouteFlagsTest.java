package dev.photofinish.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The local addresses, interfaces and proxies that races go through. */
final class RouteFlagsTest {

  private static ServerSocket listening() throws IOException {
    return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  private static String target(ServerSocket server) {
    return "127.0.0.1:" + server.getLocalPort();
  }

  @Test
  void aLocalAddressIsDialledFrom() throws IOException {
    try (ServerSocket server = listening()) {
      Cli.Result result = Cli.run("race", "--json", "--local-address", "127.0.0.9", target(server));
      assertThat(result.exit()).isZero();
      assertThat(result.out()).contains("\"local\":\"127.0.0.9\"");
    }
  }

  @Test
  void anInterfaceIsDialledThrough() throws IOException {
    try (ServerSocket server = listening()) {
      Cli.Result result = Cli.run("race", "--json", "--interface=lo", target(server));
      assertThat(result.exit()).isZero();
      assertThat(result.out()).contains("\"interface\":\"lo\"");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"race", "watch"})
  void anInterfaceThatIsNotThereIsWrongUse(String command) {
    Cli.Result result = Cli.run(command, "--interface", "nosuch0", "rtsp://127.0.0.1:9/");
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err()).contains("'nosuch0' is not valid; expected one of").contains("lo");
  }

  @Test
  void thePasswordOfAProxyIsNeverShown() throws IOException {
    ServerSocket closed = listening();
    closed.close();
    String proxy = "socks5://user:sesame@" + target(closed);
    for (String output : new String[] {"--json", "-vvv"}) {
      Cli.Result result = Cli.run("race", output, "--proxy", proxy, "camera.invalid:554");
      assertThat(result.exit()).isEqualTo(1);
      assertThat(result.out()).contains("refused");
      assertThat(result.out() + result.err()).doesNotContain("sesame");
    }
    Cli.Result wrong = Cli.run("race", "--proxy", "socks9://user:sesame@x:1", "camera.invalid:554");
    assertThat(wrong.exit()).isEqualTo(2);
    assertThat(wrong.err()).contains("proxy").doesNotContain("sesame");
  }
}

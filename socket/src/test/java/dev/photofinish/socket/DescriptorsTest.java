package dev.photofinish.socket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.host.FileDescriptors;
import dev.photofinish.race.RaceOptions;
import java.io.Closeable;
import java.io.FileInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A process without descriptors left says so in one sentence, and goes on once it has some. */
@Timeout(120)
class DescriptorsTest {
  @Test
  void theLackOfDescriptorsIsOneSentence() throws Exception {
    Process process =
        new ProcessBuilder(
                "sh",
                "-c",
                "ulimit -n 256; exec \"$@\"",
                "sh",
                System.getProperty("java.home") + "/bin/java",
                "-cp",
                System.getProperty("java.class.path"),
                Fork.class.getName())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(output.lines().filter(line -> line.startsWith("socket: ")))
        .as(output)
        .satisfiesExactly(
            first -> assertThat(first).isEqualTo("socket: connected"),
            refused -> assertThat(refused).startsWith("socket: Connection refused"),
            second -> assertThat(second).endsWith(": " + FileDescriptors.NONE_LEFT),
            third -> assertThat(third).isEqualTo("socket: connected"));
    assertThat(output).as("without a stack trace").doesNotContain("\tat ");
  }

  /** Connects before, while and after there are no descriptors left. */
  static final class Fork {
    private Fork() {}

    public static void main(String... arguments) throws IOException {
      try (ServerSocket server = new ServerSocket(0)) {
        connect(server.getLocalPort());
        connect(1); // loads what a lost race needs
        Deque<Closeable> all = useUp();
        connect(server.getLocalPort());
        while (!all.isEmpty()) {
          all.pop().close();
        }
        connect(server.getLocalPort());
      }
    }

    private static Deque<Closeable> useUp() {
      Deque<Closeable> all = new ArrayDeque<>();
      try {
        while (true) {
          all.push(new FileInputStream("/dev/null"));
        }
      } catch (IOException e) {
        return all;
      }
    }

    private static void connect(int port) {
      try (Socket socket = new RacingSocketFactory(RaceOptions.defaults()).createSocket()) {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 10_000);
        System.out.println("socket: connected");
      } catch (IOException e) {
        System.out.println("socket: " + e.getMessage());
      }
    }
  }
}

package dev.photofinish.connect;

import dev.photofinish.camera.lab.LabProcess;
import dev.photofinish.camera.lab.Needs;
import dev.photofinish.connect.route.Endpoint;
import dev.photofinish.connect.route.ProxySettings;
import dev.photofinish.connect.route.ProxySettings.Kind;
import dev.photofinish.race.address.Addresses;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** Proxies that nobody here wrote, from the distribution, each with a configuration of our own. */
enum RealProxy {
  MICROSOCKS(Kind.SOCKS5, "microsocks", true) {
    @Override
    List<String> command(Path folder, int port, boolean asks) {
      List<String> command = new ArrayList<>(List.of(program, "-i", HOST, "-p", "" + port));
      command.addAll(asks ? List.of("-u", USER, "-P", PASSWORD) : List.of());
      return command;
    }
  },
  DANTE(Kind.SOCKS5, "danted", false) {
    @Override
    List<String> command(Path folder, int port, boolean asks) throws IOException {
      String settings =
          """
          logoutput: stderr
          internal: %s port = %d
          external: lo
          clientmethod: none
          socksmethod: none
          client pass { from: 0/0 to: 0/0 }
          socks pass { from: 0/0 to: 0/0 log: connect }
          """
              .formatted(HOST, port);
      return List.of(
          program, "-f", file(folder, settings), "-p", folder.resolve("danted.pid").toString());
    }
  },
  TINYPROXY(Kind.HTTP, "tinyproxy", true) {
    @Override
    List<String> command(Path folder, int port, boolean asks) throws IOException {
      String settings = "Listen %s\nPort %d\nTimeout 60\nLogLevel Connect\n".formatted(HOST, port);
      String credentials = asks ? "BasicAuth %s %s\n".formatted(USER, PASSWORD) : "";
      return List.of(program, "-d", "-c", file(folder, settings + credentials));
    }
  },
  PRIVOXY(Kind.HTTP, "privoxy", false) {
    @Override
    List<String> command(Path folder, int port, boolean asks) throws IOException {
      String settings =
          "confdir /etc/privoxy\nlisten-address %s:%d\ndebug 1\n".formatted(HOST, port);
      return List.of(program, "--no-daemon", file(folder, settings));
    }
  };

  static final String HOST = "127.0.0.1";
  static final String USER = "finish";
  static final String PASSWORD = "sesame";

  final Kind kind;
  final String program;
  final boolean canAsk;

  /**
   * @param canAsk whether it can ask for a user and password that are not the system's
   */
  RealProxy(Kind kind, String program, boolean canAsk) {
    this.kind = kind;
    this.program = program;
    this.canAsk = canAsk;
  }

  abstract List<String> command(Path folder, int port, boolean asks) throws IOException;

  private static String file(Path folder, String settings) throws IOException {
    return Files.writeString(Files.createTempFile(folder, "proxy", ".conf"), settings).toString();
  }

  /**
   * Starts it on a free port of {@link #HOST}, for a minute at most.
   *
   * @param asks for {@link #USER} and {@link #PASSWORD}
   */
  Running start(Path folder, boolean asks) throws IOException {
    Needs.programs(Assumptions::abort, program, "timeout");
    int port = Peers.refuses(HOST).port();
    LabProcess process = LabProcess.onHost(Duration.ofMinutes(1), command(folder, port, asks));
    Running running = new Running(this, port, process);
    Eventually.holds(program + " listens", running::listens);
    return running;
  }

  record Running(RealProxy proxy, int port, LabProcess process) implements AutoCloseable {
    ProxySettings settings() {
      return new ProxySettings(proxy.kind, new Endpoint(HOST, port), null, null);
    }

    private boolean listens() {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(Addresses.parse(HOST), port), 1000);
        return true;
      } catch (IOException e) {
        return false;
      }
    }

    /** Waits until it has logged a line that contains {@code text}. */
    void logs(String text) throws InterruptedException {
      process.awaitLine(text, Duration.ofSeconds(20));
    }

    @Override
    public void close() {
      process.close();
    }
  }
}

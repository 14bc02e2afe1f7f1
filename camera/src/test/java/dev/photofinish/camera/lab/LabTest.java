package dev.photofinish.camera.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The behaviour of the kernel in a lab, seen by plain sockets. */
@Tag("lab")
class LabTest {
  private static final int PORT = 9000;
  private static final Duration LIMIT = Duration.ofMinutes(1);

  private Lab lab;

  @BeforeAll
  static void needs() {
    Needs.lab(Assumptions::abort);
  }

  @BeforeEach
  void open() throws InterruptedException {
    lab = Lab.open();
    lab.server()
        .startJava(LIMIT, Acceptor.class, String.valueOf(PORT))
        .awaitLine(Acceptor.READY, LIMIT);
  }

  @AfterEach
  void close() {
    lab.close();
  }

  @Test
  void bothFamiliesReachTheServer() throws IOException {
    for (InetAddress address : List.of(lab.server4(), lab.server6())) {
      try (Socket socket = dial(address, 5000)) {
        assertThat(socket.isConnected()).isTrue();
      }
    }
  }

  @Test
  void aBlackHoleAnswersNothing() {
    for (InetAddress address : List.of(lab.blackHole4(), lab.blackHole6())) {
      assertThatThrownBy(() -> dial(address, 100)).isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void anUnreachableAddressFailsAtOnce() {
    for (InetAddress address : List.of(lab.unreachable4(), lab.unreachable6())) {
      assertThatThrownBy(() -> dial(address, 60_000)).isInstanceOf(NoRouteToHostException.class);
    }
  }

  @Test
  void lostSynsAreNotAnsweredAndHealingEndsIt() throws IOException {
    lab.server().inflict(Fault.loseSyns(100));
    assertThatThrownBy(() -> dial(lab.server4(), 100)).isInstanceOf(SocketTimeoutException.class);
    lab.server().heal();
    dial(lab.server4(), 5000).close();
  }

  @Test
  void resetsReachLiveAndNewConnections() throws IOException {
    try (Socket live = dial(lab.server4(), 5000)) {
      lab.server().inflict(Fault.reset(PORT));
      assertThatThrownBy(() -> sendAndRead(live))
          .isInstanceOf(SocketException.class)
          .hasMessageContaining("reset");
      assertThatThrownBy(() -> dial(lab.server4(), 5000)).isInstanceOf(ConnectException.class);
    }
  }

  @Test
  void resetsOfLiveClientsLeaveNewOnesAlone() throws IOException {
    try (Socket live = dial(lab.server4(), 5000);
        Socket live6 = dial(lab.server6(), 5000)) {
      List<Integer> clients = lab.server().clientPorts(PORT);
      assertThat(clients).containsExactlyInAnyOrder(live.getLocalPort(), live6.getLocalPort());
      lab.server().inflict(Fault.reset(PORT, clients));
      assertThatThrownBy(() -> sendAndRead(live)).hasMessageContaining("reset");
      assertThatThrownBy(() -> sendAndRead(live6)).hasMessageContaining("reset");
      dial(lab.server4(), 5000).close();
    }
  }

  @Test
  void silenceOfLiveClientsLeavesNewOnesAlone() throws IOException {
    try (Socket live = dial(lab.server4(), 5000)) {
      lab.server().inflict(Fault.silence(PORT, lab.server().clientPorts(PORT)));
      live.shutdownOutput();
      live.setSoTimeout(200);
      assertThatThrownBy(() -> live.getInputStream().read())
          .isInstanceOf(SocketTimeoutException.class);
      dial(lab.server4(), 5000).close();
    }
  }

  @Test
  void silenceOfAPortTakesNewClientsToo() {
    lab.server().inflict(Fault.silence(PORT));
    assertThatThrownBy(() -> dial(lab.server6(), 100)).isInstanceOf(SocketTimeoutException.class);
  }

  @Test
  void aProcessHasATimeLimit() throws InterruptedException {
    try (LabProcess sleeper = lab.server().start(Duration.ofSeconds(1), "sleep", "60")) {
      assertThat(sleeper.awaitExit(LIMIT)).hasValue(124);
    }
  }

  @Test
  void whatIsNotPrintedIsAnErrorThatQuotesTheOutput() {
    try (LabProcess echo = lab.server().start(LIMIT, "echo", "hello")) {
      assertThatThrownBy(() -> echo.awaitLine("good bye", LIMIT))
          .isInstanceOf(LabException.class)
          .hasMessageContaining("echo hello: ended")
          .hasMessageContaining("\nhello");
    }
  }

  @Test
  void closingLeavesNothing() throws InterruptedException {
    LabProcess sleeper = lab.server().start(LIMIT, "sh", "-c", "sleep 60 & sleep 60");
    lab.server().hosts(Map.of("camera.test", lab.server4()));
    String name = lab.server().name();
    lab.close();

    assertThat(Command.run("ip", "netns", "list")).doesNotContain(name);
    assertThat(Command.run("ip", "route", "show")).doesNotContain(lab.server4().getHostAddress());
    assertThat(Path.of("/etc/netns", name)).doesNotExist();
    assertThat(sleeper.awaitExit(LIMIT)).isPresent();
    lab.close();
  }

  @Test
  void twoLabsStandSideBySide() throws Exception {
    try (Lab second = Lab.open()) {
      assertThat(second.server4()).isNotEqualTo(lab.server4());
      second.server().inflict(Fault.loseEverything(100));
      dial(lab.server4(), 5000).close();
    }
  }

  @Test
  void aClientApartHasItsOwnNamesAndTimers() throws Exception {
    try (Lab apart = Lab.openApart()) {
      apart.client().hosts(Map.of("camera.test", apart.server6()));
      apart.client().synLinearTimeouts(0);
      assertThat(apart.client().run("getent", "hosts", "camera.test")).startsWith("2001:db8:");
      assertThat(apart.client().run("cat", "/proc/sys/net/ipv4/tcp_syn_linear_timeouts"))
          .isEqualTo("0\n");
      assertThatThrownBy(() -> apart.client().run("bash", "-c", "</dev/tcp/camera.test/9"))
          .hasMessageContaining("Connection refused");
    }
  }

  @Test
  void aLabOutlivesItsJvmByAMoment() throws Exception {
    Process jvm =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Abandoner.class.getName())
            .start();
    String name = jvm.inputReader().readLine();
    assertThat(Path.of("/run/netns", name)).exists();
    jvm.destroyForcibly().waitFor();
    await(() -> Files.notExists(Path.of("/run/netns", name)));
  }

  /** Opens a lab and waits to be killed. */
  static final class Abandoner {
    public static void main(String... arguments) throws Exception {
      Lab lab = Lab.open();
      lab.server().start(LIMIT, "sleep", "30");
      System.out.println(lab.server().name());
      int unused = System.in.read(); // nothing comes
    }
  }

  private static void await(BooleanSupplier condition) throws Exception {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("still waiting after %s", LIMIT).isLessThan(deadline);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }

  private Socket dial(InetAddress address, int timeoutMillis) throws IOException {
    Socket socket = new Socket();
    try {
      socket.connect(new InetSocketAddress(address, PORT), timeoutMillis);
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private static void sendAndRead(Socket socket) throws IOException {
    socket.setSoTimeout((int) LIMIT.toMillis());
    socket.getOutputStream().write(1);
    assertThat(socket.getInputStream().read()).isEqualTo(-1);
  }
}

package dev.photofinish.socket;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.photofinish.camera.net.BadServer;
import dev.photofinish.race.Cause;
import dev.photofinish.race.Outcome;
import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.Strategy;
import dev.photofinish.race.limiter.SharedDialLimiter;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.net.SocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A racing socket is a platform socket in all but its connecting. */
@Timeout(120)
class RacingSocketTest {
  private final Reports reports = new Reports();
  private final RacingSocketFactory racing =
      new RacingSocketFactory().limiter(SharedDialLimiter.unlimited()).onDecided(reports);
  private Peer echo;

  @BeforeEach
  void start() throws IOException {
    echo = Peer.echo("127.1.1.2", 0);
  }

  @AfterEach
  void stop() {
    echo.close();
  }

  private static SocketFactory factory(String kind) {
    return kind.equals("racing") ? new RacingSocketFactory() : SocketFactory.getDefault();
  }

  /** What a socket says of itself at each stage, the platform's and ours. */
  private String life(String kind) throws IOException {
    StringBuilder life = new StringBuilder();
    Socket socket = factory(kind).createSocket();
    state(life, socket);
    socket.connect(echo.address());
    state(life, socket);
    socket.shutdownInput();
    state(life, socket);
    socket.shutdownOutput();
    state(life, socket);
    socket.close();
    state(life, socket);
    return life.toString();
  }

  private static void state(StringBuilder life, Socket socket) throws IOException {
    life.append(socket.toString().replaceAll("localport=\\d+", "localport=x"))
        .append(socket.isBound())
        .append(socket.isConnected())
        .append(socket.isClosed())
        .append(socket.isInputShutdown())
        .append(socket.isOutputShutdown())
        .append(socket.getRemoteSocketAddress())
        .append(socket.getPort())
        .append(socket.getLocalAddress())
        .append(socket.getLocalPort() > 0)
        .append(socket.getChannel())
        .append('\n');
  }

  @Test
  void livesAsAPlatformSocketDoes() throws Exception {
    assertThat(life("racing")).isEqualTo(life("platform"));
  }

  @Test
  void readsAndWritesAtTheSameTime() throws Exception {
    byte[] sent = new byte[1 << 22];
    Arrays.fill(sent, (byte) 'x');
    try (Socket socket = racing.createSocket("race.test", echo.port())) {
      socket.setSoTimeout(30_000);
      CompletableFuture<Void> writing =
          CompletableFuture.runAsync(
              () -> {
                try {
                  socket.getOutputStream().write(sent);
                  socket.shutdownOutput();
                } catch (IOException e) {
                  throw new AssertionError(e);
                }
              });
      assertThat(socket.getInputStream().readAllBytes()).isEqualTo(sent);
      writing.join();
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void oneByteAndHowManyAreThere() throws Exception {
    try (Socket socket = racing.createSocket("race.test", echo.port())) {
      socket.getOutputStream().write(200);
      assertThat(socket.getInputStream().read()).isEqualTo(200);
      assertThat(socket.getInputStream().available()).isZero();
      socket.sendUrgentData(1);
    }
  }

  @Test
  void soTimeoutEndsAReadAndLeavesTheSocket() throws Exception {
    try (Socket socket = racing.createSocket()) {
      socket.setSoTimeout(20);
      socket.connect(echo.address());
      assertThatThrownBy(() -> socket.getInputStream().read())
          .isInstanceOf(SocketTimeoutException.class)
          .hasMessage("Read timed out");
      socket.getOutputStream().write('a');
      socket.setSoTimeout(0);
      assertThat(socket.getInputStream().read()).isEqualTo('a');
    }
  }

  @Test
  void settingsMadeBeforeConnectingHold() throws Exception {
    try (Socket socket = racing.createSocket();
        Socket plain = new Socket()) {
      set(socket);
      set(plain);
      String before = settings(socket);
      assertThat(before).isEqualTo(settings(plain));
      socket.connect(echo.address());
      plain.connect(echo.address());
      assertThat(settings(socket)).isEqualTo(settings(plain));
      socket.setTcpNoDelay(false);
      assertThat(socket.getTcpNoDelay()).isFalse();
      assertThat(socket.getOption(StandardSocketOptions.TCP_NODELAY)).isFalse();
      assertThat(socket.supportedOptions()).contains(StandardSocketOptions.SO_KEEPALIVE);
    }
  }

  private static void set(Socket socket) throws IOException {
    socket.setTcpNoDelay(true);
    socket.setKeepAlive(true);
    socket.setReuseAddress(true);
    socket.setOOBInline(true);
    socket.setSoLinger(true, 3);
    socket.setSoTimeout(1234);
    socket.setSendBufferSize(30_000);
    socket.setReceiveBufferSize(40_000);
    socket.setTrafficClass(0x10);
    socket.setPerformancePreferences(1, 2, 3);
    socket.setOption(StandardSocketOptions.SO_REUSEPORT, true);
  }

  private static String settings(Socket socket) throws IOException {
    return socket.getTcpNoDelay()
        + " "
        + socket.getKeepAlive()
        + socket.getReuseAddress()
        + socket.getOOBInline()
        + socket.getSoLinger()
        + " "
        + socket.getSoTimeout()
        + " "
        + socket.getSendBufferSize()
        + " "
        + socket.getReceiveBufferSize()
        + " "
        + socket.getTrafficClass()
        + socket.getOption(StandardSocketOptions.SO_REUSEPORT);
  }

  @Test
  void wrongSettingsAreRefusedBeforeConnecting() throws Exception {
    try (Socket socket = racing.createSocket()) {
      assertThatThrownBy(() -> socket.setTrafficClass(256))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> socket.setReceiveBufferSize(0))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> socket.connect(echo.address(), -1))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  /** The unconnected, the connected twice, the closed: the platform's own words. */
  @ParameterizedTest
  @ValueSource(strings = {"racing", "platform"})
  void misuseIsToldInThePlatformsWords(String kind) throws Exception {
    Socket socket = factory(kind).createSocket();
    assertThatThrownBy(socket::getInputStream)
        .isInstanceOf(SocketException.class)
        .hasMessage("Socket is not connected");
    socket.connect(echo.address());
    assertThatThrownBy(() -> socket.connect(echo.address()))
        .isInstanceOf(SocketException.class)
        .hasMessageContainingAll("onnected");
    OutputStream out = socket.getOutputStream();
    socket.close();
    assertThatThrownBy(() -> out.write(1))
        .isInstanceOf(SocketException.class)
        .hasMessage("Socket closed");
    assertThatThrownBy(socket::getInputStream)
        .isInstanceOf(SocketException.class)
        .hasMessage("Socket is closed");
    assertThatThrownBy(() -> socket.connect(echo.address()))
        .isInstanceOf(SocketException.class)
        .hasMessage("Socket is closed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"racing", "platform"})
  void closingEndsARead(String kind) throws Exception {
    Socket socket = factory(kind).createSocket(InetAddress.getByName("127.1.1.2"), echo.port());
    CompletableFuture<Throwable> reading = new CompletableFuture<>();
    Thread reader =
        new Thread(
            () -> {
              try {
                reading.complete(new AssertionError("read " + socket.getInputStream().read()));
              } catch (IOException e) {
                reading.complete(e);
              }
            });
    reader.start();
    Threads.awaitBlocked(reader);
    socket.close();
    assertThat(reading.join()).isInstanceOf(SocketException.class).hasMessage("Socket closed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"race.test", "alive.test", "127.1.1.2"})
  void bindsToAnAddress(String host) throws Exception {
    try (Socket socket =
        racing.createSocket(host, echo.port(), InetAddress.getByName("127.1.1.9"), 0)) {
      assertThat(socket.getLocalAddress().getHostAddress()).isEqualTo("127.1.1.9");
      assertThat(socket.getInetAddress().getHostAddress()).isEqualTo("127.1.1.2");
    }
  }

  /** One connection at a time can come from one port. */
  @ParameterizedTest
  @ValueSource(strings = {"127.1.1.9", "0.0.0.0"})
  void bindsToAPort(String local) throws Exception {
    try (BadServer refuses = BadServer.refuse("127.1.1.1");
        Peer alive = Peer.echo("127.1.1.2", refuses.address().getPort())) {
      int free = Ports.free("127.1.1.9");
      try (Socket socket =
          racing.createSocket("race.test", alive.port(), InetAddress.getByName(local), free)) {
        assertThat(socket.getLocalPort()).isEqualTo(free);
        reports.showThatTheSecondAddressWon(Dead.REFUSED);
        assertThat(reports.first().strategy()).isEqualTo(Strategy.NONE);
      }
    }
  }

  /**
   * A refusal that takes longer than the least gap between two starts: the next dial is at once.
   */
  @Test
  void aPortIsFreeForTheNextAttemptAtOnce() throws Exception {
    try (BadServer refuses = BadServer.refuse("127.1.1.1");
        Peer alive = Peer.echo("127.1.1.2", refuses.address().getPort())) {
      SocketSettings settings = new SocketSettings();
      settings.bind(new InetSocketAddress("127.1.1.9", Ports.free("127.1.1.9")));
      settings.set("slow", socket -> LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(30)));
      settings.releasePort();
      ConnectRequest request =
          ConnectRequest.of(
              InetSocketAddress.createUnresolved("race.test", alive.port()),
              settings,
              RaceOptions.builder().history(false).build(),
              10_000);
      FactoryContext context = FactoryContext.ofThisProcess(PlatformResolver.INSTANCE);
      try (SocketChannel won = new ConnectCall(request, settings, context).run().channel()) {
        assertThat(won.getRemoteAddress())
            .isEqualTo(new InetSocketAddress("127.1.1.2", alive.port()));
      }
    }
  }

  @Test
  void anAddressOfAnotherHostCannotBeBoundTo() throws Exception {
    try (Socket socket = racing.createSocket()) {
      assertThatThrownBy(() -> socket.bind(new InetSocketAddress("192.0.2.1", 0)))
          .isInstanceOf(java.net.BindException.class);
    }
  }

  private static final String LAST_WINS =
      "connection-racing=last-wins,racing-delay-ms=100,max-parallel-connections=2";

  /** Of last-wins: the first attempt is held while a newer one is on its way into a black hole. */
  @Test
  void whatThePeerSaysBeforeTheDecisionIsRead() throws Exception {
    try (BadServer silent = BadServer.blackHole("127.1.1.1");
        Peer greets = new Peer("127.1.1.2", silent.address().getPort(), RacingSocketTest::greet);
        Socket socket =
            new RacingSocketFactory(LAST_WINS)
                .limiter(SharedDialLimiter.unlimited())
                .onDecided(reports)
                .createSocket("reverse.test", greets.port())) {
      assertThat(reports.first().winner()).isEqualTo(reports.first().attempts().get(0));
      assertThat(socket.getInputStream().available()).isEqualTo(11);
      socket.getOutputStream().write("HELO\r\n".getBytes(US_ASCII));
      assertThat(new String(socket.getInputStream().readNBytes(17), US_ASCII))
          .isEqualTo("220 hello\r\nHELO\r\n");
    }
  }

  private static void greet(Socket connection) throws IOException {
    connection.getOutputStream().write("220 hello\r\n".getBytes(US_ASCII));
    connection.getInputStream().transferTo(connection.getOutputStream());
  }

  @Test
  void anAttemptThatIsHeldIsWatchedForItsEnd() throws Exception {
    try (BadServer silent = BadServer.blackHole("127.1.1.1");
        Peer hangsUp =
            new Peer(
                "127.1.1.2",
                silent.address().getPort(),
                connection -> connection.getOutputStream().write('x'))) {
      assertThatThrownBy(
              () ->
                  // longer than a busy machine stands still
                  new RacingSocketFactory(LAST_WINS + ",racing-timeout=7s")
                      .limiter(SharedDialLimiter.unlimited())
                      .onDecided(reports)
                      .createSocket("reverse.test", hangsUp.port()))
          .isInstanceOf(SocketTimeoutException.class);
      assertThat(reports.first().attempts().get(0).outcome()).isEqualTo(Outcome.EVICTED);
      assertThat(reports.first().attempts().get(0).cause()).isEqualTo(Cause.CLOSED);
    }
  }
}

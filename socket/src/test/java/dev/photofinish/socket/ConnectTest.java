package dev.photofinish.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.photofinish.camera.net.BadServer;
import dev.photofinish.option.InvalidOptionException;
import dev.photofinish.race.FinishLine;
import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.RaceReport;
import dev.photofinish.race.Result;
import dev.photofinish.race.address.Addresses;
import dev.photofinish.race.limiter.SharedDialLimiter;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.net.SocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code connect}: its candidates, its time, and its exceptions. */
@Timeout(120)
class ConnectTest {
  private final Reports reports = new Reports();
  private final RacingSocketFactory racing =
      new RacingSocketFactory().limiter(SharedDialLimiter.unlimited()).onDecided(reports);

  private static InetAddress named(String name, String address) throws IOException {
    return InetAddress.getByAddress(name, InetAddress.getByName(address).getAddress());
  }

  /** JDBC drivers, HTTP and mail clients resolve a name and pass one address after the other. */
  @Test
  void anAddressThatCarriesItsNameStandsForAllOfThem() throws Exception {
    try (BadServer silent = BadServer.blackHole("127.1.1.1");
        Peer alive = Peer.echo("127.1.1.2", silent.address().getPort());
        Socket socket = racing.createSocket(named("race.test", "127.1.1.1"), alive.port())) {
      assertThat(socket.getInetAddress().getHostAddress()).isEqualTo("127.1.1.2");
      reports.showThatTheSecondAddressWon(Dead.SILENT);
    }
  }

  @Test
  void anAddressFromAResolverOfTheClientsOwnIsDialledAlone() throws Exception {
    try (Peer alive = Peer.echo("127.1.1.4", 0);
        Socket socket = racing.createSocket(named("race.test", "127.1.1.4"), alive.port())) {
      assertThat(socket.getInetAddress().getHostAddress()).isEqualTo("127.1.1.4");
      assertThat(reports.first().attempts()).hasSize(1);
    }
  }

  @Test
  void anAddressWhoseNameNobodyKnowsIsDialled() throws Exception {
    try (Peer alive = Peer.echo("127.1.1.4", 0);
        Socket socket = racing.createSocket(named("nowhere.test", "127.1.1.4"), alive.port())) {
      assertThat(socket.isConnected()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.1.1.2", "::1", "localhost"})
  void numbersAndNamesOfEveryFamily(String host) throws Exception {
    try (Peer alive = Peer.echo(host, 0);
        Socket socket = racing.createSocket(host, alive.port())) {
      assertThat(socket.isConnected()).isTrue();
    }
  }

  /** For longer than a busy machine stands still: three are started in half a second. */
  @Test
  void aNumericAddressIsDialledAgainWhileItIsSilent() throws Exception {
    try (BadServer silent = BadServer.blackHole();
        Socket socket = racing.createSocket()) {
      Throwable thrown = catchThrowable(() -> socket.connect(silent.address(), 7_000));
      assertThat(thrown)
          .isInstanceOf(SocketTimeoutException.class)
          .hasMessageStartingWith("Connect timed out: race to " + "127.0.0.1:");
      assertThat(reports.first().attempts()).hasSizeGreaterThanOrEqualTo(3);
      assertThat(thrown.getSuppressed()).hasSameSizeAs(reports.first().attempts());
      assertThat(socket.isConnected()).isFalse();
    }
  }

  /** Both of its races together. */
  @Test
  void theTimeoutBoundsHybridToo() throws Exception {
    Reports told = new Reports();
    RacingSocketFactory hybrid =
        new RacingSocketFactory("connection-racing=hybrid")
            .limiter(SharedDialLimiter.unlimited())
            .onDecided(told);
    try (BadServer silent = BadServer.blackHole();
        Socket socket = hybrid.createSocket()) {
      assertThatThrownBy(() -> socket.connect(silent.address(), 600))
          .isInstanceOf(SocketTimeoutException.class);
      assertThat(told.first().options().racingTimeout().toMillis()).isEqualTo(300);
    }
  }

  @Test
  void whereEveryAddressRefusesTheErrorSaysWhatEachDid() throws Exception {
    int port = Ports.free("127.1.1.1");
    assertThatThrownBy(() -> racing.createSocket("dead.test", port))
        .isInstanceOf(ConnectException.class)
        .hasMessageStartingWith("Connection refused: race to dead.test:" + port + " failed after")
        .hasMessageContainingAll("127.1.1.1:" + port + " refused", "127.1.1.3:" + port)
        .satisfies(
            e -> {
              assertThat(e.getSuppressed()).hasSize(2);
              assertThat(e.getSuppressed()[0])
                  .hasMessageContaining("attempt 1 to 127.1.1.1:" + port)
                  .hasRootCauseInstanceOf(ConnectException.class);
            });
  }

  @Test
  void aNameWithoutAnAddress() {
    assertThatThrownBy(() -> racing.createSocket("nowhere.test", 80))
        .isInstanceOf(UnknownHostException.class)
        .hasMessageContaining("nowhere.test");
  }

  /** 192.0.2.0/24 is nowhere, and a loopback address cannot reach it anyway. */
  @Test
  void whatCannotBeDialledIsToldAsThePlatformTellsIt() throws Exception {
    assertThatThrownBy(() -> racing.createSocket("192.0.2.1", 80, Addresses.parse("127.0.0.1"), 0))
        .isInstanceOf(SocketException.class)
        .satisfies(e -> assertThat(e.getSuppressed()).isNotEmpty());
    assertThatThrownBy(() -> racing.createSocket("127.0.0.1", 80, Addresses.parse("::1"), 0))
        .isInstanceOf(SocketException.class)
        .hasMessageContaining("127.0.0.1");
  }

  private record Connecting(Socket socket, Thread thread, CompletableFuture<Throwable> end) {}

  private Connecting connecting(InetSocketAddress to) throws IOException {
    return connecting(racing, to);
  }

  private static Connecting connecting(SocketFactory factory, InetSocketAddress to)
      throws IOException {
    Socket socket = factory.createSocket();
    CompletableFuture<Throwable> end = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                socket.connect(to, 30_000);
                end.complete(new AssertionError("connected"));
              } catch (Throwable e) {
                end.complete(Thread.currentThread().isInterrupted() ? new Interrupted(e) : e);
              }
            });
    thread.start();
    return new Connecting(socket, thread, end);
  }

  /** The interrupt status was set when {@code cause} was thrown. */
  private static final class Interrupted extends Exception {
    private static final long serialVersionUID = 1;

    Interrupted(Throwable cause) {
      super(cause);
    }
  }

  @Test
  void anInterruptEndsTheRace() throws Exception {
    try (BadServer silent = BadServer.blackHole()) {
      Connecting connecting = connecting(silent.address());
      Threads.awaitBlocked(connecting.thread());
      connecting.thread().interrupt();
      assertThat(connecting.end().join())
          .isInstanceOf(Interrupted.class)
          .hasCauseExactlyInstanceOf(InterruptedIOException.class);
      assertThat(reports.first().result()).isEqualTo(Result.CANCELLED);
      assertThat(connecting.socket().isConnected()).isFalse();
    }
  }

  @Test
  void anInterruptBeforehandDialsNothing() throws Exception {
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> racing.createSocket("127.0.0.1", 80))
          .isExactlyInstanceOf(InterruptedIOException.class);
      assertThat(reports.first().attempts()).isEmpty();
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  /** A name server that does not answer; the platform gives up on it after many seconds. */
  @Test
  void theTimeoutAndTheInterruptEndTheWaitForAName() throws Exception {
    CompletableFuture<List<InetAddress>> never = new CompletableFuture<>();
    RacingSocketFactory unanswered =
        new RacingSocketFactory(RaceOptions.defaults(), host -> never).onDecided(reports);
    try (Socket socket = unanswered.createSocket()) {
      InetSocketAddress to = InetSocketAddress.createUnresolved("slow.test", 80);
      assertThatThrownBy(() -> socket.connect(to, 20))
          .isInstanceOf(SocketTimeoutException.class)
          .hasMessageContaining("slow.test:80");
    }
    Connecting connecting =
        connecting(unanswered, InetSocketAddress.createUnresolved("slow.test", 80));
    Threads.awaitBlocked(connecting.thread());
    connecting.thread().interrupt();
    assertThat(connecting.end().join())
        .isInstanceOf(Interrupted.class)
        .hasCauseExactlyInstanceOf(InterruptedIOException.class);
    never.complete(List.of(Addresses.parse("127.0.0.1"))); // too late: nobody listens
  }

  /** All that wait for one name share its look-up, which is gone with the answer. */
  @Test
  void anAnswerIsNotKept() {
    CompletableFuture<List<InetAddress>> first = PlatformResolver.INSTANCE.ask("race.test");
    assertThat(first.join()).hasSize(2);
    assertThat(PlatformResolver.INSTANCE.ask("race.test")).isNotSameAs(first);
    assertThatThrownBy(() -> PlatformResolver.INSTANCE.ask("nowhere.test").join())
        .hasCauseInstanceOf(UnknownHostException.class);
  }

  @Test
  void closeFromAnotherThreadEndsTheRace() throws Exception {
    try (BadServer silent = BadServer.blackHole()) {
      Connecting connecting = connecting(silent.address());
      Threads.awaitBlocked(connecting.thread());
      connecting.socket().close();
      assertThat(connecting.end().join())
          .isInstanceOf(SocketException.class)
          .hasMessageStartingWith("Socket closed");
      assertThat(connecting.socket().isClosed()).isTrue();
    }
  }

  @Test
  void optionsOutOfPlaceAreRefused() {
    assertThatThrownBy(() -> new RacingSocketFactory("racing-delay-ms=5"))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContaining("racing-delay-ms");
    assertThatThrownBy(() -> new RacingSocketFactory("first-wins"))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContaining("name=value");
    assertThatThrownBy(() -> new RacingSocketFactory("connection-racing=auto"))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContaining("connection-racing");
    assertThatThrownBy(
            () -> new RacingSocketFactory(RaceOptions.builder().finishLine(FinishLine.TLS).build()))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContaining("finish-line");
    assertThat(new RacingSocketFactory("")).isNotNull();
  }

  @Test
  void theReportComesBeforeTheSocket() throws Exception {
    try (Peer alive = Peer.echo("127.1.1.2", 0);
        Socket socket = racing.createSocket("alive.test", alive.port())) {
      RaceReport report = reports.first();
      assertThat(report.target()).isEqualTo("alive.test:" + socket.getPort());
      assertThat(report.answers()).extracting(a -> a.candidates().size()).isEqualTo(List.of(0, 1));
    }
  }
}

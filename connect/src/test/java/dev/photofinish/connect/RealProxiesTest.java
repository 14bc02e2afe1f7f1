package dev.photofinish.connect;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.photofinish.connect.route.Endpoint;
import dev.photofinish.connect.route.ProxySettings;
import dev.photofinish.connect.route.ProxySettings.Kind;
import dev.photofinish.connect.route.Target;
import dev.photofinish.race.Cause;
import dev.photofinish.race.Outcome;
import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.RaceReport;
import dev.photofinish.race.Result;
import dev.photofinish.race.Stage;
import dev.photofinish.race.Strategy;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Races through {@link RealProxy the distribution's proxies} to servers on loopback. */
@Tag("lab")
@Timeout(120)
@SuppressWarnings("FutureReturnValueIgnored") // a peer that is gone is gone
class RealProxiesTest {
  /** An answer comes before the next attempt, however slow the machine is. */
  private static final RaceOptions OPTIONS =
      RaceOptions.builder()
          .connectionRacing(Strategy.FIRST_WINS)
          .racingDelay(Duration.ofSeconds(2))
          .racingTimeout(Duration.ofSeconds(20))
          .build();

  @TempDir private Path folder;
  private final Peers peers = new Peers();

  @AfterEach
  void close() {
    peers.close();
  }

  /** On both of the addresses that a proxy may find for {@code localhost}. */
  private int echo() {
    ChannelInitializer<Channel> initializer =
        new ChannelInitializer<>() {
          @Override
          protected void initChannel(Channel channel) {
            channel.pipeline().addLast(new Echo());
          }
        };
    int port = peers.start("127.0.0.1", 0, initializer).port();
    return peers.start("::1", port, initializer).port();
  }

  private static final class Echo extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      ctx.writeAndFlush(message);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      ctx.close();
    }
  }

  private static void assertEchoes(Connection won) throws Exception {
    Channel channel = won.channel();
    channel.writeAndFlush(channel.alloc().buffer().writeBytes("photo".getBytes(US_ASCII)));
    assertThat(Heard.on(won)).isEqualTo("photo");
  }

  private static Connector through(ProxySettings proxy) {
    return Connector.builder().tls(TlsSettings.insecure()).proxy(proxy).build();
  }

  private static Connection connect(Connector connector, String target) throws Exception {
    return connector.connectBlocking(Target.parse(target), OPTIONS);
  }

  private static RaceException lost(Connector connector, String target) {
    return catchThrowableOfType(RaceException.class, () -> connect(connector, target));
  }

  /** {@code localhost} is looked up by the proxy: this connector knows no names at all. */
  @ParameterizedTest
  @EnumSource
  void theProxyResolvesTheName(RealProxy real) throws Exception {
    String target = "localhost:" + echo();
    Path noNames = Files.writeString(folder.resolve("hosts"), "");
    try (RealProxy.Running proxy = real.start(folder, false);
        Connector connector =
            Connector.builder().hostsFile(noNames).proxy(proxy.settings()).build();
        Connection won = connect(connector, target)) {
      assertEchoes(won);
      RaceReport.Attempt winner = Objects.requireNonNull(won.report().winner());
      assertThat(winner.candidate())
          .hasToString(RealProxy.HOST + ":" + proxy.port() + " for " + target);
      proxy.logs(real == RealProxy.DANTE ? "tcp/connect" : target); // Dante logs the address
    }
    Eventually.holds("the proxy has closed both ways", () -> peers.open() == 0);
  }

  @ParameterizedTest
  @CsvSource({
    "MICROSOCKS, 127.0.0.1",
    "MICROSOCKS, [::1]",
    "DANTE, 127.0.0.1",
    "TINYPROXY, 127.0.0.1",
    "TINYPROXY, [::1]",
    "PRIVOXY, 127.0.0.1",
    "PRIVOXY, [::1]"
  })
  void numericTargetsAreReached(RealProxy real, String host) throws Exception {
    int port = echo();
    try (RealProxy.Running proxy = real.start(folder, false);
        Connector connector = through(proxy.settings());
        Connection won = connect(connector, host + ":" + port)) {
      assertEchoes(won);
    }
  }

  @ParameterizedTest
  @EnumSource
  void tlsIsSpokenThroughTheTunnel(RealProxy real) throws Exception {
    Endpoint tls = TlsPeer.start(peers);
    try (RealProxy.Running proxy = real.start(folder, false);
        Connector connector = through(proxy.settings());
        Connection won = connect(connector, "tls://" + tls.address())) {
      assertThat(Objects.requireNonNull(won.report().winner()).stage()).isEqualTo(Stage.READY);
      assertThat(Heard.on(won)).isEqualTo("hello");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"MICROSOCKS", "TINYPROXY"})
  void theRightCredentialsLetIn(RealProxy real) throws Exception {
    int port = echo();
    try (RealProxy.Running proxy = real.start(folder, true);
        Connector connector =
            through(proxy.settings().withCredentials(RealProxy.USER, RealProxy.PASSWORD));
        Connection won = connect(connector, "localhost:" + port)) {
      assertEchoes(won);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "MICROSOCKS | wrong | the proxy refused user and password",
        "MICROSOCKS |       | the proxy: unexpected authMethod",
        "TINYPROXY  | wrong | the proxy answered 401 Unauthorized",
        "TINYPROXY  |       | the proxy answered 407 Proxy Authentication Required"
      })
  void otherCredentialsAreFinalAndNotShown(RealProxy real, String password, String detail)
      throws Exception {
    int port = echo();
    try (RealProxy.Running proxy = real.start(folder, true);
        Connector connector =
            through(
                password == null
                    ? proxy.settings()
                    : proxy.settings().withCredentials(RealProxy.USER, "not" + password))) {
      RaceException lost = lost(connector, "localhost:" + port);
      assertThat(lost.report().result()).isEqualTo(Result.FAILED);
      assertThat(lost.report().attempts()).hasSize(1);
      assertThat(lost.report().attempts().get(0).cause()).isEqualTo(Cause.PROTOCOL);
      assertThat(lost.report().attempts().get(0).detail()).contains(detail);
      for (Throwable told : lost.getSuppressed()) {
        assertThat(told).hasMessageContaining(detail).message().doesNotContain("notwrong");
      }
      assertThat(lost).message().doesNotContain("notwrong");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "MICROSOCKS, the proxy answered CONNECTION_REFUSED",
    "DANTE, the proxy answered CONNECTION_REFUSED",
    "TINYPROXY, the proxy answered 500 Unable to connect",
    "PRIVOXY, the proxy answered 503"
  })
  void aTargetThatRefusesIsRefused(RealProxy real, String detail) throws Exception {
    Endpoint nobody = Peers.refuses("127.0.0.1");
    try (RealProxy.Running proxy = real.start(folder, false);
        Connector connector = through(proxy.settings())) {
      RaceException lost = lost(connector, nobody.address());
      assertThat(lost.report().attempts()).hasSize(1);
      assertThat(lost.report().attempts().get(0).cause()).isEqualTo(Cause.REFUSED);
      assertThat(lost.report().attempts().get(0).stage()).isEqualTo(Stage.STARTED);
      assertThat(lost.report().attempts().get(0).detail()).startsWith(detail);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aDeadFirstAddressOfTheProxyCostsOneDelay(RealProxy real) throws Exception {
    int port = echo();
    Path hosts =
        Files.writeString(folder.resolve("hosts"), "::1 proxy.example\n127.0.0.1 proxy.example\n");
    try (RealProxy.Running proxy = real.start(folder, false);
        BlackHole hole = new BlackHole("::1", proxy.port());
        Connector connector =
            Connector.builder()
                .hostsFile(hosts)
                .proxy(named("proxy.example", hole.endpoint().port(), real.kind))
                .build();
        Connection won = connect(connector, "127.0.0.1:" + port)) {
      assertThat(won.report().attempts())
          .extracting(RaceReport.Attempt::outcome)
          .containsExactly(Outcome.CANCELLED, Outcome.WON);
      assertEchoes(won);
    }
  }

  private static ProxySettings named(String host, int port, Kind kind) {
    return new ProxySettings(kind, new Endpoint(host, port), null, null);
  }

  /** Won and lost, each closed again: neither side keeps a socket. */
  @ParameterizedTest
  @EnumSource
  void nothingIsLeftOpen(RealProxy real) throws Exception {
    int port = echo();
    String nobody = Peers.refuses("127.0.0.1").address();
    try (Loops loops = Io.NIO.open();
        RealProxy.Running proxy = real.start(folder, false);
        Connector connector =
            Connector.builder().eventLoopGroup(loops.group()).proxy(proxy.settings()).build()) {
      both(connector, port, nobody); // so that what is made once is there before counting
      int before = descriptors();
      for (int i = 0; i < 10; i++) {
        both(connector, port, nobody);
      }
      Eventually.holds("every socket is closed", () -> descriptors() <= before);
      assertThat(connector.racing()).isZero();
      assertThat(Timers.scheduled(loops.group())).isZero();
    }
  }

  private void both(Connector connector, int port, String nobody) throws Exception {
    try (Connection won = connect(connector, "127.0.0.1:" + port)) {
      assertEchoes(won);
    }
    assertThat(lost(connector, nobody)).isNotNull();
    Eventually.holds("the target is left", () -> peers.open() == 0);
  }

  private static int descriptors() {
    String[] open = new File("/proc/self/fd").list();
    return open == null ? 0 : open.length;
  }
}

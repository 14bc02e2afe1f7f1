package dev.photofinish.connect;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.concurrent.CompletableFuture.completedFuture;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.photofinish.connect.route.Endpoint;
import dev.photofinish.connect.route.Target;
import dev.photofinish.option.InvalidOptionException;
import dev.photofinish.race.Cause;
import dev.photofinish.race.FinishLine;
import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.Stage;
import dev.photofinish.race.Strategy;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SniHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import io.netty.util.Mapping;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** TLS against real handshakes: whom it trusts, and that it says so when it trusts anyone. */
@Timeout(120)
@SuppressWarnings("FutureReturnValueIgnored") // a peer that is gone is gone
class TlsTest {
  /** One attempt at a time and time enough: a handshake is counted, however long it takes. */
  private static final RaceOptions OPTIONS =
      RaceOptions.builder()
          .connectionRacing(Strategy.NONE)
          .racingTimeout(Duration.ofSeconds(20))
          .build();

  private static X509Bundle authority;
  private static KeyStore trusted;

  @TempDir private Path folder;
  private final Peers peers = new Peers();
  private final List<String> indicated = new CopyOnWriteArrayList<>();
  private Path hosts;

  @BeforeAll
  static void makeAuthority() throws Exception {
    authority =
        new CertificateBuilder()
            .subject("CN=Test Authority")
            .setIsCertificateAuthority(true)
            .buildSelfSigned();
    trusted = authority.toKeyStore("changeit".toCharArray());
  }

  @BeforeEach
  void writeHostsFile() throws Exception {
    hosts =
        Files.writeString(
            folder.resolve("hosts"), "127.0.0.1 camera.example other.example my_camera\n");
  }

  @AfterEach
  void close() {
    peers.close();
  }

  private int server() throws Exception {
    return server(tls -> tls);
  }

  private int server(UnaryOperator<SslContextBuilder> with) throws Exception {
    X509Bundle certificate =
        new CertificateBuilder()
            .subject("CN=camera.example")
            .addSanDnsName("camera.example")
            .addSanIpAddress("127.0.0.1")
            .addSanIpAddress("::1")
            .buildIssuedBy(authority);
    SslContext context =
        with.apply(
                SslContextBuilder.forServer(
                    certificate.getKeyPair().getPrivate(), certificate.getCertificatePath()))
            .build();
    Mapping<String, SslContext> mapping =
        name -> {
          indicated.add(String.valueOf(name));
          return context;
        };
    ChannelInitializer<Channel> initializer =
        new ChannelInitializer<>() {
          @Override
          protected void initChannel(Channel channel) {
            channel.pipeline().addLast(new SniHandler(mapping), new Hello());
          }
        };
    int port = peers.start("127.0.0.1", 0, initializer).port();
    peers.start("127.0.0.2", port, initializer);
    return peers.start("::1", port, initializer).port();
  }

  private static final class Hello extends ChannelInboundHandlerAdapter {
    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
      if (event == SslHandshakeCompletionEvent.SUCCESS) {
        ctx.writeAndFlush(ctx.alloc().buffer().writeBytes("hello".getBytes(US_ASCII)));
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      ctx.close();
    }
  }

  private Connector connector(TlsSettings tls) {
    return Connectors.builder().tls(tls).hostsFile(hosts).build();
  }

  private static RaceException lost(Connector connector, Target target) {
    return catchThrowableOfType(
        RaceException.class, () -> connector.connectBlocking(target, OPTIONS));
  }

  @ParameterizedTest
  @ValueSource(strings = {"camera.example", "camera.example.", "127.0.0.1", "[::1]", "[::1%lo]"})
  void aCertificateThatNamesTheHost(String host) throws Exception {
    int port = server();
    try (Connector connector = connector(TlsSettings.trustStore(trusted));
        Connection won =
            connector.connectBlocking(Target.parse("tls://" + host + ":" + port), OPTIONS)) {
      assertThat(won.channel().pipeline().get(SslHandler.class)).isNotNull();
      assertThat(indicated).containsExactly(host.startsWith("camera") ? "camera.example" : "null");
    }
  }

  @Test
  void bytesFlowAfterTheHandshake() throws Exception {
    int port = server();
    try (Connector connector = connector(TlsSettings.trustStore(trusted));
        Connection won =
            connector.connectBlocking(Target.parse("tls://camera.example:" + port), OPTIONS)) {
      assertThat(Heard.on(won)).isEqualTo("hello");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "other.example, No subject alternative DNS name matching other.example",
    "127.0.0.2, No subject alternative names matching IP address 127.0.0.2",
    "my_camera, my_camera"
  })
  void anotherHostIsATlsFailure(String host, String reason) throws Exception {
    int port = server();
    try (Connector connector = connector(TlsSettings.trustStore(trusted))) {
      RaceException lost = lost(connector, Target.parse("tls://" + host + ":" + port));
      assertThat(lost.report().attempts().get(0).cause()).isEqualTo(Cause.TLS);
      assertThat(lost.report().attempts().get(0).stage()).isEqualTo(Stage.CONNECTED);
      assertThat(lost.getSuppressed()[0]).hasMessageContaining(reason);
    }
  }

  @Test
  void aServerThatAsksForACertificateGetsTheIdentity() throws Exception {
    // Up to 1.2 a client hears of the server's refusal within the handshake.
    int port =
        server(
            tls ->
                tls.trustManager(authority.getCertificate())
                    .clientAuth(ClientAuth.REQUIRE)
                    .protocols("TLSv1.2"));
    Target target = Target.parse("tls://camera.example:" + port);
    X509Bundle client = new CertificateBuilder().subject("CN=client").buildIssuedBy(authority);
    TlsSettings trust = TlsSettings.trustStore(trusted);
    try (Connector connector = connector(trust.withIdentity(client.toKeyManagerFactory()));
        Connection won = connector.connectBlocking(target, OPTIONS)) {
      assertThat(Heard.on(won)).isEqualTo("hello");
    }
    X509Bundle stranger =
        new CertificateBuilder()
            .subject("CN=stranger")
            .setIsCertificateAuthority(true)
            .buildSelfSigned();
    for (TlsSettings refused : List.of(trust, trust.withIdentity(stranger.toKeyManagerFactory()))) {
      try (Connector connector = connector(refused)) {
        assertThat(lost(connector, target).report().attempts().get(0).cause()).isEqualTo(Cause.TLS);
      }
    }
  }

  @Test
  void anUnknownAuthorityIsATlsFailure() throws Exception {
    int port = server();
    try (Connector connector = connector(TlsSettings.systemTrust())) {
      RaceException lost = lost(connector, Target.parse("tls://camera.example:" + port));
      assertThat(lost.report().attempts().get(0).cause()).isEqualTo(Cause.TLS);
      assertThat(lost.getSuppressed()[0]).hasMessageContaining("certification path");
    }
  }

  @Test
  void aJudgeIsShownWhatIsNotTrusted() throws Exception {
    int port = server();
    List<String> shown = new CopyOnWriteArrayList<>();
    CertificateJudge judge =
        (host, chain) ->
            CompletableFuture.supplyAsync(
                () -> shown.add(host + " " + chain.get(0).getSubjectX500Principal()));
    for (TlsSettings settings :
        List.of(TlsSettings.systemTrust().withJudge(judge), TlsSettings.judgedBy(judge))) {
      try (Connector connector = connector(settings);
          Connection won =
              connector.connectBlocking(Target.parse("tls://other.example:" + port), OPTIONS)) {
        assertThat(Heard.on(won)).isEqualTo("hello");
        assertThat(shown).containsOnly("other.example CN=camera.example");
      }
      shown.clear();
    }
  }

  @Test
  void aJudgeThatRefusesIsATlsFailure() throws Exception {
    int port = server();
    try (Connector connector =
        connector(TlsSettings.systemTrust().withJudge((host, chain) -> completedFuture(false)))) {
      RaceException lost = lost(connector, Target.parse("tls://camera.example:" + port));
      assertThat(lost.report().attempts().get(0).cause()).isEqualTo(Cause.TLS);
      assertThat(lost.getSuppressed()[0]).hasMessageContaining("certification path");
    }
    try (Connector connector =
        connector(TlsSettings.judgedBy((host, chain) -> completedFuture(false)))) {
      RaceException lost = lost(connector, Target.parse("tls://camera.example:" + port));
      assertThat(lost.report().attempts().get(0).detail())
          .isEqualTo("the certificate is not trusted: it was not accepted");
    }
  }

  /** The event loop is free for the race's timeout, and for others. */
  @Test
  void aJudgeThatDoesNotAnswerIsNotWaitedFor() throws Exception {
    int port = server();
    CompletableFuture<Boolean> never = new CompletableFuture<>();
    RaceOptions options = OPTIONS.toBuilder().racingTimeout(Duration.ofSeconds(1)).build();
    try (Connector connector = connector(TlsSettings.judgedBy((host, chain) -> never))) {
      RaceException lost =
          catchThrowableOfType(
              RaceException.class,
              () ->
                  connector.connectBlocking(Target.parse("tls://camera.example:" + port), options));
      assertThat(lost).hasMessageContaining("timed-out");
      never.complete(true); // too late
      assertThat(connector.connectBlocking(Target.parse("tls://camera.example:" + port), OPTIONS))
          .satisfies(won -> assertThat(Heard.on(won)).isEqualTo("hello"))
          .satisfies(Connection::close);
    }
  }

  @Test
  void aJudgeIsNotAskedAboutWhatIsTrusted() throws Exception {
    int port = server();
    try (Connector connector =
            connector(
                TlsSettings.trustStore(trusted)
                    .withJudge((host, chain) -> completedFuture(false)));
        Connection won =
            connector.connectBlocking(Target.parse("tls://camera.example:" + port), OPTIONS)) {
      assertThat(Heard.on(won)).isEqualTo("hello");
    }
  }

  @Test
  void insecureTrustsAnyoneAndSaysSoOnce() throws Exception {
    int port = server();
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    Logger logger = (Logger) LoggerFactory.getLogger(Tls.class);
    log.start();
    logger.addAppender(log);
    try (Connector connector = connector(TlsSettings.insecure())) {
      Target target = Target.parse("tls://other.example:" + port);
      connector.connectBlocking(target, OPTIONS).close();
      connector.connectBlocking(target, OPTIONS).close();
    } finally {
      logger.detachAppender(log);
    }
    assertThat(log.list)
        .filteredOn(event -> event.getLevel() == Level.WARN)
        .singleElement()
        .asString()
        .contains("INSECURE");
  }

  @Test
  void aPeerWithoutTlsIsATlsFailure() {
    Endpoint plain = peers.greets("127.0.0.1");
    try (Connector connector = connector(TlsSettings.insecure())) {
      RaceException lost = lost(connector, Target.parse("tls://" + plain));
      assertThat(lost.report().attempts().get(0).cause()).isEqualTo(Cause.TLS);
    }
  }

  @Test
  void aPeerThatClosesInTheHandshakeIsClosed() {
    Endpoint closes = peers.closesWhenAsked("127.0.0.1");
    try (Connector connector = connector(TlsSettings.insecure())) {
      RaceException lost = lost(connector, Target.parse("tls://" + closes));
      assertThat(lost.report().attempts().get(0).cause()).isEqualTo(Cause.CLOSED);
    }
  }

  @Test
  void aHandshakeThatNobodyAnswersLosesToOneThatIs() throws Exception {
    int port = server();
    Endpoint mute = peers.mute("127.0.0.3");
    Target target = Target.parse("tls://" + mute + ",tls://127.0.0.1:" + port);
    RaceOptions options =
        OPTIONS.toBuilder()
            .connectionRacing(Strategy.FIRST_WINS)
            .racingDelay(Duration.ofMillis(100))
            .build();
    try (Connector connector = connector(TlsSettings.trustStore(trusted));
        Connection won = connector.connectBlocking(target, options)) {
      assertThat(won.report().winner()).isEqualTo(won.report().attempts().get(1));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"RESPONSE", "MEDIA"})
  void aFinishLineThatNeedsAProtocolIsRefused(FinishLine finishLine) {
    try (Connector connector = Connectors.create()) {
      RaceOptions options = OPTIONS.toBuilder().finishLine(finishLine).build();
      Target target = Target.parse("127.0.0.1:9");
      assertThatThrownBy(() -> connector.connect(target, options))
          .isInstanceOf(InvalidOptionException.class)
          .hasMessageContainingAll("finish-line", "connect or tls");
    }
  }

  @Test
  void tlsIsNoFinishLineForAPlainEndpoint() {
    try (Connector connector = Connectors.create()) {
      RaceOptions options = OPTIONS.toBuilder().finishLine(FinishLine.TLS).build();
      Target target = Target.parse("127.0.0.1:9");
      assertThatThrownBy(() -> connector.connect(target, options))
          .isInstanceOf(InvalidOptionException.class)
          .hasMessageContaining("127.0.0.1:9 with tls://");
    }
  }
}

package dev.photofinish.connect;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.photofinish.connect.route.Endpoint;
import dev.photofinish.connect.route.Target;
import dev.photofinish.option.InvalidOptionException;
import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.Strategy;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.util.AttributeKey;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A race in place of {@code bootstrap.connect(host, port)}. */
@Timeout(120)
@SuppressWarnings("FutureReturnValueIgnored") // a peer that is gone is gone
class BootstrapRaceTest {
  private static final AttributeKey<String> NAME = AttributeKey.valueOf("BootstrapRaceTest");

  private final Peers peers = new Peers();
  private final Loops loops = Io.NIO.open();
  private final Connector connector = Connectors.create();
  private final AtomicInteger created = new AtomicInteger();
  private final AtomicInteger initialized = new AtomicInteger();
  private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();

  @AfterEach
  void close() {
    connector.close();
    loops.close();
    peers.close();
  }

  private Bootstrap bootstrap() {
    return new Bootstrap()
        .group(loops.group())
        .channelFactory(
            () -> {
              created.incrementAndGet();
              return new NioSocketChannel();
            })
        .handler(
            new ChannelInitializer<>() {
              @Override
              protected void initChannel(Channel channel) {
                initialized.incrementAndGet();
                channel.pipeline().addLast("mine", new Recorder());
              }
            });
  }

  /** Notes what a handler of the user's sees, in order. */
  private final class Recorder extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRegistered(ChannelHandlerContext ctx) {
      seen.add("registered");
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
      seen.add("active");
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      ByteBuf bytes = (ByteBuf) message;
      seen.add(bytes.toString(US_ASCII));
      bytes.release();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
      if (event == ChannelInputShutdownEvent.INSTANCE) {
        seen.add("half closed");
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
      seen.add("inactive");
    }
  }

  private String next() throws InterruptedException {
    return String.valueOf(seen.poll(60, TimeUnit.SECONDS));
  }

  private ChannelFuture connect(Bootstrap bootstrap, Endpoint peer) {
    return connector.connect(bootstrap, peer.host(), peer.port());
  }

  @Test
  void theChannelIsTheWinnersWithTheBootstrapsHandlers() throws Exception {
    connect(bootstrap(), peers.greetsAndCloses("127.0.0.1")).sync();
    assertThat(List.of(next(), next(), next(), next()))
        .containsExactly("registered", "active", "hello", "inactive");
    assertThat(initialized).hasValue(1);
  }

  @Test
  void nothingOfTheRaceIsLeftInThePipeline() throws Exception {
    Bootstrap bootstrap =
        bootstrap().option(ChannelOption.TCP_NODELAY, false).attr(NAME, "attribute");
    Endpoint peer = peers.greets("127.0.0.1");
    Channel channel = connect(bootstrap, peer).sync().channel();
    assertThat(channel.remoteAddress()).isEqualTo(new InetSocketAddress(peer.host(), peer.port()));
    assertThat(loops.group()).contains(channel.eventLoop());
    assertThat(channel.config().getOption(ChannelOption.TCP_NODELAY)).isFalse();
    assertThat(channel.attr(NAME).get()).isEqualTo("attribute");
    assertThat(List.of(next(), next(), next())).containsExactly("registered", "active", "hello");
    assertThat(channel.pipeline().names()).first().isEqualTo("mine");
    assertThat(channel.pipeline().names()).hasSize(2); // with the tail
    channel.close().sync();
  }

  /** The handlers of attempts that lose are never made. */
  @Test
  void aDeadFirstAddressCostsOneDelayAndNoHandler(@TempDir Path folder) throws Exception {
    Path hosts = folder.resolve("hosts");
    Files.writeString(hosts, "::1 camera.example\n127.0.0.1 camera.example\n");
    try (BlackHole hole = new BlackHole("::1");
        Connector named = Connectors.builder().hostsFile(hosts).build()) {
      int port = peers.start("127.0.0.1", hole.endpoint().port(), channel -> {}).port();
      Channel channel = named.connect(bootstrap(), "camera.example", port).sync().channel();
      assertThat(channel.remoteAddress()).asString().endsWith("/127.0.0.1:" + port);
      assertThat(created).hasValueGreaterThanOrEqualTo(2);
      assertThat(initialized).hasValue(1);
      channel.close().sync();
    }
  }

  @Test
  void aHandlerThatCannotBeSharedIsUsedOnce() throws Exception {
    Bootstrap bootstrap = bootstrap().handler(new Recorder());
    Endpoint peer = peers.mute("127.0.0.1");
    connect(bootstrap, peer).sync().channel().close().sync();
    ChannelFuture second = connect(bootstrap, peer).await();
    assertThat(second.cause()).hasMessageContaining("not a @Sharable handler");
    Eventually.holds("nothing is left open", () -> peers.open() == 0);
  }

  @Test
  void readsOnlyWhenAskedIfTheBootstrapSaysSo() throws Exception {
    Bootstrap bootstrap = bootstrap().option(ChannelOption.AUTO_READ, false);
    Channel channel = connect(bootstrap, peers.greets("127.0.0.1")).sync().channel();
    assertThat(List.of(next(), next())).containsExactly("registered", "active");
    Settle.briefly(channel);
    assertThat(seen).isEmpty();
    channel.read();
    assertThat(next()).isEqualTo("hello");
    channel.close().sync();
  }

  @Test
  void aHalfClosedConnectionStaysOpenIfTheBootstrapSaysSo() throws Exception {
    Bootstrap bootstrap = bootstrap().option(ChannelOption.ALLOW_HALF_CLOSURE, true);
    Endpoint peer = peers.greetsAndCloses("127.0.0.1");
    Channel channel = connect(bootstrap, peer).sync().channel();
    assertThat(List.of(next(), next(), next(), next()))
        .containsExactly("registered", "active", "hello", "half closed");
    assertThat(channel.isOpen()).isTrue();
    channel.close().sync();
  }

  @Test
  void failuresHaveTheTypesThatCallersOfABootstrapKnow() throws Exception {
    Throwable refused = connect(bootstrap(), Peers.refuses("127.0.0.1")).await().cause();
    assertThat(refused)
        .isInstanceOf(ConnectException.class)
        .hasMessageContaining("refused")
        .hasCauseInstanceOf(RaceException.class);
    assertThatThrownBy(() -> connect(bootstrap(), Peers.refuses("127.0.0.1")).sync())
        .isInstanceOf(ConnectException.class);
    assertThat(connector.connect(bootstrap(), "fe80::1%nozone9", 554).await().cause())
        .isInstanceOf(UnknownHostException.class)
        .hasMessageContaining("nozone9");
    try (BlackHole hole = new BlackHole("127.0.0.1")) {
      Bootstrap hasty = bootstrap().option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 200);
      assertThat(connect(hasty, hole.endpoint()).await().cause())
          .isInstanceOf(ConnectTimeoutException.class);
    }
    assertThat(initialized).hasValue(0);
  }

  /** Netty's own idiom: {@code future.channel().eventLoop().schedule(this::connect, ...)}. */
  @Test
  void aFailedFutureHasAnEventLoopToTryAgainOn() throws Exception {
    ChannelFuture lost = connect(bootstrap(), Peers.refuses("127.0.0.1")).await();
    assertThat(lost.channel().isActive()).isFalse();
    lost.channel().closeFuture().await();
    assertThat(lost.channel().isOpen()).isFalse();
    CompletableFuture<Boolean> again = new CompletableFuture<>();
    lost.channel().eventLoop().schedule(() -> again.complete(true), 1, TimeUnit.MILLISECONDS);
    assertThat(again.get(60, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void cancellingTheFutureCancelsTheRace() throws Exception {
    try (BlackHole hole = new BlackHole("127.0.0.1")) {
      ChannelFuture future = connect(bootstrap(), hole.endpoint());
      assertThat(future.cancel(true)).isTrue();
      assertThat(future.isCancelled()).isTrue();
      assertThat(catchThrowable(future::sync)).isInstanceOf(CancellationException.class);
      Eventually.holds("the race is over", () -> connector.racing() == 0);
      assertThat(future.channel().closeFuture().await(60, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void closingTheStandInCancelsTheRace() throws Exception {
    try (BlackHole hole = new BlackHole("127.0.0.1")) {
      ChannelFuture future = connect(bootstrap(), hole.endpoint());
      assertThat(future.channel().isOpen()).isTrue();
      assertThat(future.channel().writeAndFlush("nothing").await().isSuccess()).isFalse();
      future.channel().close().sync();
      assertThat(future.await().isCancelled()).isTrue();
      Eventually.holds("the race is over", () -> connector.racing() == 0);
    }
  }

  @Test
  void cancellingAfterTheWinLeavesTheChannelAlone() throws Exception {
    ChannelFuture future = connect(bootstrap(), peers.mute("127.0.0.1")).sync();
    assertThat(future.cancel(true)).isFalse();
    assertThat(future.channel().isActive()).isTrue();
    future.channel().close().sync();
  }

  @Test
  void closingTheConnectorCancels() throws Exception {
    try (BlackHole hole = new BlackHole("127.0.0.1")) {
      ChannelFuture future = connect(bootstrap(), hole.endpoint());
      connector.close();
      assertThat(future.await().isCancelled()).isTrue();
    }
  }

  @Test
  void listenersAreCalledOnTheChannelsLoop() throws Exception {
    CompletableFuture<Boolean> inLoop = new CompletableFuture<>();
    connect(bootstrap(), peers.mute("127.0.0.1"))
        .addListener(
            (ChannelFuture done) -> {
              inLoop.complete(done.isSuccess() && done.channel().eventLoop().inEventLoop());
              done.channel().close();
            });
    assertThat(inLoop.get(60, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void anInitializerThatThrowsFailsTheFuture() throws Exception {
    Bootstrap bootstrap =
        bootstrap()
            .handler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    throw new IllegalStateException("broken");
                  }
                });
    ChannelFuture future = connect(bootstrap, peers.mute("127.0.0.1")).await();
    assertThat(future.isSuccess()).isFalse();
    Eventually.holds("nothing is left open", () -> peers.open() == 0);
  }

  @Test
  void theLocalAddressOfTheBootstrapIsDialledFrom() throws Exception {
    Bootstrap bootstrap = bootstrap().localAddress("127.0.0.9", 0);
    Channel channel = connect(bootstrap, peers.mute("127.0.0.1")).sync().channel();
    assertThat(channel.localAddress()).asString().startsWith("/127.0.0.9:");
    channel.close().sync();
    assertThatThrownBy(() -> connector.connect(bootstrap().localAddress(4711), "127.0.0.1", 9))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContaining("port 0");
  }

  @Test
  void whatABootstrapLacksIsSaidAsNettySaysIt() {
    assertThatThrownBy(() -> connector.connect(new Bootstrap(), "127.0.0.1", 9))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void lastWinsWaitsForTheNewest() throws Exception {
    RaceOptions options =
        RaceOptions.builder()
            .connectionRacing(Strategy.LAST_WINS)
            .maxParallelConnections(2)
            .racingDelay(Duration.ofMillis(100))
            .build();
    Target target = Target.of(peers.greets("127.0.0.1"));
    Channel channel = connector.connect(bootstrap(), target, options).sync().channel();
    assertThat(List.of(next(), next(), next())).containsExactly("registered", "active", "hello");
    assertThat(created).hasValue(2);
    assertThat(initialized).hasValue(1);
    channel.close().sync();
  }

  /** The handshake starts when the handler comes into the winner's pipeline. */
  @Test
  void tlsInTheInitializerWorks() throws Exception {
    SslContext tls =
        SslContextBuilder.forClient().trustManager(InsecureTrustManagerFactory.INSTANCE).build();
    CompletableFuture<SslHandler> handler = new CompletableFuture<>();
    Bootstrap bootstrap =
        bootstrap()
            .handler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    handler.complete(tls.newHandler(channel.alloc()));
                    channel.pipeline().addLast(handler.join());
                  }
                });
    Channel channel = connect(bootstrap, TlsPeer.start(peers)).sync().channel();
    assertThat(handler.join().handshakeFuture().sync().isSuccess()).isTrue();
    channel.close().sync();
  }
}

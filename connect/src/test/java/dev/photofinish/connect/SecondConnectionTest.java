package dev.photofinish.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.connect.ProxyPeer.Answer;
import dev.photofinish.connect.route.Endpoint;
import dev.photofinish.connect.route.ProxySettings.Kind;
import dev.photofinish.connect.route.Target;
import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.Stage;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@link Attempt#connectAgain}: a second connection by the same way, which ends with the first. */
@Timeout(120)
@SuppressWarnings("FutureReturnValueIgnored") // a peer that is gone is gone
class SecondConnectionTest {
  private final Peers peers = new Peers();
  private final CompletableFuture<Channel> second = new CompletableFuture<>();

  @AfterEach
  void close() {
    peers.close();
  }

  /** Dials again when the first is connected, and is ready when that is established. */
  private RaceFuture race(Connector connector, Endpoint endpoint) {
    return race(
        connector,
        endpoint,
        (ctx, attempt) -> {
          ctx.fireChannelActive();
          attempt.connectAgain(Channel::pipeline).addListener(done -> dialled(attempt, done));
        });
  }

  private void dialled(Attempt attempt, Future<?> dialled) {
    if (dialled.isSuccess()) {
      second.complete((Channel) dialled.getNow());
      attempt.reached(Stage.READY);
    } else {
      second.completeExceptionally(dialled.cause());
    }
  }

  /**
   * @param connected called when the first connection is established
   */
  private static RaceFuture race(
      Connector connector,
      Endpoint endpoint,
      BiConsumer<ChannelHandlerContext, Attempt> connected) {
    return connector.connect(
        Target.of(endpoint),
        RaceOptions.defaults(),
        (channel, attempt) ->
            channel
                .pipeline()
                .addLast(
                    new ChannelInboundHandlerAdapter() {
                      @Override
                      public void channelActive(ChannelHandlerContext ctx) {
                        connected.accept(ctx, attempt);
                      }
                    }));
  }

  @Test
  void bothAreOneAttemptAndCloseTogether() throws Exception {
    Endpoint peer = peers.mute("127.0.0.1");
    try (Connector connector = Connectors.create()) {
      Connection won = race(connector, peer).await();
      Channel other = second.get(60, TimeUnit.SECONDS);
      assertThat(won.report().attempts()).hasSize(1);
      assertThat(other.isActive()).isTrue();
      assertThat(other.remoteAddress()).isEqualTo(won.channel().remoteAddress());
      assertThat(other.eventLoop()).isSameAs(won.channel().eventLoop());
      Eventually.holds("both are accepted", () -> peers.open() == 2);
      won.close();
      Eventually.holds("both are closed", () -> peers.open() == 0 && !other.isOpen());
    }
  }

  @Test
  void theFirstCloseLeavesNoDialBehind() throws Exception {
    Endpoint peer =
        peers.start("127.0.0.1", 0, channel -> {}); // the second dial crosses the first's close
    try (Connector connector = Connectors.create()) {
      RaceFuture race =
          race(
              connector,
              peer,
              (ctx, attempt) -> {
                attempt
                    .connectAgain(Channel::pipeline)
                    .addListener(done -> second.completeExceptionally(done.cause()));
                ctx.close();
              });
      assertThat(race).failsWithin(60, TimeUnit.SECONDS);
      assertThat(second).failsWithin(60, TimeUnit.SECONDS);
      Eventually.holds("nothing is open", () -> peers.open() == 0);
    }
  }

  @Test
  void aCancelledRaceClosesBoth() throws Exception {
    Endpoint peer = peers.mute("127.0.0.1");
    CompletableFuture<Channel> established = new CompletableFuture<>();
    try (Connector connector = Connectors.create()) {
      RaceFuture race =
          race(
              connector,
              peer,
              (ctx, attempt) ->
                  attempt
                      .connectAgain(Channel::pipeline)
                      .addListener(done -> established.complete((Channel) done.getNow())));
      Channel other = established.get(60, TimeUnit.SECONDS);
      race.cancel(false);
      Eventually.holds("both are closed", () -> peers.open() == 0 && !other.isOpen());
    }
  }

  @ParameterizedTest
  @EnumSource
  void bothGoThroughTheProxy(Kind kind) throws Exception {
    ProxyPeer.Running proxy =
        ProxyPeer.start(peers, peers.greets("127.0.0.2"), Answer.CONNECTS, false);
    try (Connector connector = Connectors.builder().proxy(proxy.settings(kind)).build();
        Connection won = race(connector, new Endpoint("camera.invalid", 554)).await()) {
      assertThat(won.channel().isActive()).isTrue();
      assertThat(second.get(60, TimeUnit.SECONDS).isActive()).isTrue();
      assertThat(proxy.asked()).hasSize(2);
      assertThat(proxy.asked().get(1)).isEqualTo(proxy.asked().get(0));
    }
  }

  @Test
  void bothSpeakTls() throws Exception {
    Endpoint tls = TlsPeer.start(peers);
    try (Connector connector = Connectors.builder().tls(TlsSettings.insecure()).build();
        Connection won = race(connector, tls).await()) {
      assertThat(won.channel().isActive()).isTrue();
      assertThat(second.get(60, TimeUnit.SECONDS).pipeline().names().get(1)).contains("SslHandler");
    }
  }

  @Test
  void aCertificateThatNobodyKnowsFailsTheSecondToo() throws Exception {
    Endpoint tls = TlsPeer.start(peers);
    try (Connector connector = Connectors.create()) {
      RaceFuture race = race(connector, tls);
      assertThat(race).failsWithin(60, TimeUnit.SECONDS);
      assertThat(second)
          .failsWithin(60, TimeUnit.SECONDS)
          .withThrowableOfType(Exception.class)
          .matches(
              e ->
                  e.getCause() instanceof SSLException
                      || e.getCause() instanceof java.nio.channels.ClosedChannelException);
    }
  }
}

package dev.photofinish.connect;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.connect.observe.RaceListener;
import dev.photofinish.connect.route.Endpoint;
import dev.photofinish.connect.route.Target;
import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.RaceReport;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A winner changes hands in whatever state the two threads are. */
@Timeout(120)
class HandOverTest {
  private final Peers peers = new Peers();

  @AfterEach
  void close() {
    peers.close();
  }

  /** The caller sets auto-read while the event loop is in the middle of a read of its own. */
  @Test
  void bytesOfAReadThatIsOnWaitForTheCallersHandlers() throws Exception {
    try (Connector connector = Connectors.create();
        Connection won =
            connector.connectBlocking(Target.of(peers.mute("127.0.0.1")), RaceOptions.defaults())) {
      Channel channel = won.channel();
      CountDownLatch reading = new CountDownLatch(1);
      CountDownLatch handlersAdded = new CountDownLatch(1);
      channel
          .eventLoop()
          .execute(
              () -> {
                reading.countDown();
                Eventually.await(handlersAdded);
                channel.pipeline().fireChannelRead(Unpooled.copiedBuffer("hello", US_ASCII));
                channel.pipeline().fireChannelReadComplete();
              });
      Eventually.await(reading);
      CompletableFuture<String> heard = new CompletableFuture<>();
      channel
          .pipeline()
          .addLast(
              new SimpleChannelInboundHandler<ByteBuf>() {
                @Override
                protected void channelRead0(ChannelHandlerContext ctx, ByteBuf bytes) {
                  heard.complete(bytes.toString(US_ASCII));
                }
              });
      channel.config().setAutoRead(true);
      handlersAdded.countDown();
      assertThat(heard.get(60, TimeUnit.SECONDS)).isEqualTo("hello");
    }
  }

  @Test
  void theExecutorOfARaceIsItsLoop() throws Exception {
    Connector connector = Connectors.create();
    RaceFuture race = connector.connect(Target.of(peers.mute("127.0.0.1")), RaceOptions.defaults());
    try (Connection won = race.await()) {
      assertThat(isOnLoop(race)).isTrue();
      CompletableFuture<Boolean> atOnce = new CompletableFuture<>();
      won.channel()
          .eventLoop()
          .execute(
              () -> {
                CompletableFuture<Void> ran =
                    race.thenAcceptAsync(connection -> {}, race.executor());
                atOnce.complete(ran.isDone());
              });
      assertThat(atOnce.get(60, TimeUnit.SECONDS)).isTrue();
    }
    connector.close();
    assertThat(isOnLoop(race)).as("after the end of the loop").isFalse();
  }

  private static boolean isOnLoop(RaceFuture race) throws Exception {
    return race.thenApplyAsync(won -> won.channel().eventLoop().inEventLoop(), race.executor())
        .get(60, TimeUnit.SECONDS);
  }

  /** The race is decided before the caller's thread comes back from starting it. */
  @Test
  void aBootstrapsHandlersAreAddedOnTheLoopWhenTheRaceWasFaster() throws Exception {
    CountDownLatch decided = new CountDownLatch(1);
    RaceListener listener =
        new RaceListener() {
          @Override
          public void decided(long race, RaceReport report) {
            decided.countDown();
          }
        };
    CompletableFuture<Boolean> addedOnLoop = new CompletableFuture<>();
    Bootstrap bootstrap =
        new Bootstrap()
            .channel(NioSocketChannel.class)
            .handler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    channel.pipeline().addLast(new ActiveOnLoop(addedOnLoop));
                  }
                });
    try (Loops loops = new Loops(new SlowCallers(decided));
        Connector connector = Connectors.builder().listener(listener).build()) {
      Endpoint peer = peers.mute("127.0.0.1");
      bootstrap.group(loops.group());
      Channel channel = connector.connect(bootstrap, peer.host(), peer.port()).sync().channel();
      assertThat(addedOnLoop.get(60, TimeUnit.SECONDS)).isTrue();
      channel.close().sync();
    }
  }

  private static final class ActiveOnLoop extends ChannelInboundHandlerAdapter {
    private final CompletableFuture<Boolean> onLoop;

    ActiveOnLoop(CompletableFuture<Boolean> onLoop) {
      this.onLoop = onLoop;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
      onLoop.complete(ctx.executor().inEventLoop());
    }
  }

  /** One loop; whoever gives it a task comes back once the race is decided and the loop idle. */
  private static final class SlowCallers extends MultiThreadIoEventLoopGroup {
    SlowCallers(CountDownLatch decided) {
      super(1, (Executor) null, NioIoHandler.newFactory(), decided);
    }

    @Override
    protected IoEventLoop newChild(Executor executor, IoHandlerFactory factory, Object... args) {
      CountDownLatch decided = (CountDownLatch) args[0];
      return new SingleThreadIoEventLoop(this, executor, factory) {
        @Override
        public void execute(Runnable task) {
          super.execute(task);
          if (!inEventLoop()) {
            Eventually.await(decided);
            CountDownLatch idle = new CountDownLatch(1);
            super.execute(idle::countDown);
            Eventually.await(idle);
          }
        }
      };
    }
  }
}

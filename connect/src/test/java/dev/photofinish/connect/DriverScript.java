package dev.photofinish.connect;

import dev.photofinish.connect.route.Endpoint;
import dev.photofinish.connect.route.Target;
import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.RaceReport;
import dev.photofinish.race.Stage;
import dev.photofinish.race.Strategy;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.ManualIoEventLoop;
import io.netty.channel.local.LocalAddress;
import io.netty.channel.local.LocalIoHandler;
import io.netty.channel.local.LocalServerChannel;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** Races without sockets and threads, by a clock that the test turns. */
@SuppressWarnings("FutureReturnValueIgnored") // everything runs in this thread, in run()
abstract class DriverScript {
  static final RaceOptions FIRST_WINS =
      RaceOptions.builder().connectionRacing(Strategy.FIRST_WINS).build();

  final MockTicker clock = Ticker.newMockTicker();
  final ManualIoEventLoop loop =
      new ManualIoEventLoop(null, Thread.currentThread(), LocalIoHandler.newFactory(), clock);
  final List<Channel> accepted = new ArrayList<>();
  final List<Channel> dialled = new ArrayList<>();
  private final List<Channel> listeners = new ArrayList<>();
  Connector connector = connector().build();

  final Connector.Builder connector() {
    return Connector.builder().eventLoopGroup(loop).ticker(clock);
  }

  @AfterEach
  void close() {
    connector.close();
    listeners.forEach(Channel::close);
    accepted.forEach(Channel::close);
    loop.runNow();
  }

  /** Runs what is due now, then {@code millis} later in steps of one. */
  final void run(int millis) {
    loop.runNow();
    for (int i = 0; i < millis; i++) {
      clock.advance(1, TimeUnit.MILLISECONDS);
      loop.runNow();
    }
  }

  final Channel listen(String address, boolean accepts) {
    Channel listener =
        new ServerBootstrap()
            .group(loop)
            .channel(LocalServerChannel.class)
            .option(ChannelOption.AUTO_READ, accepts)
            .childHandler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    accepted.add(channel);
                  }
                })
            .bind(new LocalAddress(address))
            .channel();
    listeners.add(listener);
    loop.runNow();
    return listener;
  }

  /** Finish line connect, on local addresses named like the candidates. */
  final void initialize(Channel channel, Attempt attempt) {
    dialled.add(channel);
    channel
        .pipeline()
        .addLast(
            new ChannelOutboundHandlerAdapter() {
              @Override
              public void connect(
                  ChannelHandlerContext ctx,
                  SocketAddress remote,
                  @Nullable SocketAddress local,
                  ChannelPromise promise) {
                InetSocketAddress ip = (InetSocketAddress) remote;
                ctx.connect(new LocalAddress(ip.getAddress().getHostAddress()), promise);
              }
            },
            new ChannelInboundHandlerAdapter() {
              @Override
              public void channelActive(ChannelHandlerContext ctx) {
                attempt.reached(Stage.READY);
              }
            });
  }

  final RaceFuture race(RaceOptions options, String... addresses) {
    List<Endpoint> endpoints = new ArrayList<>();
    for (String address : addresses) {
      endpoints.add(new Endpoint(address, 554));
    }
    return connector.connect(new Target(endpoints), options, this::initialize);
  }

  static List<Long> starts(RaceReport report) {
    return report.attempts().stream()
        .map(attempt -> TimeUnit.NANOSECONDS.toMillis(attempt.start()))
        .toList();
  }
}

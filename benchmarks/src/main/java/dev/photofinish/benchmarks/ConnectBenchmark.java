package dev.photofinish.benchmarks;

import dev.photofinish.connect.Connector;
import dev.photofinish.connect.route.Endpoint;
import dev.photofinish.connect.route.Target;
import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.Strategy;
import dev.photofinish.race.limiter.SharedDialLimiter;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One connection to a listener on loopback, from the call to the connected channel, and its close.
 *
 * <p>All connect over the same transport and event loop; each channel is closed by a reset, so that
 * no port waits and the next connection meets the same kernel. Run with {@code -prof gc} for the
 * bytes that a connection allocates.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 10, time = 2)
@Fork(3)
public class ConnectBenchmark {
  private static final RaceOptions NONE = options(Strategy.NONE);
  private static final RaceOptions FIRST_WINS = options(Strategy.FIRST_WINS);

  private final EventLoopGroup servers =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final EventLoopGroup clients =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final Connector connector =
      Connector.builder().eventLoopGroup(clients).limiter(SharedDialLimiter.unlimited()).build();
  private final Channel listener = listen();
  private final InetSocketAddress address = (InetSocketAddress) listener.localAddress();
  private final Target target = Target.of(new Endpoint("127.0.0.1", address.getPort()));
  private final Bootstrap bootstrap =
      new Bootstrap()
          .group(clients)
          .channel(NioSocketChannel.class)
          .option(ChannelOption.SO_LINGER, 0)
          .handler(new Nothing());

  private static RaceOptions options(Strategy strategy) {
    return RaceOptions.builder().connectionRacing(strategy).build();
  }

  private Channel listen() {
    return new ServerBootstrap()
        .group(servers)
        .channel(NioServerSocketChannel.class)
        .childHandler(new Nothing())
        .bind(InetAddress.getLoopbackAddress(), 0)
        .syncUninterruptibly()
        .channel();
  }

  /** Fails early if what is measured does not work. */
  @Setup
  public void check() throws Exception {
    plainConnect();
    none();
    firstWins();
  }

  @TearDown
  public void close() {
    connector.close();
    listener.close().syncUninterruptibly();
    clients.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    servers.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }

  /** What it is compared with: Netty's own connect. */
  @Benchmark
  public void plainConnect() throws InterruptedException {
    close(bootstrap.connect(address).sync().channel());
  }

  @Benchmark
  public void none() throws Exception {
    race(NONE);
  }

  @Benchmark
  public void firstWins() throws Exception {
    race(FIRST_WINS);
  }

  private void race(RaceOptions options) throws Exception {
    Channel channel = connector.connect(target, options).await().channel();
    channel.config().setOption(ChannelOption.SO_LINGER, 0);
    close(channel);
  }

  private static void close(Channel channel) throws InterruptedException {
    channel.close().sync();
  }

  @ChannelHandler.Sharable
  private static final class Nothing extends ChannelInboundHandlerAdapter {
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      var unused = ctx.close();
    }
  }
}

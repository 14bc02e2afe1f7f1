package dev.photofinish.benchmarks;

import com.sun.management.ThreadMXBean;
import dev.photofinish.connect.Connector;
import dev.photofinish.connect.route.Endpoint;
import dev.photofinish.connect.route.Target;
import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.Strategy;
import dev.photofinish.race.limiter.SharedDialLimiter;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * The price of a race beside Netty's own connect: blocks of connections to a listener on loopback,
 * plain and raced in turn, in an order that is drawn. What is compared are the two blocks of a
 * pair, which meet the same noise: thread CPU of the caller and the event loop, wall time,
 * allocation. "plain again" is plain beside plain, the control.
 *
 * <p>{@code ConnectPairs [pairs] [connections of a block]}.
 */
public final class ConnectPairs {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int WARM_UP = 6000;
  private static final int BACKLOG = 1024;

  private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final Connector connector =
      Connector.builder().eventLoopGroup(loop).limiter(SharedDialLimiter.unlimited()).build();
  private final Random random = new Random(1);
  private final ServerSocket listener;
  private final long loopThread;

  /** One connection, made and closed. */
  private interface Connection {
    void make() throws Exception;
  }

  private ConnectPairs() throws Exception {
    listener = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    loopThread = loop.submit(() -> Thread.currentThread().getId()).get();
    Thread acceptor = new Thread(this::accept, "listener");
    acceptor.setDaemon(true);
    acceptor.start();
  }

  public static void main(String[] arguments) throws Exception {
    int pairs = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 400;
    int connections = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 200;
    new ConnectPairs().run(pairs, connections);
  }

  private void accept() {
    try {
      while (true) {
        listener.accept().close();
      }
    } catch (IOException e) {
      // It was closed: the end.
    }
  }

  private void run(int pairs, int connections) throws Exception {
    Connection plain = plain();
    Map<String, Connection> others = new LinkedHashMap<>();
    others.put("plain again", plain);
    others.put("none", raced(Strategy.NONE));
    others.put("first-wins", raced(Strategy.FIRST_WINS));
    for (int i = 0; i < WARM_UP; i++) {
      for (Connection other : others.values()) {
        other.make();
      }
    }
    System.out.println(PairedDifference.HEADER);
    for (Map.Entry<String, Connection> other : others.entrySet()) {
      PairedDifference cpu = new PairedDifference(pairs);
      PairedDifference wall = new PairedDifference(pairs);
      PairedDifference bytes = new PairedDifference(pairs);
      for (int pair = 0; pair < pairs; pair++) {
        boolean plainFirst = random.nextBoolean();
        Cost before = block(plainFirst ? plain : other.getValue(), connections);
        Cost after = block(plainFirst ? other.getValue() : plain, connections);
        Cost base = plainFirst ? before : after;
        Cost raced = plainFirst ? after : before;
        cpu.add(base.cpuMicros(), raced.cpuMicros());
        wall.add(base.wallMicros(), raced.wallMicros());
        bytes.add(base.bytes(), raced.bytes());
      }
      System.out.println(cpu.line(other.getKey(), "CPU µs"));
      System.out.println(wall.line(other.getKey(), "wall µs"));
      System.out.println(bytes.line(other.getKey(), "bytes"));
    }
    close();
  }

  private void close() throws IOException {
    connector.close();
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    listener.close();
  }

  private Connection plain() {
    InetSocketAddress address = (InetSocketAddress) listener.getLocalSocketAddress();
    Bootstrap bootstrap =
        new Bootstrap()
            .group(loop)
            .channel(NioSocketChannel.class)
            .option(ChannelOption.SO_LINGER, 0)
            .handler(new Nothing());
    return () -> bootstrap.connect(address).sync().channel().close().sync();
  }

  private Connection raced(Strategy strategy) {
    Target target = Target.of(new Endpoint("127.0.0.1", listener.getLocalPort()));
    RaceOptions options = RaceOptions.builder().connectionRacing(strategy).build();
    return () -> {
      Channel channel = connector.connect(target, options).await().channel();
      channel.config().setOption(ChannelOption.SO_LINGER, 0); // as the plain one: no port waits
      channel.close().sync();
    };
  }

  /** Of one connection. */
  private record Cost(double cpuMicros, double wallMicros, double bytes) {}

  private Cost block(Connection connection, int count) throws Exception {
    long[] threads = {Thread.currentThread().getId(), loopThread};
    long cpu = sum(THREADS.getThreadCpuTime(threads));
    long bytes = sum(THREADS.getThreadAllocatedBytes(threads));
    long wall = System.nanoTime();
    for (int i = 0; i < count; i++) {
      connection.make();
    }
    double nanos = System.nanoTime() - wall;
    double cpuNanos = sum(THREADS.getThreadCpuTime(threads)) - cpu;
    double allocated = sum(THREADS.getThreadAllocatedBytes(threads)) - bytes;
    return new Cost(cpuNanos / count / 1000, nanos / count / 1000, allocated / count);
  }

  private static long sum(long[] values) {
    long sum = 0;
    for (long value : values) {
      sum += value;
    }
    return sum;
  }

  @ChannelHandler.Sharable
  private static final class Nothing extends ChannelInboundHandlerAdapter {}
}

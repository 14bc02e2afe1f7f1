package dev.photofinish.relay.rtsp;

import dev.photofinish.connect.channel.Transport;
import dev.photofinish.relay.limit.LimitedCounts;
import dev.photofinish.relay.source.Sources;
import dev.photofinish.rtsp.dialogue.server.Access;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.ssl.SslContext;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.netty.util.concurrent.Ticker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves sources to RTSP readers: interleaved, as datagrams, by multicast, through HTTP tunnels,
 * and over TLS ({@code rtsps}), where datagrams are encrypted too (SRTP).
 *
 * <p>A source is served under its name: {@code rtsp://host:8554/NAME}.
 *
 * <pre>{@code
 * try (RtspServer server = RtspServer.builder(sources).build()) {
 *   server.start();
 *   ...
 * }
 * }</pre>
 */
public final class RtspServer implements AutoCloseable {
  /** The port that is usual for RTSP where 554 may not be taken. */
  public static final int DEFAULT_PORT = 8554;

  private static final Logger LOG = LoggerFactory.getLogger(RtspServer.class);
  private static final int BACKLOG = 1_024;
  private static final long CLOSE_MILLIS = 1_500;
  private static final long SHUTDOWN_MILLIS = 500;

  /** Long after that, on a machine that stands still, the loops may still do what is left. */
  private static final long CUT_OFF_MILLIS = 30_000;

  /** Without, an event loop that is ended between its own steps closes no channel at all. */
  private static final long QUIET_MILLIS = 10;

  private final InetSocketAddress listen;
  private final boolean ownLoops;
  private final EventLoopGroup loops;
  private final ServerContext context;
  private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
  private @Nullable Channel listener;
  private boolean closed;

  private RtspServer(Builder from) {
    listen = from.listen;
    ownLoops = from.loops == null;
    loops = from.loops == null ? Transport.newGroup("photofinish-relay") : from.loops;
    RtspServerOptions options = from.options;
    Ticker clock = Ticker.systemTicker();
    MulticastOptions groups = options.multicast();
    context =
        new ServerContext(
            from.sources,
            from.access,
            options,
            from.tls,
            new SecureRandom(),
            clock,
            new CountedLog(clock),
            new LimitedCounts<>(options.connections(), options.connectionsPerAddress()),
            new LimitedCounts<>(options.readers(), options.readersPerSource()),
            new FailedLogins(options.failedLogins()),
            new UdpPorts(options.udpPort(), options.queueBytes()),
            groups == null ? null : new MulticastGroups(groups, clock, options.queueBytes()),
            new Tunnels(),
            ConcurrentHashMap.newKeySet());
  }

  /** A server of these sources, with the defaults of everything else. */
  public static Builder builder(Sources sources) {
    return new Builder(sources);
  }

  /** The settings of a server; everything but its sources has a default. */
  public static final class Builder {
    private final Sources sources;
    private InetSocketAddress listen =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), DEFAULT_PORT);
    private @Nullable SslContext tls;
    private Access access = Access.open();
    private @Nullable EventLoopGroup loops;
    private RtspServerOptions options = RtspServerOptions.defaults();

    private Builder(Sources sources) {
      this.sources = sources;
    }

    /** The address to listen at; port 8554 of the loopback by default. Port 0 is any free one. */
    public Builder listen(InetSocketAddress address) {
      listen = address;
      return this;
    }

    /** The certificate for readers by {@code rtsps}; null, the default, for no TLS. */
    public Builder tls(@Nullable SslContext context) {
      tls = context;
      return this;
    }

    /** The rules of who may read what; everyone may read everything by default. */
    public Builder access(Access rules) {
      access = rules;
      return this;
    }

    /** The event loops to run on, which are not ended; a few of the server's own by default. */
    public Builder eventLoopGroup(EventLoopGroup group) {
      loops = group;
      return this;
    }

    public Builder options(RtspServerOptions limits) {
      options = limits;
      return this;
    }

    /** A server that does not listen yet. */
    public RtspServer build() {
      return new RtspServer(this);
    }
  }

  /**
   * Listens: as {@link #bind} and {@link #accept}.
   *
   * @throws IOException if the address cannot be listened at
   * @throws IllegalStateException if it was started or closed before, or on an event loop, which
   *     must not wait
   */
  public synchronized RtspServer start() throws IOException {
    bind();
    accept();
    return this;
  }

  /** Serves those who connect, and have since {@link #bind}. */
  public synchronized void accept() {
    if (listener != null) {
      listener.config().setAutoRead(true);
    }
  }

  /**
   * Takes its address. Who connects waits until {@link #accept}, so that nobody is told that a
   * source is not there which is about to be added.
   *
   * @throws IOException as of {@link #start}
   * @throws IllegalStateException as of {@link #start}
   */
  public synchronized RtspServer bind() throws IOException {
    if (closed || listener != null) {
      throw new IllegalStateException("An RtspServer is started once; build another");
    }
    mayWait("bind");
    Transport transport = Transport.of(loops);
    ChannelFuture bound =
        new ServerBootstrap()
            .group(loops)
            .channelFactory(transport.server())
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .option(ChannelOption.SO_REUSEADDR, true)
            .option(ChannelOption.AUTO_READ, false)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.SO_KEEPALIVE, true)
            .childHandler(new AcceptedChannels(context, channels))
            .bind(listen)
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new IOException(
          "cannot listen at "
              + NetUtil.toSocketAddressString(listen)
              + ": "
              + bound.cause().getMessage(),
          bound.cause());
    }
    listener = bound.channel();
    LOG.info("RTSP{} at {}", context.isEncrypted() ? " over TLS" : "", address());
    return this;
  }

  /**
   * The address that it listens at, with the port that was chosen.
   *
   * @throws IllegalStateException before {@link #start}
   */
  public synchronized InetSocketAddress address() {
    if (listener == null) {
      throw new IllegalStateException("Call start() first");
    }
    return (InetSocketAddress) listener.localAddress();
  }

  /**
   * Asks again what its {@link Access} allows to those whose sessions run, and ends the sessions of
   * those who may no longer view, publish or talk: they get TEARDOWN. Others notice nothing. Call
   * it when users or their rights were changed; from any thread.
   */
  public void accessChanged() {
    context.open().forEach(OpenConnection::accessChanged);
  }

  /**
   * Stops listening, ends all readers and waits for it, 2 s at most: they get what was written and
   * RTCP BYE before their connections are closed.
   */
  @Override
  public void close() {
    Channel listened;
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      listened = listener;
    }
    if (listened != null) {
      Future<?> unused = listened.close();
    }
    List<Future<?>> ending =
        context.open().stream().<Future<?>>map(OpenConnection::shutDown).toList();
    if (Transport.isOnEventLoop()) {
      Future<?> unused =
          GlobalEventExecutor.INSTANCE.schedule(this::end, CLOSE_MILLIS, TimeUnit.MILLISECONDS);
    } else {
      await(ending);
      end();
      if (ownLoops) {
        loops.terminationFuture().awaitUninterruptibly(SHUTDOWN_MILLIS);
      }
    }
  }

  private static void await(List<Future<?>> ending) {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(CLOSE_MILLIS);
    for (Future<?> one : ending) {
      one.awaitUninterruptibly(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
    }
  }

  /** Closes what is left: a connection in its handshake, a reader that takes nothing. */
  private void end() {
    Future<?> unused = channels.close();
    context.ports().close();
    MulticastGroups groups = context.groups();
    if (groups != null) {
      groups.close();
    }
    if (ownLoops) {
      unused = loops.shutdownGracefully(QUIET_MILLIS, CUT_OFF_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private void mayWait(String method) {
    if (Transport.isOnEventLoop()) {
      throw new IllegalStateException(method + " waits: call it on a thread that may");
    }
  }
}

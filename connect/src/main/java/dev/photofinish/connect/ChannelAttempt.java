package dev.photofinish.connect;

import dev.photofinish.connect.cause.CauseMapper;
import dev.photofinish.connect.cause.ProxyAnswers;
import dev.photofinish.connect.channel.EarlyDataBuffer;
import dev.photofinish.connect.channel.ImmediateClose;
import dev.photofinish.connect.channel.InterfaceBinding;
import dev.photofinish.connect.channel.ProxyHandlers;
import dev.photofinish.connect.channel.Tunnel;
import dev.photofinish.connect.route.Endpoint;
import dev.photofinish.connect.route.Route;
import dev.photofinish.race.Cause;
import dev.photofinish.race.Stage;
import dev.photofinish.race.address.Candidate;
import dev.photofinish.race.address.Via;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.handler.proxy.ProxyHandler;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One attempt and its channel. As the pipeline's first handler it sees the socket's events before
 * the attempt's own handlers, whatever they do with them; it leaves when the attempt has won.
 */
final class ChannelAttempt extends ChannelInboundHandlerAdapter implements Attempt {
  private static final String CLOSED = "closed by the peer";

  /** Follows one race's attempts; called on the race's event loop, and not once they are over. */
  interface Listener {
    void reached(ChannelAttempt attempt, Stage stage);

    void ended(ChannelAttempt attempt, Cause cause, @Nullable String detail);

    /** The attempt ends because the proxy wants other credentials; {@code ended} follows. */
    void credentialsRefused(ChannelAttempt attempt, String detail);
  }

  private final Listener listener;
  private final EventLoop loop;
  private final int number;
  private final Candidate candidate;
  private final Endpoint endpoint;

  private @Nullable Channel channel;
  private @Nullable Throwable failure;
  private @Nullable Object attachment;
  private Stage stage = Stage.STARTED;
  private boolean over;

  ChannelAttempt(
      Listener listener, EventLoop loop, int number, Candidate candidate, Endpoint endpoint) {
    this.listener = listener;
    this.loop = loop;
    this.number = number;
    this.candidate = candidate;
    this.endpoint = endpoint;
  }

  void start(RaceContext context, AttemptInitializer initializer) {
    try {
      Channel created = context.transport().stream().newChannel();
      channel = created;
      ChannelFuture registration = loop.register(created);
      if (registration.isDone()) {
        registered(registration, context, initializer);
      } else {
        registration.addListener(done -> registered(done, context, initializer));
      }
    } catch (Throwable e) { // a channel that cannot be made must not end the event loop's task
      failed(e);
    }
  }

  private void registered(
      Future<?> registration, RaceContext context, AttemptInitializer initializer) {
    if (over) {
      close();
    } else if (!registration.isSuccess()) {
      failed(registration.cause());
    } else {
      connect(context, initializer);
    }
  }

  private void connect(RaceContext context, AttemptInitializer initializer) {
    try {
      Channel prepared = prepare(context, initializer);
      InetAddress local = candidate.local();
      ChannelFuture connect =
          prepared.connect(destination(), local == null ? null : new InetSocketAddress(local, 0));
      if (!connect.isSuccess()) {
        connect.addListener(this::connectDone);
      }
    } catch (Throwable e) { // the initializer is foreign code
      failed(e);
    }
  }

  private Channel prepare(RaceContext context, AttemptInitializer initializer) throws Exception {
    Channel prepared = channel();
    // the race limits the time
    prepared.config().setOption(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0);
    prepared.pipeline().addLast(this);
    if (candidate.via() != null) {
      prepareWay(context.route(), candidate.via());
    }
    if (endpoint.tls()) {
      SslHandler tls = context.tls().newHandler(prepared, endpoint);
      tls.handshakeFuture().addListener(this::handshakeDone);
      prepared.pipeline().addLast(tls);
    }
    initializer.initialize(prepared, this);
    return prepared;
  }

  private void prepareWay(Route route, Via via) {
    if (!route.interfaces().isEmpty() && via.networkInterface() != null) {
      InterfaceBinding.bind(channel(), via.networkInterface());
    }
    if (route.proxy() != null) {
      ProxyHandler proxy = ProxyHandlers.of(route.proxy(), candidate.remote());
      Tunnel tunnel = new Tunnel(this, detail -> failed(Cause.PROTOCOL, detail));
      channel().pipeline().addLast(proxy, tunnel);
      proxy.connectFuture().addListener(done -> tunnelDone(done, tunnel));
    }
  }

  private InetSocketAddress destination() {
    return isTunnelled() ? ProxyHandlers.destination(endpoint) : candidate.remote();
  }

  private boolean isTunnelled() {
    return candidate.via() != null && candidate.via().tunnel() != null;
  }

  /** An attempt is connected once the target is, not only the proxy. */
  private void tunnelDone(Future<?> done, Tunnel tunnel) {
    if (!done.isSuccess()) {
      failed(done.cause());
    } else if (!over) {
      tunnel.open(channel().pipeline().context(tunnel));
      reached(Stage.CONNECTED);
    }
  }

  private void connectDone(Future<?> connect) {
    if (!connect.isSuccess()) {
      failed(connect.cause());
    }
  }

  /** The TLS handler still has its alert to send, so the end waits for the next task. */
  private void handshakeDone(Future<?> handshake) {
    if (handshake.isSuccess()) {
      reached(Stage.SECURED);
    } else if (!over) {
      failure = failure == null ? handshake.cause() : failure;
      loop.execute(() -> failed(handshake.cause()));
    }
  }

  /** Own handlers first: what they do on connecting is done before the race may be decided. */
  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    ctx.fireChannelActive();
    if (!isTunnelled()) {
      reached(Stage.CONNECTED);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    failure = failure == null ? cause : failure;
    ctx.fireExceptionCaught(cause);
  }

  /** A proxy's handler first: an HTTP answer without a length ends with the connection. */
  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    boolean answers = isTunnelled() && !isConnected();
    if (answers) {
      ctx.fireChannelInactive();
    }
    if (failure != null) {
      failed(failure);
    } else {
      failed(Cause.CLOSED, CLOSED);
    }
    if (!answers) {
      ctx.fireChannelInactive();
    }
  }

  private void failed(Throwable thrown) {
    if (!over) {
      failure = thrown;
      String detail = CauseMapper.detail(thrown);
      if (ProxyAnswers.isOtherCredentialsWanted(thrown)) {
        listener.credentialsRefused(this, detail);
      }
      failed(CauseMapper.of(thrown, candidate, stage), detail);
    }
  }

  @Override
  public void failed(Cause cause, String detail) {
    if (!loop.inEventLoop()) {
      loop.execute(() -> failed(cause, detail));
    } else if (!over) {
      listener.ended(this, cause, detail);
    }
  }

  @Override
  public void reached(Stage next) {
    if (!loop.inEventLoop()) {
      loop.execute(() -> reached(next));
    } else if (!over && next.compareTo(stage) > 0) {
      stage = next;
      listener.reached(this, next);
    }
  }

  boolean isConnected() {
    return stage.compareTo(Stage.CONNECTED) >= 0;
  }

  boolean isOver() {
    return over;
  }

  /** At once, connected or not. */
  void close() {
    over = true;
    if (channel != null) {
      ImmediateClose.of(channel);
    }
  }

  void won() {
    over = true;
    if (channel().pipeline().context(this) != null) { // the initializer may have cleared it
      channel().pipeline().remove(this);
    }
    EarlyDataBuffer earlyData = channel().pipeline().get(EarlyDataBuffer.class);
    if (earlyData != null) {
      earlyData.handOver();
    }
  }

  @Override
  public void attach(Object newAttachment) {
    if (!over) {
      attachment = newAttachment;
    }
  }

  @Nullable Object attachment() {
    return attachment;
  }

  Channel channel() {
    return Objects.requireNonNull(channel);
  }

  /** The exception of the socket or of TLS, null for none. */
  @Nullable Throwable failure() {
    return failure;
  }

  @Override
  public int number() {
    return number;
  }

  @Override
  public Candidate candidate() {
    return candidate;
  }

  @Override
  public Endpoint endpoint() {
    return endpoint;
  }
}

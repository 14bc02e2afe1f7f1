package dev.photofinish.connect;

import dev.photofinish.race.Cause;
import dev.photofinish.race.Stage;
import dev.photofinish.race.address.Addresses;
import dev.photofinish.race.address.Candidate;
import dev.photofinish.race.address.Via;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.handler.proxy.ProxyHandler;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One attempt and its channel. As the pipeline's first handler it sees what the socket tells before
 * anyone else, whatever the attempt's own handlers do with it; it leaves when the attempt has won.
 */
final class ChannelAttempt extends ChannelInboundHandlerAdapter implements Attempt {
  private static final String CLOSED = "closed by the peer";

  private final RaceDriver race;
  private final int number;
  private final Candidate candidate;

  private @Nullable Channel channel;
  private @Nullable Throwable failure;
  private @Nullable Object attachment;
  private Stage stage = Stage.STARTED;
  private boolean over;

  ChannelAttempt(RaceDriver race, int number, Candidate candidate) {
    this.race = race;
    this.number = number;
    this.candidate = candidate;
  }

  void start(RaceContext context, AttemptInitializer initializer) {
    try {
      Channel created = context.transport().stream().newChannel();
      channel = created;
      ChannelFuture registration = race.loop().register(created);
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
    // The race limits the time.
    prepared.config().setOption(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0);
    prepared.pipeline().addLast(this);
    if (candidate.via() != null) {
      prepareWay(context.route(), candidate.via());
    }
    if (endpoint().tls()) {
      SslHandler tls = context.tls().newHandler(prepared, endpoint());
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
      ProxyHandler proxy = route.proxy().newHandler(candidate.remote());
      Tunnel tunnel = new Tunnel();
      channel().pipeline().addLast(proxy, tunnel);
      proxy.connectFuture().addListener(done -> tunnelDone(done, tunnel));
    }
  }

  /** A proxy is asked for the name, which it resolves itself. */
  private InetSocketAddress destination() {
    if (!isTunnelled()) {
      return candidate.remote();
    }
    Endpoint target = endpoint();
    return Addresses.isNumeric(target.host())
        ? new InetSocketAddress(Addresses.parse(target.host()), target.port())
        : InetSocketAddress.createUnresolved(target.host(), target.port());
  }

  private boolean isTunnelled() {
    return candidate.via() != null && candidate.via().tunnel() != null;
  }

  /** Connected is who has a connection to the target, not only to the proxy. */
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
      race.loop().execute(() -> failed(handshake.cause()));
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
        race.credentialsRefused(this, detail);
      }
      failed(CauseMapper.of(thrown, candidate, stage), detail);
    }
  }

  @Override
  public void failed(Cause cause, String detail) {
    if (!race.inEventLoop()) {
      race.loop().execute(() -> failed(cause, detail));
    } else if (!over) {
      race.ended(this, cause, detail);
    }
  }

  @Override
  public void reached(Stage next) {
    if (!race.inEventLoop()) {
      race.loop().execute(() -> reached(next));
    } else if (!over && next.compareTo(stage) > 0) {
      stage = next;
      race.reached(this, next);
    }
  }

  boolean isConnected() {
    return stage.compareTo(Stage.CONNECTED) >= 0;
  }

  boolean isOver() {
    return over;
  }

  /**
   * At once, connected or not, and past every handler: a TLS farewell is not waited for, and none
   * that throws or keeps the close to itself is asked.
   */
  void close() {
    over = true;
    if (channel == null) {
      return;
    }
    try {
      ChannelHandlerContext first = channel.pipeline().firstContext();
      ChannelFuture unused = first == null ? channel.close() : first.close();
    } catch (RuntimeException e) {
      channel.unsafe().closeForcibly();
    }
  }

  void won() {
    over = true;
    if (channel().pipeline().context(this) != null) { // the initializer may have cleared it
      channel().pipeline().remove(this);
    }
    EarlyDataBuffer keeper = channel().pipeline().get(EarlyDataBuffer.class);
    if (keeper != null) {
      keeper.handOver();
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

  /** What the socket or TLS threw, null when it threw nothing. */
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
    return race.endpoint(candidate);
  }
}

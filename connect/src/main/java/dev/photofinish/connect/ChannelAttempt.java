package dev.photofinish.connect;

import dev.photofinish.connect.cause.CauseMapper;
import dev.photofinish.connect.cause.ProxyAnswers;
import dev.photofinish.connect.channel.EarlyDataBuffer;
import dev.photofinish.connect.route.Endpoint;
import dev.photofinish.race.Cause;
import dev.photofinish.race.Stage;
import dev.photofinish.race.address.Candidate;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One attempt and its channel. As the pipeline's first handler it sees the socket's events before
 * the attempt's own handlers, whatever they do with them; it leaves when the attempt has won.
 */
final class ChannelAttempt extends ChannelInboundHandlerAdapter implements Attempt, Way.Listener {
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
  private final AttemptInitializer initializer;

  private @Nullable Way way;
  private @Nullable Channel channel;
  private @Nullable Throwable failure;
  private @Nullable Object attachment;
  private Stage stage = Stage.STARTED;
  private boolean over;

  ChannelAttempt(
      Listener listener,
      EventLoop loop,
      int number,
      Candidate candidate,
      Endpoint endpoint,
      AttemptInitializer initializer) {
    this.listener = listener;
    this.loop = loop;
    this.number = number;
    this.candidate = candidate;
    this.endpoint = endpoint;
    this.initializer = initializer;
  }

  void start(RaceContext context) {
    try {
      Way chosen = new Way(context, candidate, endpoint);
      way = chosen;
      Channel created = chosen.newChannel();
      channel = created;
      ChannelFuture registration = loop.register(created);
      if (registration.isDone()) {
        registered(registration, chosen);
      } else {
        registration.addListener(done -> registered(done, chosen));
      }
    } catch (Throwable e) { // a channel that cannot be made must not end the event loop's task
      failed(e);
    }
  }

  private void registered(Future<?> registration, Way chosen) {
    if (over) {
      close();
    } else if (!registration.isSuccess()) {
      failed(registration.cause());
    } else {
      connect(chosen);
    }
  }

  private void connect(Way chosen) {
    try {
      chosen.prepare(channel(), this, this);
      initializer.initialize(channel(), this);
      ChannelFuture connect = chosen.connect(channel());
      if (!connect.isSuccess()) {
        connect.addListener(this::connectDone);
      }
    } catch (Throwable e) { // the initializer is foreign code
      failed(e);
    }
  }

  @Override
  public Future<Channel> connectAgain(Consumer<Channel> prepare) {
    return SecondConnection.dial(
        Objects.requireNonNull(way), channel(), prepare, initializer::close);
  }

  private boolean isTunnelled() {
    return way != null && way.isTunnelled();
  }

  /** An attempt is connected once the target is, not only the proxy. */
  @Override
  public void tunnelled() {
    reached(Stage.CONNECTED);
  }

  @Override
  public void overrun(String detail) {
    failed(Cause.PROTOCOL, detail);
  }

  private void connectDone(Future<?> connect) {
    if (!connect.isSuccess()) {
      failed(connect.cause());
    }
  }

  /** The TLS handler still has its alert to send, so the end waits for the next task. */
  @Override
  public void handshaken(Future<?> handshake) {
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

  @Override
  public void failed(Throwable thrown) {
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

  /** As the initializer does it, at once by default; connected or not. */
  void close() {
    over = true;
    if (channel != null) {
      initializer.close(channel);
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

package dev.photofinish.connect;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A second connection of an attempt, made by the same way. It is closed with the attempt's channel
 * in every stage, and as that is; as the pipeline's first handler it sees what the socket says.
 */
final class SecondConnection extends ChannelInboundHandlerAdapter implements Way.Listener {
  private final Way way;
  private final Channel channel;
  private final Promise<Channel> established;
  private final Consumer<Channel> closing;
  private @Nullable Throwable failure;

  private SecondConnection(
      Way way, Channel channel, Promise<Channel> established, Consumer<Channel> closing) {
    this.way = way;
    this.channel = channel;
    this.established = established;
    this.closing = closing;
  }

  /**
   * Dials; on the event loop of {@code first}, which the second channel shares.
   *
   * @param first the attempt's channel
   * @param closing closes the second, in whatever stage
   * @return fails with why it could not be established
   */
  static Future<Channel> dial(
      Way way, Channel first, Consumer<Channel> prepare, Consumer<Channel> closing) {
    EventLoop loop = first.eventLoop();
    if (!first.isOpen()) {
      return loop.newFailedFuture(new ClosedChannelException());
    }
    Channel channel;
    try {
      channel = way.newChannel();
    } catch (RuntimeException e) { // no file descriptor is left
      return loop.newFailedFuture(e);
    }
    SecondConnection second = new SecondConnection(way, channel, loop.newPromise(), closing);
    first.closeFuture().addListener(closed -> closing.accept(channel));
    channel.closeFuture().addListener(closed -> second.failed(new ClosedChannelException()));
    loop.register(channel).addListener(done -> second.registered(done, prepare));
    return second.established;
  }

  private void registered(Future<?> registration, Consumer<Channel> prepare) {
    if (!registration.isSuccess()) {
      failed(registration.cause());
      return;
    }
    try {
      way.prepare(channel, this, this);
      prepare.accept(channel);
      way.connect(channel).addListener(this::connectDone);
    } catch (Throwable e) { // what prepares it is foreign code
      failed(e);
    }
  }

  private void connectDone(Future<?> connect) {
    if (!connect.isSuccess()) {
      failed(connect.cause());
    }
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    ctx.fireChannelActive();
    if (!way.isTunnelled()) {
      connected();
    }
  }

  @Override
  public void tunnelled() {
    connected();
  }

  private void connected() {
    if (!way.endpoint().tls()) {
      established.trySuccess(channel);
    }
  }

  /** The TLS handler still has its alert to send, so the end waits for the next task. */
  @Override
  public void handshaken(Future<?> handshake) {
    if (handshake.isSuccess()) {
      established.trySuccess(channel);
    } else {
      failure = failure == null ? handshake.cause() : failure;
      channel.eventLoop().execute(() -> failed(handshake.cause()));
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    failure = failure == null ? cause : failure;
    ctx.fireExceptionCaught(cause);
  }

  @Override
  public void overrun(String detail) {
    failed(new IOException(detail));
  }

  /** Before it was established, its end is its failure; after that its own handlers see it. */
  @Override
  public void failed(Throwable cause) {
    if (established.tryFailure(failure == null ? cause : failure)) {
      closing.accept(channel);
    }
  }
}

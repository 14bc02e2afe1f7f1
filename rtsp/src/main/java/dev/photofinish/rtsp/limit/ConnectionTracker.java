package dev.photofinish.rtsp.limit;

import dev.photofinish.rtsp.message.HeaderNames;
import dev.photofinish.rtsp.message.Received;
import dev.photofinish.rtsp.message.RtspResponse;
import dev.photofinish.rtsp.stream.MediaArrivals;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Ticker;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Reports to {@link ClientLimits} what becomes of one connection, as its channel shows it. */
public final class ConnectionTracker extends ChannelDuplexHandler {
  /** How long what the device closed is kept: longer than one event loop may lag behind another. */
  private static final Duration FREED = Duration.ofSeconds(1);

  private final ClientLimits limits;
  private final TrackedConnection tracked;
  private final Object stream;
  private final MediaArrivals media;
  private final Ticker clock;
  private final Consumer<TrackedConnection> established;
  private final long dialledAt;

  private boolean answered;
  private boolean session;
  private boolean lost;
  private boolean closing;

  /**
   * @param stream whose connection it is
   * @param established called when it is
   */
  ConnectionTracker(
      ClientLimits limits,
      TrackedConnection tracked,
      Object stream,
      MediaArrivals media,
      Ticker clock,
      Consumer<TrackedConnection> established) {
    this.limits = limits;
    this.tracked = tracked;
    this.stream = stream;
    this.media = media;
    this.clock = clock;
    this.established = established;
    this.dialledAt = clock.nanoTime();
  }

  /** The connection that it reports of. */
  public TrackedConnection tracked() {
    return tracked;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    limits.opened(tracked, ConnectionFacts.established(stream, dialledAt, clock.nanoTime(), media));
    established.accept(tracked);
    ctx.fireChannelActive();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (message instanceof Received received) {
      answered(received);
    }
    ctx.fireChannelRead(message);
  }

  private void answered(Received received) {
    boolean withSession =
        received.message() instanceof RtspResponse response
            && response.headers().first(HeaderNames.SESSION).isPresent();
    if (!answered || (withSession && !session)) {
      answered = true;
      session |= withSession;
      limits.change(tracked, facts -> facts.withAnswer(withSession));
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    lost |= cause instanceof IOException;
    ctx.fireExceptionCaught(cause);
  }

  @Override
  public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
    closing = true;
    ChannelFuture unused = ctx.close(promise);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    boolean byPeer = lost || !closing;
    long now = clock.nanoTime();
    limits.change(tracked, facts -> facts.closed(standing(facts, byPeer), now));
    Duration kept = byPeer ? FREED : ClientLimits.SETTLE;
    Future<?> unused =
        ctx.channel()
            .eventLoop()
            .schedule(() -> limits.forget(tracked), kept.toMillis(), TimeUnit.MILLISECONDS);
    ctx.fireChannelInactive();
  }

  /** The peer's close of an attempt that has not won is the race's to judge. */
  private static ConnectionFacts.State standing(ConnectionFacts facts, boolean byPeer) {
    return facts.won() && byPeer ? ConnectionFacts.State.EVICTED : ConnectionFacts.State.LEAVING;
  }
}

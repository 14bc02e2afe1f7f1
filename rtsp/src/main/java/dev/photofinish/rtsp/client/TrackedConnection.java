package dev.photofinish.rtsp.client;

import dev.photofinish.clientlimit.LimitMemory;
import dev.photofinish.race.Eviction;
import dev.photofinish.rtsp.codec.InterleavedFrame;
import dev.photofinish.rtsp.message.HeaderNames;
import dev.photofinish.rtsp.message.Received;
import dev.photofinish.rtsp.message.RtspResponse;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Ticker;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One connection of ours to a device, as {@link ClientLimits} counts it. Written on the channel's
 * event loop, read from those of other streams.
 */
final class TrackedConnection extends ChannelDuplexHandler {
  /** A device may look at who came before it looks at who left. */
  static final Duration SETTLE = Duration.ofMillis(100);

  private final ClientLimits devices;
  private final LimitMemory.Key key;
  private final Object stream;
  private final Ticker clock;
  private final Consumer<TrackedConnection> established;
  private final long dialledAt;

  private boolean won;
  private boolean closing;
  private volatile long connectedAt;
  private volatile long closedAt;
  private volatile long mediaAt;
  private volatile boolean open;
  private volatile boolean answered;
  private volatile boolean session;
  private volatile boolean media;

  /**
   * @param stream whose connection it is
   * @param established called when it is
   */
  TrackedConnection(
      ClientLimits devices,
      LimitMemory.Key key,
      Object stream,
      Ticker clock,
      Consumer<TrackedConnection> established) {
    this.devices = devices;
    this.key = key;
    this.stream = stream;
    this.clock = clock;
    this.established = established;
    this.dialledAt = clock.nanoTime();
  }

  LimitMemory.Key key() {
    return key;
  }

  Object stream() {
    return stream;
  }

  /** When it was established. */
  long connectedAt() {
    return connectedAt;
  }

  /**
   * Whether {@code older} was closed while this one was being dialled, so shortly before it was
   * seen to be established that the device did it to make room: each event loop sees its own
   * connection at its own time.
   */
  boolean evicted(TrackedConnection older) {
    return Eviction.isEvidence(older.closedAt, dialledAt, connectedAt);
  }

  /** False also while only its place is still counted. */
  boolean isOpen() {
    return open;
  }

  boolean isAnswered() {
    return answered;
  }

  boolean hasSession() {
    return session;
  }

  /** Whether media came within {@code nanos} before {@code now}. */
  boolean hadMediaWithin(long nanos, long now) {
    return media && now - mediaAt <= nanos;
  }

  /** The race is over for it: from now on only the peer and {@link #close} end it. */
  void won() {
    won = true;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    connectedAt = clock.nanoTime();
    open = true;
    devices.opened(this);
    established.accept(this);
    ctx.fireChannelActive();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (message instanceof InterleavedFrame) {
      mediaAt = clock.nanoTime();
      media = true;
    } else if (message instanceof Received received) {
      answered = true;
      session |=
          received.message() instanceof RtspResponse response
              && response.headers().first(HeaderNames.SESSION).isPresent();
    }
    ctx.fireChannelRead(message);
  }

  @Override
  public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
    closing = true;
    ChannelFuture unused = ctx.close(promise);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    open = false;
    closedAt = clock.nanoTime();
    if (won && !closing) {
      devices.closedByPeer(this);
      later(ctx, () -> devices.forget(this), Eviction.WINDOW);
    } else {
      later(ctx, () -> devices.left(this), SETTLE);
    }
    ctx.fireChannelInactive();
  }

  private static void later(ChannelHandlerContext ctx, Runnable task, Duration delay) {
    Future<?> unused =
        ctx.channel().eventLoop().schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
  }
}

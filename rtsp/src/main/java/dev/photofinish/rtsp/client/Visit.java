package dev.photofinish.rtsp.client;

import dev.photofinish.retry.DeviceMemory;
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

/**
 * One connection of ours to a device, as {@link Devices} counts it. Written on the channel's event
 * loop, read from those of other streams.
 */
final class Visit extends ChannelDuplexHandler {
  /** A device may look at who came before it looks at who left. */
  static final Duration SETTLE = Duration.ofMillis(100);

  private final Devices devices;
  private final DeviceMemory.Key key;
  private final Object stream;
  private final Ticker clock;

  private boolean won;
  private boolean closing;
  private volatile long connectedAt;
  private volatile long mediaAt;
  private volatile boolean open;
  private volatile boolean answered;
  private volatile boolean session;
  private volatile boolean media;

  /**
   * @param stream whose connection it is
   */
  Visit(Devices devices, DeviceMemory.Key key, Object stream, Ticker clock) {
    this.devices = devices;
    this.key = key;
    this.stream = stream;
    this.clock = clock;
  }

  DeviceMemory.Key key() {
    return key;
  }

  Object stream() {
    return stream;
  }

  /** When it was established. */
  long connectedAt() {
    return connectedAt;
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
    if (won && !closing) {
      devices.left(this);
    } else {
      Future<?> unused =
          ctx.channel()
              .eventLoop()
              .schedule(() -> devices.left(this), SETTLE.toMillis(), TimeUnit.MILLISECONDS);
    }
    ctx.fireChannelInactive();
  }
}

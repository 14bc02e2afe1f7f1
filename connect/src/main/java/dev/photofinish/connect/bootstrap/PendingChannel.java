package dev.photofinish.connect.bootstrap;

import io.netty.channel.AbstractChannel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelMetadata;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultChannelConfig;
import io.netty.channel.EventLoop;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Stands for the channel of a race that is not won: open and not active while the race runs, closed
 * once it is over. It has an event loop, as callers that dial again later expect, and closing it
 * gives the race up. Nothing is ever sent through it.
 */
final class PendingChannel extends AbstractChannel {
  private static final ChannelMetadata METADATA = new ChannelMetadata(false);

  private final ChannelConfig config = new DefaultChannelConfig(this);
  private final EventLoop loop;
  private volatile boolean open = true;

  PendingChannel(EventLoop loop) {
    super(null);
    this.loop = loop;
  }

  @Override
  public EventLoop eventLoop() {
    return loop;
  }

  @Override
  protected AbstractUnsafe newUnsafe() {
    return new AbstractUnsafe() {
      @Override
      public void connect(SocketAddress remote, SocketAddress local, ChannelPromise promise) {
        promise.setFailure(new UnsupportedOperationException("the race connects"));
      }
    };
  }

  @Override
  protected boolean isCompatible(EventLoop other) {
    return false;
  }

  @Override
  protected @Nullable SocketAddress localAddress0() {
    return null;
  }

  @Override
  protected @Nullable SocketAddress remoteAddress0() {
    return null;
  }

  @Override
  protected void doBind(SocketAddress address) {
    throw new UnsupportedOperationException("the race binds");
  }

  @Override
  protected void doDisconnect() {
    doClose();
  }

  @Override
  protected void doClose() {
    open = false;
  }

  @Override
  protected void doBeginRead() {
    // There is nothing to read.
  }

  @Override
  protected void doWrite(ChannelOutboundBuffer buffer) {
    // Nothing is accepted: it is not active.
  }

  @Override
  public ChannelConfig config() {
    return config;
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public boolean isActive() {
    return false;
  }

  @Override
  public ChannelMetadata metadata() {
    return METADATA;
  }
}

package dev.photofinish.connect;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.util.concurrent.DefaultPromise;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GenericFutureListener;

/**
 * A race as the {@link ChannelFuture} of a connect. Before it is won its channel is a {@link
 * PendingChannel}. Cancelling it cancels the race.
 */
final class RacedChannelFuture extends DefaultPromise<Void> implements ChannelFuture {
  private final RaceFuture race;
  private volatile Channel channel;

  RacedChannelFuture(RaceFuture race, Channel pending, EventExecutor loop) {
    super(loop);
    this.race = race;
    this.channel = pending;
  }

  @Override
  public Channel channel() {
    return channel;
  }

  /** False when the caller no longer wants the channel. */
  boolean won(Channel winner) {
    if (!setUncancellable()) {
      return false;
    }
    channel = winner;
    return true;
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    boolean cancelled = super.cancel(mayInterruptIfRunning);
    if (cancelled) {
      race.cancel(mayInterruptIfRunning);
    }
    return cancelled;
  }

  @Override
  public RacedChannelFuture addListener(GenericFutureListener<? extends Future<? super Void>> one) {
    super.addListener(one);
    return this;
  }

  @Override
  @SafeVarargs
  @SuppressWarnings("varargs") // passed on as it is
  public final RacedChannelFuture addListeners(
      GenericFutureListener<? extends Future<? super Void>>... several) {
    super.addListeners(several);
    return this;
  }

  @Override
  public RacedChannelFuture removeListener(
      GenericFutureListener<? extends Future<? super Void>> one) {
    super.removeListener(one);
    return this;
  }

  @Override
  @SafeVarargs
  @SuppressWarnings("varargs") // passed on as it is
  public final RacedChannelFuture removeListeners(
      GenericFutureListener<? extends Future<? super Void>>... several) {
    super.removeListeners(several);
    return this;
  }

  @Override
  public RacedChannelFuture sync() throws InterruptedException {
    super.sync();
    return this;
  }

  @Override
  public RacedChannelFuture syncUninterruptibly() {
    super.syncUninterruptibly();
    return this;
  }

  @Override
  public RacedChannelFuture await() throws InterruptedException {
    super.await();
    return this;
  }

  @Override
  public RacedChannelFuture awaitUninterruptibly() {
    super.awaitUninterruptibly();
    return this;
  }

  @Override
  public boolean isVoid() {
    return false;
  }
}

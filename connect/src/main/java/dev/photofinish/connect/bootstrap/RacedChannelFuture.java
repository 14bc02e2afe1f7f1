package dev.photofinish.connect.bootstrap;

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
public final class RacedChannelFuture extends DefaultPromise<Void> implements ChannelFuture {
  private final Runnable cancelRace;
  private final Channel pending;
  private volatile Channel channel;

  RacedChannelFuture(Runnable cancelRace, Channel pending, EventExecutor loop) {
    super(loop);
    this.cancelRace = cancelRace;
    this.pending = pending;
    this.channel = pending;
  }

  @Override
  public Channel channel() {
    return channel;
  }

  /** The stand-in was closed: unless the race is over, that cancels it. */
  void cancelPending() {
    if (channel == pending && !isDone()) {
      cancel(false);
    }
  }

  /** The race is over, and with it the stand-in. */
  void closePending() {
    ChannelFuture unused = pending.close();
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
      cancelRace.run();
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

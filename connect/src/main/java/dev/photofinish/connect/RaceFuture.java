package dev.photofinish.connect;

import io.netty.channel.EventLoop;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * The outcome of a race to come: a {@link Connection}, or a {@link RaceException}.
 *
 * <p>Completing it from outside, by {@link #cancel} or otherwise, cancels the race; whichever comes
 * first holds, and a channel that wins too late is closed. As with every {@link CompletableFuture},
 * cancelling a stage that was derived from it does not. Stages without an executor run on the
 * race's event loop and must not block.
 */
public final class RaceFuture extends CompletableFuture<Connection> {
  private final EventLoop loop;
  private final Runnable cancelRace;

  /**
   * The future of one race.
   *
   * @param loop that the race and its winner's channel run on
   * @param cancelRace from any thread; without effect once the race is decided
   */
  RaceFuture(EventLoop loop, Runnable cancelRace) {
    this.loop = loop;
    this.cancelRace = cancelRace;
  }

  /**
   * Waits for the race. An interrupt cancels it; should it have been won in that very instant, the
   * connection is closed.
   *
   * @throws RaceException the race is lost
   * @throws CancellationException it was cancelled
   * @throws IllegalStateException called on the event loop that the race needs
   */
  public Connection await() throws RaceException, InterruptedException {
    if (!isDone() && loop.inEventLoop()) {
      throw new IllegalStateException(
          "await would block the race's own event loop; expected a call from another thread");
    }
    try {
      return get();
    } catch (InterruptedException e) {
      abandon();
      throw e;
    } catch (ExecutionException e) {
      throw unwrapped(e);
    }
  }

  private void abandon() {
    if (!cancel(true) && !isCompletedExceptionally()) {
      join().close();
    }
  }

  private static RaceException unwrapped(ExecutionException e) {
    if (e.getCause() instanceof RaceException lost) {
      return lost;
    }
    throw new IllegalStateException("not ended by a decision of the race", e.getCause());
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    boolean cancelled = super.cancel(mayInterruptIfRunning);
    cancelRace.run();
    return cancelled;
  }

  @Override
  public boolean complete(Connection value) {
    boolean completed = super.complete(value);
    cancelRace.run();
    return completed;
  }

  @Override
  public boolean completeExceptionally(Throwable failure) {
    boolean completed = super.completeExceptionally(failure);
    cancelRace.run();
    return completed;
  }

  EventLoop loop() {
    return loop;
  }

  /** False when the caller no longer wants the connection. */
  boolean won(Connection connection) {
    return super.complete(connection);
  }

  void lost(Throwable failure) {
    super.completeExceptionally(failure);
  }

  /** Derived stages are plain futures: completing them does not touch the race. */
  @Override
  public <U> CompletableFuture<U> newIncompleteFuture() {
    return new CompletableFuture<>();
  }
}

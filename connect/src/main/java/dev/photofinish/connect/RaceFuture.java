package dev.photofinish.connect;

import dev.photofinish.connect.channel.Transport;
import io.netty.channel.EventLoop;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The outcome of a race to come: a {@link Connection}, or a {@link RaceException}.
 *
 * <p>Completing it from outside, by {@link #cancel} or otherwise, cancels the race; whichever comes
 * first holds, and a channel that wins too late is closed. As with every {@link CompletableFuture},
 * cancelling a stage that was derived from it does not. Stages without an executor run on the
 * race's event loop, or on the thread that adds them if the race is decided by then; those with
 * {@link #executor()} always run on the loop. None may block: waiting for a race that is not
 * decided, on any event loop, is an {@link IllegalStateException}, since two loops would wait for
 * each other.
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
   * @throws IllegalStateException called on an event loop
   */
  public Connection await() throws RaceException, InterruptedException {
    try {
      return get();
    } catch (InterruptedException e) {
      abandon();
      throw e;
    } catch (ExecutionException e) {
      throw unwrapped(e);
    }
  }

  @Override
  public Connection get() throws InterruptedException, ExecutionException {
    checkMayWait();
    return super.get();
  }

  @Override
  public Connection get(long timeout, TimeUnit unit)
      throws InterruptedException, ExecutionException, TimeoutException {
    checkMayWait();
    return super.get(timeout, unit);
  }

  @Override
  public Connection join() {
    checkMayWait();
    return super.join();
  }

  private void checkMayWait() {
    if (!isDone() && (loop.inEventLoop() || Transport.isOnEventLoop())) {
      throw new IllegalStateException(
          "waiting for a race would block this event loop; expected a call from another thread,"
              + " or a stage such as whenComplete");
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

  /**
   * Runs on the event loop of the race and its winner's channel: at once when called there, and on
   * the calling thread when the loop has ended. For stages that touch the channel's pipeline.
   */
  public Executor executor() {
    return task -> {
      if (loop.inEventLoop()) {
        task.run();
        return;
      }
      try {
        loop.execute(task);
      } catch (RejectedExecutionException e) {
        task.run(); // the loop has closed every channel
      }
    };
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

package dev.photofinish.cli.command;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A request that a command end in order: an interrupt, or a test that has seen enough. */
public final class StopSignal {
  private final CompletableFuture<Void> requested = new CompletableFuture<>();

  public void request() {
    requested.complete(null);
  }

  public boolean isRequested() {
    return requested.isDone();
  }

  /** Runs {@code action} at the request, at once if it was made. */
  public CompletableFuture<Void> onRequest(Runnable action) {
    return requested.thenRun(action);
  }

  /** Waits at most {@code limit}; true if the request was made. */
  public boolean await(Duration limit) throws InterruptedException {
    try {
      requested.get(limit.toNanos(), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }
}

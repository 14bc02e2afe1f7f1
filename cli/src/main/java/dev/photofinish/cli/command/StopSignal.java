package dev.photofinish.cli.command;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The wish that a command end in order: an interrupt, or a test that has seen enough. */
public final class StopSignal {
  private final CompletableFuture<Void> wish = new CompletableFuture<>();

  public void request() {
    wish.complete(null);
  }

  public boolean isRequested() {
    return wish.isDone();
  }

  /** Runs {@code action} when the wish comes, at once if it has come. */
  public CompletableFuture<Void> onRequest(Runnable action) {
    return wish.thenRun(action);
  }

  /** Waits at most {@code limit}; true when the wish came. */
  public boolean await(Duration limit) throws InterruptedException {
    try {
      wish.get(limit.toNanos(), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }
}

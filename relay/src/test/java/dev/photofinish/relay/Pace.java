package dev.photofinish.relay;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** The pace of a sender: a timer that takes a step again and again, as long as it is wanted. */
public final class Pace implements AutoCloseable {
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final int millis;

  /**
   * @param millis between two steps, at the least
   */
  public Pace(int millis) {
    this.millis = millis;
  }

  /** A step of a sender. */
  @FunctionalInterface
  public interface Step {
    void take() throws Exception;
  }

  /** Takes steps as long as the condition holds, and waits for that; the test's time is bounded. */
  public void run(BooleanSupplier condition, Step step) throws Exception {
    CompletableFuture<Void> done = new CompletableFuture<>();
    var steps =
        timer.scheduleWithFixedDelay(
            () -> next(condition, step, done), 0, millis, TimeUnit.MILLISECONDS);
    try {
      done.get();
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause());
    } finally {
      steps.cancel(false);
    }
  }

  private static void next(BooleanSupplier condition, Step step, CompletableFuture<Void> done) {
    try {
      if (done.isDone()) {
        return;
      }
      if (condition.getAsBoolean()) {
        step.take();
      } else {
        done.complete(null);
      }
    } catch (Exception | AssertionError e) {
      done.completeExceptionally(e);
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}

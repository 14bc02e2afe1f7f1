package dev.photofinish.cli;

import dev.photofinish.cli.command.ExitCode;
import dev.photofinish.cli.command.LogSetup;
import dev.photofinish.cli.command.StopSignal;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jline.utils.Signals;
import org.jspecify.annotations.Nullable;

/**
 * Ends a command in order at the first interrupt, and at once at the second.
 *
 * <p>An interrupt starts the shutdown, in which the JVM would take the signal's exit code: a hook
 * waits for the command instead and ends with its code.
 */
final class Interrupts {
  /** A command has so long to tear down and print its summary. */
  private static final int ORDERLY_END_SECONDS = 15;

  /** After so long the user learns how to end at once. */
  private static final int PATIENCE_SECONDS = 2;

  /**
   * What comes so soon after the first is the same: {@code timeout} signals a command and then its
   * group, and what runs a command hands on an interrupt of the terminal that the command has too.
   */
  private static final long SAME_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** Signal to exit code, as a shell reports the death by that signal. */
  private static final Map<String, Integer> SIGNALS = Map.of("INT", 130, "TERM", 143);

  private final StopSignal stop;
  private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();

  /** When the first came; null before. */
  private final AtomicReference<@Nullable Long> first = new AtomicReference<>();

  private Interrupts(StopSignal stop) {
    this.stop = stop;
  }

  static Interrupts handle(StopSignal stop) {
    Interrupts interrupts = new Interrupts(stop);
    try {
      Runtime.getRuntime().addShutdownHook(new Thread(interrupts::endInOrder, "interrupt"));
    } catch (IllegalStateException e) {
      System.exit(ExitCode.NOT_DONE); // an interrupt came before: the shutdown is waited for
    }
    SIGNALS.forEach((signal, code) -> Signals.register(signal, () -> interrupts.signal(code)));
    return interrupts;
  }

  /** Ends the process; does not return. */
  void exit(int code) {
    exitCode.complete(code);
    System.exit(code);
  }

  /** Each signal comes on a thread of its own; this one waits for the shutdown. */
  private void signal(int code) {
    long now = System.nanoTime();
    Long before = first.compareAndExchange(null, now);
    if (before == null) {
      Thread.setDefaultUncaughtExceptionHandler(Interrupts::uncaught);
      System.exit(code);
    }
    if (now - before >= SAME_NANOS) {
      Runtime.getRuntime().halt(code);
    }
  }

  /** JLine closes its terminal as the shutdown begins, whatever its own threads do with it. */
  private static void uncaught(Thread thread, Throwable failure) {
    if (!thread.getName().startsWith("JLine")) {
      LogSetup.print("photofinish: " + thread.getName() + " ended with " + failure);
    }
  }

  private void endInOrder() {
    if (exitCode.isDone()) {
      return;
    }
    stop.request();
    if (!isDoneWithin(PATIENCE_SECONDS)) {
      LogSetup.print("photofinish: ending in order; interrupt again to end at once");
      if (!isDoneWithin(ORDERLY_END_SECONDS - PATIENCE_SECONDS)) {
        Runtime.getRuntime().halt(ExitCode.NOT_DONE);
      }
    }
    Runtime.getRuntime().halt(exitCode.join());
  }

  private boolean isDoneWithin(int seconds) {
    try {
      exitCode.get(seconds, TimeUnit.SECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}

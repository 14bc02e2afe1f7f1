package dev.photofinish.cli.terminal;

import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.LoggerFactory;

/** Draws a picture that moves, 20 times a second, until it is closed. */
public final class Redraw implements AutoCloseable {
  private static final long PERIOD_MS = 50;

  private final LiveDisplay display;
  private final Supplier<List<String>> picture;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "redraw");
            thread.setDaemon(true);
            return thread;
          });

  /** {@code picture} is asked on a thread of this one's own. */
  public Redraw(LiveDisplay display, Supplier<List<String>> picture) {
    this.display = display;
    this.picture = picture;
    var unused =
        timer.scheduleWithFixedDelay(this::draw, PERIOD_MS, PERIOD_MS, TimeUnit.MILLISECONDS);
  }

  private void draw() {
    try {
      display.status(picture.get());
    } catch (RuntimeException e) {
      LoggerFactory.getLogger(Redraw.class).debug("the picture could not be drawn", e);
    }
  }

  /** Nothing is drawn after it; the picture goes. */
  @Override
  public void close() {
    timer.shutdownNow();
    try {
      if (!timer.awaitTermination(1, TimeUnit.SECONDS)) {
        LoggerFactory.getLogger(Redraw.class).debug("the last picture takes its time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    display.close();
  }
}

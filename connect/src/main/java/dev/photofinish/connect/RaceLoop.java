package dev.photofinish.connect;

import dev.photofinish.race.Race;
import dev.photofinish.race.RaceCommand;
import dev.photofinish.race.RaceEvent;
import dev.photofinish.race.RaceReport;
import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The machine of one race with its queue and its timer: handles the events of an instant, drains
 * the commands, arms the timer. Everything happens on one event loop, so nothing is locked, and an
 * event that comes while commands are drained waits in the queue.
 */
final class RaceLoop {
  private final RaceCommand.Driver driver;
  private final LongSupplier clock;
  private final Consumer<Throwable> onBroken;
  private final RaceTimer timer;
  private final Queue<RaceEvent> pending = new ArrayDeque<>(4);
  private boolean running;
  private boolean over;

  /** Null until the race has its permit. */
  private @Nullable Race race;

  /**
   * @param driver runs the commands
   * @param onBroken ends the race: something threw that should not
   */
  RaceLoop(
      EventLoop loop, LongSupplier clock, RaceCommand.Driver driver, Consumer<Throwable> onBroken) {
    this.driver = driver;
    this.clock = clock;
    this.onBroken = onBroken;
    this.timer = new RaceTimer(loop, clock, this::run);
  }

  /** Begins the race; the events that {@code first} brings at once are of one instant. */
  void begin(Race begun, Runnable first) {
    race = begun;
    running = true;
    try {
      first.run();
    } catch (Throwable e) {
      onBroken.accept(e);
    }
    run();
  }

  void handle(RaceEvent event) {
    if (!over) {
      pending.add(event);
      if (!running) {
        run();
      }
    }
  }

  private void run() {
    running = true;
    try {
      do {
        long instant = timer.instant(); // a dial that takes long does not make the next one due
        race().handle(instant, pending);
        pending.clear();
        drain(instant);
        timer.expect(over ? OptionalLong.empty() : race().deadline());
      } while (!pending.isEmpty());
      timer.arm();
    } catch (Throwable e) {
      onBroken.accept(e);
    } finally {
      running = false;
    }
  }

  private void drain(long instant) {
    for (RaceCommand next = poll(instant); next != null; next = poll(instant)) {
      next.run(driver);
    }
  }

  private @Nullable RaceCommand poll(long instant) {
    return over ? null : race().poll(instant);
  }

  private Race race() {
    return Objects.requireNonNull(race, "the race has not begun");
  }

  RaceReport report() {
    return race().report();
  }

  boolean isOver() {
    return over;
  }

  /** From now on there are no events, no commands and no deadline. */
  void end() {
    over = true;
    pending.clear();
    timer.cancel();
  }

  /** Gives back the permit of a race without a decision, whose channels are closed. */
  void release() {
    if (race != null) {
      race.handle(clock.getAsLong(), new RaceEvent.Cancelled());
      while (race.poll(clock.getAsLong()) != null) {
        // All is closed already.
      }
    }
  }
}

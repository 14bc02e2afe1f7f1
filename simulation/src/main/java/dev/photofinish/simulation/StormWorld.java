package dev.photofinish.simulation;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/** The virtual time of simulated cameras, and the network that hears of what they do. */
abstract class StormWorld {
  private record Task(long at, long number, Runnable run) {}

  private final PriorityQueue<Task> tasks =
      new PriorityQueue<>(Comparator.comparingLong(Task::at).thenComparingLong(Task::number));
  private long now;
  private long taskNumber;

  /** Nanoseconds from the beginning. */
  final long now() {
    return now;
  }

  final void at(long time, Runnable task) {
    tasks.add(new Task(time, taskNumber++, task));
  }

  /**
   * Runs what is due, in order, until nothing is.
   *
   * @param goesOn takes the time before it comes; false ends it
   */
  final void run(LongPredicate goesOn) {
    for (@Nullable Task task = tasks.poll(); task != null; task = tasks.poll()) {
      if (!goesOn.test(task.at())) {
        return;
      }
      now = task.at();
      task.run().run();
    }
  }

  /** Whether a SYN that is sent then is lost. */
  abstract boolean isDark(long time);

  abstract void dialled(StormCamera camera);

  abstract void dialEnded(StormCamera camera);

  abstract void connected();

  /** A race waits for its permit. */
  abstract void waits();

  abstract void isBack(StormCamera camera);
}

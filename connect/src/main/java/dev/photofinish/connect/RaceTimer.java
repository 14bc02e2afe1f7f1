package dev.photofinish.connect;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The one timer of a race, and the time that the race is given.
 *
 * <p>A loop that was busy beyond a deadline could not see the answers that came meanwhile: its
 * lateness is no evidence about a peer. So the race's time stands just before a deadline that was
 * missed by {@value #LATE_MILLIS} ms or more, for as long as the loop was late and at most {@value
 * #MAX_GRACE_MILLIS} ms, while what has arrived is read. Progress comes first and starts last, as
 * for everything of one instant.
 */
final class RaceTimer {
  static final int LATE_MILLIS = 20;
  static final int MAX_GRACE_MILLIS = 250;

  private static final long LATE = TimeUnit.MILLISECONDS.toNanos(LATE_MILLIS);
  private static final long MAX_GRACE = TimeUnit.MILLISECONDS.toNanos(MAX_GRACE_MILLIS);

  private final EventLoop loop;
  private final LongSupplier clock;
  private final Runnable expired;

  private OptionalLong due = OptionalLong.empty();
  private boolean graced;
  private long graceEnd;
  private long armedFor;
  private @Nullable Future<?> timer;

  /**
   * @param expired run on {@code loop} when it is time
   */
  RaceTimer(EventLoop loop, LongSupplier clock, Runnable expired) {
    this.loop = loop;
    this.clock = clock;
    this.expired = expired;
  }

  /** The instant to handle events and poll at; beyond the deadline only once the grace is over. */
  long instant() {
    long now = clock.getAsLong();
    if (due.isEmpty()) {
      return now;
    }
    long late = now - due.getAsLong();
    if (!graced && late >= LATE) {
      graced = true;
      graceEnd = now + Math.min(late, MAX_GRACE);
    }
    return graced && now - graceEnd < 0 ? due.getAsLong() - 1 : now;
  }

  /** The race's deadline from now on; {@link #arm} follows. */
  void expect(OptionalLong deadline) {
    if (!deadline.equals(due)) {
      due = deadline;
      graced = false;
    }
  }

  /** Schedules the one timer for what is expected, or none. */
  void arm() {
    long at = graced ? graceEnd : due.orElse(0);
    if (timer != null && (due.isEmpty() || at != armedFor)) {
      cancel();
    }
    if (timer == null && due.isPresent()) {
      armedFor = at;
      timer = loop.schedule(this::expire, at - clock.getAsLong(), TimeUnit.NANOSECONDS);
    }
  }

  private void expire() {
    timer = null;
    expired.run();
  }

  void cancel() {
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
  }
}

package dev.photofinish.connect;

import dev.photofinish.connect.observe.RaceListener;
import dev.photofinish.connect.route.Target;
import dev.photofinish.race.Cause;
import dev.photofinish.race.Outcome;
import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.RaceReport;
import dev.photofinish.race.address.Candidate;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Counts what began and what ended, and throws now and then. */
final class ChaosListener implements RaceListener {
  private final BooleanSupplier throwsNow;
  private final AtomicLong begun = new AtomicLong();
  private final AtomicLong decided = new AtomicLong();
  private final AtomicLong dialled = new AtomicLong();
  private final AtomicLong ended = new AtomicLong();

  ChaosListener(BooleanSupplier throwsNow) {
    this.throwsNow = throwsNow;
  }

  private void count(AtomicLong counter) {
    counter.incrementAndGet();
    if (throwsNow.getAsBoolean()) {
      throw new IllegalStateException("a listener that throws");
    }
  }

  @Override
  public void started(long race, Target target, RaceOptions options) {
    count(begun);
  }

  @Override
  public void attemptStarted(long race, int attempt, Candidate candidate) {
    count(dialled);
  }

  @Override
  public void attemptEnded(
      long race, int attempt, Outcome outcome, @Nullable Cause cause, @Nullable String detail) {
    count(ended);
  }

  @Override
  public void decided(long race, RaceReport report) {
    count(decided);
  }

  long begun() {
    return begun.get();
  }

  long decided() {
    return decided.get();
  }

  long dialled() {
    return dialled.get();
  }

  long ended() {
    return ended.get();
  }
}

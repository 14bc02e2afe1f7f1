package dev.photofinish.connect;

import dev.photofinish.race.Candidate;
import dev.photofinish.race.Cause;
import dev.photofinish.race.Family;
import dev.photofinish.race.Outcome;
import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.RaceReport;
import dev.photofinish.race.Stage;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Several listeners as one; what one of them throws reaches neither the others nor the race. */
final class Listeners implements RaceListener {
  private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);

  private final List<RaceListener> all;

  Listeners(List<RaceListener> all) {
    this.all = List.copyOf(all);
  }

  private void tell(Consumer<RaceListener> event) {
    for (RaceListener listener : all) {
      try {
        event.accept(listener);
      } catch (Throwable e) { // also an Error: the race owes its caller an end
        LOG.warn("the race listener {} threw; the race goes on", listener.getClass().getName(), e);
      }
    }
  }

  @Override
  public void started(long race, Target target, RaceOptions options) {
    tell(listener -> listener.started(race, target, options));
  }

  @Override
  public void resolved(
      long race, int endpoint, Family family, List<Candidate> candidates, @Nullable String detail) {
    tell(listener -> listener.resolved(race, endpoint, family, candidates, detail));
  }

  @Override
  public void attemptStarted(long race, int attempt, Candidate candidate) {
    tell(listener -> listener.attemptStarted(race, attempt, candidate));
  }

  @Override
  public void attemptReached(long race, int attempt, Stage stage) {
    tell(listener -> listener.attemptReached(race, attempt, stage));
  }

  @Override
  public void attemptEnded(
      long race, int attempt, Outcome outcome, @Nullable Cause cause, @Nullable String detail) {
    tell(listener -> listener.attemptEnded(race, attempt, outcome, cause, detail));
  }

  @Override
  public void decided(long race, RaceReport report) {
    tell(listener -> listener.decided(race, report));
  }
}

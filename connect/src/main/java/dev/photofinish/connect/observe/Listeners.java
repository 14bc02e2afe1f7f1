package dev.photofinish.connect.observe;

import dev.photofinish.connect.route.Target;
import dev.photofinish.race.Cause;
import dev.photofinish.race.Outcome;
import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.RaceReport;
import dev.photofinish.race.Stage;
import dev.photofinish.race.address.Candidate;
import dev.photofinish.race.address.Family;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Several listeners as one; what one of them throws reaches neither the others nor the race. Each
 * event has a loop of its own: one for all would have to make an object for every event.
 */
final class Listeners implements RaceListener {
  private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);

  private final RaceListener[] all;

  Listeners(List<RaceListener> all) {
    this.all = all.toArray(RaceListener[]::new);
  }

  /** Also an Error: the race owes its caller an end. */
  private static void threw(RaceListener listener, Throwable thrown) {
    LOG.warn("the race listener {} threw; the race goes on", listener.getClass().getName(), thrown);
  }

  @Override
  public void started(long race, Target target, RaceOptions options) {
    for (RaceListener listener : all) {
      try {
        listener.started(race, target, options);
      } catch (Throwable e) {
        threw(listener, e);
      }
    }
  }

  @Override
  public void queued(long race, Target target, RaceOptions options) {
    for (RaceListener listener : all) {
      try {
        listener.queued(race, target, options);
      } catch (Throwable e) {
        threw(listener, e);
      }
    }
  }

  @Override
  public void resolved(
      long race, int endpoint, Family family, List<Candidate> candidates, @Nullable String detail) {
    for (RaceListener listener : all) {
      try {
        listener.resolved(race, endpoint, family, candidates, detail);
      } catch (Throwable e) {
        threw(listener, e);
      }
    }
  }

  @Override
  public void attemptStarted(long race, int attempt, Candidate candidate) {
    for (RaceListener listener : all) {
      try {
        listener.attemptStarted(race, attempt, candidate);
      } catch (Throwable e) {
        threw(listener, e);
      }
    }
  }

  @Override
  public void attemptReached(long race, int attempt, Stage stage) {
    for (RaceListener listener : all) {
      try {
        listener.attemptReached(race, attempt, stage);
      } catch (Throwable e) {
        threw(listener, e);
      }
    }
  }

  @Override
  public void attemptEnded(
      long race, int attempt, Outcome outcome, @Nullable Cause cause, @Nullable String detail) {
    for (RaceListener listener : all) {
      try {
        listener.attemptEnded(race, attempt, outcome, cause, detail);
      } catch (Throwable e) {
        threw(listener, e);
      }
    }
  }

  @Override
  public void decided(long race, RaceReport report) {
    for (RaceListener listener : all) {
      try {
        listener.decided(race, report);
      } catch (Throwable e) {
        threw(listener, e);
      }
    }
  }
}

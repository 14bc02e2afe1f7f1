package dev.photofinish.connect;

import dev.photofinish.race.Candidate;
import dev.photofinish.race.Cause;
import dev.photofinish.race.Family;
import dev.photofinish.race.Outcome;
import dev.photofinish.race.RaceReport;
import dev.photofinish.race.Stage;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The log of all races: one line at INFO each, what led to it at DEBUG. */
final class RaceLog implements RaceListener {
  private static final Logger LOG = LoggerFactory.getLogger(Connector.class);

  @Override
  public void resolved(
      long race, int endpoint, Family family, List<Candidate> candidates, @Nullable String detail) {
    if (LOG.isDebugEnabled()) {
      String answer = candidates.isEmpty() && detail != null ? detail : candidates.toString();
      LOG.debug("race {}: endpoint {} {}: {}", race, endpoint, family, answer);
    }
  }

  @Override
  public void attemptStarted(long race, int attempt, Candidate candidate) {
    LOG.debug("race {}: attempt {} dials {}", race, attempt, candidate);
  }

  @Override
  public void attemptReached(long race, int attempt, Stage stage) {
    LOG.debug("race {}: attempt {} is {}", race, attempt, stage);
  }

  @Override
  public void attemptEnded(
      long race, int attempt, Outcome outcome, @Nullable Cause cause, @Nullable String detail) {
    LOG.debug("race {}: attempt {} {}, cause {}: {}", race, attempt, outcome, cause, detail);
  }

  @Override
  public void decided(long race, RaceReport report) {
    if (LOG.isInfoEnabled()) {
      LOG.info("{}", Failures.summary(report, List.of()));
    }
  }
}

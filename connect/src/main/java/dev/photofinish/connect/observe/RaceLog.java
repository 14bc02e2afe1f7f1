package dev.photofinish.connect.observe;

import dev.photofinish.connect.cause.PeerText;
import dev.photofinish.connect.route.Target;
import dev.photofinish.option.Option;
import dev.photofinish.race.Cause;
import dev.photofinish.race.Outcome;
import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.RaceReport;
import dev.photofinish.race.Stage;
import dev.photofinish.race.address.Candidate;
import dev.photofinish.race.address.Family;
import dev.photofinish.race.report.ReportText;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The log of all races: one line at INFO each, what led to it at DEBUG. */
final class RaceLog implements RaceListener {
  private static final Logger LOG = LoggerFactory.getLogger(RaceLog.class);
  private static final double NANOS_PER_MILLI = 1e6;

  @Override
  public void queued(long race, Target target, RaceOptions options) {
    LOG.debug("race {}: waits for a permit to dial {}", race, target);
  }

  @Override
  public void started(long race, Target target, RaceOptions options) {
    if (LOG.isDebugEnabled()) {
      LOG.debug("race {}: {} to {}", race, Option.word(options.connectionRacing()), target);
    }
  }

  @Override
  public void resolved(
      long race, int endpoint, Family family, List<Candidate> candidates, @Nullable String detail) {
    if (LOG.isDebugEnabled()) {
      String answer = candidates.isEmpty() ? "none" + because(detail) : list(candidates);
      LOG.debug("race {}: endpoint {}, {}: {}", race, endpoint + 1, record(family), answer);
    }
  }

  @Override
  public void attemptStarted(long race, int attempt, Candidate candidate) {
    if (LOG.isDebugEnabled()) {
      LOG.debug("race {}: attempt {} dials {}", race, attempt, candidate);
    }
  }

  @Override
  public void attemptReached(long race, int attempt, Stage stage) {
    if (LOG.isDebugEnabled()) {
      LOG.debug("race {}: attempt {} {}", race, attempt, Option.word(stage));
    }
  }

  @Override
  public void attemptEnded(
      long race, int attempt, Outcome outcome, @Nullable Cause cause, @Nullable String detail) {
    if (LOG.isDebugEnabled()) {
      String why = cause == null ? "" : ", " + Option.word(cause);
      LOG.debug(
          "race {}: attempt {} {}{}", race, attempt, Option.word(outcome), why + because(detail));
    }
  }

  @Override
  public void decided(long race, RaceReport report) {
    if (LOG.isInfoEnabled()) {
      String attempts = attempts(report) + throttled(report);
      LOG.info("race {} {}{}", race, ReportText.verdict(report), attempts);
    }
  }

  /** {@code : 1 [2001:db8::1]:554 cancelled 12.0 to 285.0 ms, 2 192.0.2.1:554 won ...}. */
  private static String attempts(RaceReport report) {
    if (report.attempts().isEmpty()) {
      return report.answers().stream().allMatch(answer -> answer.candidates().isEmpty())
          ? ": no address"
          : ": nothing was dialled";
    }
    return report.attempts().stream()
        .map(RaceLog::attempt)
        .collect(Collectors.joining("; ", ": ", ""));
  }

  private static String attempt(RaceReport.Attempt attempt) {
    String text =
        "%d %s %s %s to %s"
            .formatted(
                attempt.number(),
                attempt.candidate(),
                word(attempt.outcome()),
                number(attempt.start()),
                millis(attempt.end()));
    if (attempt.connected() >= 0) {
      text += ", connected " + millis(attempt.connected());
    }
    return attempt.cause() == null ? text : text + ", " + Option.word(attempt.cause());
  }

  /** {@code ; attempt 2 throttled 250.0 to 1350.0 ms (extra-attempts)}. */
  private static String throttled(RaceReport report) {
    return report.throttled().stream()
        .map(
            throttled ->
                "; attempt %d throttled %s to %s (%s)"
                    .formatted(
                        throttled.attempt(),
                        number(throttled.at()),
                        millis(throttled.until()),
                        Option.word(throttled.reason())))
        .collect(Collectors.joining());
  }

  private static String millis(long nanos) {
    return number(nanos) + " ms";
  }

  /** Milliseconds without their unit. */
  private static String number(long nanos) {
    return String.format(Locale.ROOT, "%.1f", nanos / NANOS_PER_MILLI);
  }

  private static String word(@Nullable Outcome outcome) {
    return outcome == null ? "in progress" : Option.word(outcome);
  }

  private static String record(Family family) {
    return family == Family.IPV6 ? "AAAA" : "A";
  }

  private static String list(List<Candidate> candidates) {
    return candidates.stream().map(Candidate::toString).collect(Collectors.joining(", "));
  }

  private static String because(@Nullable String detail) {
    return detail == null ? "" : ": " + PeerText.shown(detail);
  }
}

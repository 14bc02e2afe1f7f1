package dev.photofinish.connect.observe;

import dev.photofinish.connect.route.Target;
import dev.photofinish.race.Cause;
import dev.photofinish.race.Outcome;
import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.RaceReport;
import dev.photofinish.race.RaceReport.Answer;
import dev.photofinish.race.RaceReport.Attempt;
import dev.photofinish.race.Stage;
import dev.photofinish.race.address.Candidate;
import dev.photofinish.race.address.Family;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The events of one undecided race so far, as a report; times are of the listener's clock. */
final class RunningRace {
  private final Target target;
  private final RaceOptions options;
  private final long startedAt;
  private final List<Answer> answers = new ArrayList<>();
  private final List<Attempt> attempts = new ArrayList<>();

  RunningRace(Target target, RaceOptions options, long startedAt) {
    this.target = target;
    this.options = options;
    this.startedAt = startedAt;
  }

  /** Without a result. */
  RaceReport report() {
    return new RaceReport(
        target.toString(),
        options.connectionRacing(),
        options,
        List.copyOf(answers),
        List.copyOf(attempts),
        null,
        null,
        -1);
  }

  long elapsed(long now) {
    return now - startedAt;
  }

  int endpoints() {
    return target.endpoints().size();
  }

  boolean isAnswered(int endpoint, Family family) {
    return answers.stream()
        .anyMatch(answer -> answer.endpoint() == endpoint && answer.family() == family);
  }

  void resolved(int endpoint, Family family, List<Candidate> candidates, long now) {
    answers.add(new Answer(now - startedAt, endpoint, family, List.copyOf(candidates)));
  }

  void attemptStarted(int number, Candidate candidate, long now) {
    long at = now - startedAt;
    attempts.add(new Attempt(number, candidate, at, -1, -1, -1, Stage.STARTED, null, null, null));
  }

  void attemptReached(int number, Stage stage, long now) {
    Attempt was = attempts.get(number - 1);
    long at = now - startedAt;
    attempts.set(
        number - 1,
        new Attempt(
            number,
            was.candidate(),
            was.start(),
            was.connected() < 0 ? at : was.connected(),
            stage == Stage.READY ? at : was.ready(),
            was.end(),
            stage,
            was.outcome(),
            was.cause(),
            was.detail()));
  }

  void attemptEnded(
      int number, Outcome outcome, @Nullable Cause cause, @Nullable String detail, long now) {
    Attempt was = attempts.get(number - 1);
    attempts.set(
        number - 1,
        new Attempt(
            number,
            was.candidate(),
            was.start(),
            was.connected(),
            was.ready(),
            now - startedAt,
            was.stage(),
            outcome,
            cause,
            detail));
  }
}

package dev.photofinish.connect;

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
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a listener has heard of one race, as a report. Times are of the listener's clock. */
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

  RaceProgress.Snapshot snapshot(long race, long now) {
    RaceReport report =
        new RaceReport(
            target.toString(),
            options.connectionRacing(),
            options,
            List.copyOf(answers),
            List.copyOf(attempts),
            null,
            null,
            -1);
    return new RaceProgress.Snapshot(race, report, now - startedAt, awaited());
  }

  private List<RaceProgress.Question> awaited() {
    return IntStream.range(0, target.endpoints().size())
        .boxed()
        .flatMap(i -> Stream.of(Family.values()).map(f -> new RaceProgress.Question(i, f)))
        .filter(question -> answers.stream().noneMatch(answer -> isTo(question, answer)))
        .toList();
  }

  private static boolean isTo(RaceProgress.Question question, Answer answer) {
    return answer.endpoint() == question.endpoint() && answer.family() == question.family();
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

package dev.photofinish.race;

import static dev.photofinish.race.Outcome.TIMED_OUT;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Rule 6: when a race fails. */
final class EndTest extends RaceScript {

  @Test
  void aRaceWithoutCandidatesFailsAtOnce() {
    race("first-wins");
    in(0);
    expect(lost(Result.FAILED));
  }

  @Test
  void theLastFailureIsTheEnd() {
    race("first-wins redial=off", A, B);
    in(0);
    expect(dial(1, A));
    in(250);
    expect(dial(2, B));
    in(300, refused(2));
    expectNothing();
    in(1700, refused(1));
    expect(lost(Result.FAILED));
    assertThat(report().decidedAt()).isEqualTo(1_700_000_000);
  }

  @Test
  void noneFailsWhileAnAnswerIsOutstanding() {
    resolving("first-wins", 1);
    in(0, aaaa(A6));
    expect(dial(1, A6));
    in(20, refused(1));
    expectNothing();
    in(900, a());
    expect(lost(Result.FAILED));
  }

  @Test
  void noneFailsWhileACandidateMayStillStart() {
    race("first-wins", A);
    in(0);
    expect(dial(1, A));
    in(20, ended(1, Cause.TIMEOUT));
    expectNothing();
    in(250);
    expect(dial(2, A));
    in(260, refused(2));
    expect(lost(Result.FAILED));
  }

  @Test
  void theTimeoutEndsARaceInAnyCase() {
    race("first-wins redial=off", A, B);
    in(0);
    expect(dial(1, A));
    in(250);
    expect(dial(2, B));
    in(5000);
    expect(close(1, TIMED_OUT), close(2, TIMED_OUT), lost(Result.TIMED_OUT));
  }

  @Test
  void theTimeoutRunsFromTheFirstCallAndNotFromTheFirstDial() {
    resolving("first-wins racing-timeout=1s redial=off", 1);
    in(900, aaaa(A6));
    expect(dial(1, A6));
    in(1000);
    expect(close(1, TIMED_OUT), lost(Result.TIMED_OUT));
  }

  @Test
  void theTimeoutEndsARaceThatWaitsForItsAnswers() {
    resolving("first-wins", 1);
    in(5000);
    expect(lost(Result.TIMED_OUT));
  }

  @Test
  void theReportHasOneEntryAnAttempt() {
    race("first-wins", A, B);
    in(0);
    expect(dial(1, A));
    in(20, connected(1), secured(1), new RaceEvent.Ended(1, Cause.TLS, "no such name"));
    expect(dial(2, B));
    in(40, refused(2));
    expect(lost(Result.FAILED));
    assertThat(attempt(1))
        .isEqualTo(
            new RaceReport.Attempt(
                1,
                candidate(0, A),
                0,
                20_000_000,
                -1,
                20_000_000,
                Stage.SECURED,
                Outcome.FAILED,
                Cause.TLS,
                "no such name"));
    assertThat(attempt(2).cause()).isEqualTo(Cause.REFUSED);
    assertThat(attempt(2).stage()).isEqualTo(Stage.STARTED);
  }
}

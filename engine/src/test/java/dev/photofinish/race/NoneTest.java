package dev.photofinish.race;

import static dev.photofinish.race.Outcome.FAILED;
import static dev.photofinish.race.Outcome.TIMED_OUT;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The strategy {@code none}. */
final class NoneTest extends RaceScript {

  @Test
  void oneAttemptAtATime() {
    race("none racing-delay-ms=100", A, B);
    in(0);
    expect(dial(1, A));
    in(1900, ready(1));
    expect(won(1));
  }

  @Test
  void theNextCandidateWhenTheLastOneFailed() {
    race("none", A, B, C);
    in(0);
    expect(dial(1, A));
    in(50, refused(1));
    expect(dial(2, B));
    in(70, connected(2));
    expectNothing();
    in(80, closed(2));
    expect(dial(3, C));
    in(100, ready(3));
    expect(won(3));
  }

  @Test
  void theShareIsTheTimeLeftByTheCandidatesLeft() {
    race("none racing-timeout=9s", A, B, C);
    in(0);
    expect(dial(1, A));
    in(3000);
    expect(close(1, FAILED), dial(2, B));
    assertThat(attempt(1).cause()).isEqualTo(Cause.TIMEOUT);
    in(6000);
    expect(close(2, FAILED), dial(3, C));
    in(9000);
    expect(close(3, TIMED_OUT), lost(Result.TIMED_OUT));
  }

  @Test
  void timeNotUsedIsLeftToTheOthers() {
    race("none racing-timeout=9s", A, B, C);
    in(0);
    expect(dial(1, A));
    in(1000, refused(1));
    expect(dial(2, B));
    in(5000);
    expect(close(2, FAILED), dial(3, C));
  }

  @Test
  void theShareIsAtLeastTwoSeconds() {
    race("none", A, B, C, D);
    in(0);
    expect(dial(1, A));
    in(2000);
    expect(close(1, FAILED), dial(2, B));
    in(4000);
    expect(close(2, FAILED), dial(3, C));
    in(5000);
    expect(close(3, TIMED_OUT), lost(Result.TIMED_OUT));
  }

  @Test
  void theLastCandidateHasAllThatIsLeft() {
    race("none", A);
    in(0);
    expect(dial(1, A));
    in(5000);
    expect(close(1, TIMED_OUT), lost(Result.TIMED_OUT));
  }

  @Test
  void progressDoesNotLengthenTheShare() {
    race("none", A, B);
    in(0);
    expect(dial(1, A));
    in(2400, connected(1));
    expectNothing();
    in(2500);
    expect(close(1, FAILED), dial(2, B));
  }

  @Test
  void candidatesThatComeLaterTakeTheirShare() {
    resolving("none", 1);
    in(0, aaaa(A6));
    expect(dial(1, A6));
    in(100, a(A));
    expectNothing();
    in(2500);
    expect(close(1, FAILED), dial(2, A));
  }

  @Test
  void aShareThatALateAnswerMadeTooLongEndsWithIt() {
    resolving("none racing-timeout=8s", 1);
    in(0, aaaa(A6));
    expect(dial(1, A6));
    in(6000, a(A));
    expect(close(1, FAILED), dial(2, A));
  }
}

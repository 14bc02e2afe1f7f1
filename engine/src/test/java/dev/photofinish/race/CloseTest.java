package dev.photofinish.race;

import static dev.photofinish.race.Outcome.CANCELLED;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Rule 7: whatever is not the winner is closed in the instant of the decision. */
@Tag("cleanup")
final class CloseTest extends RaceScript {

  private void twoInProgress() {
    race("first-wins", A, B, C);
    in(0);
    expect(dial(1, A));
    in(250);
    expect(dial(2, B));
  }

  @Test
  void losersAreClosedBeforeTheDecisionIsTold() {
    twoInProgress();
    in(260, ready(2));
    expect(close(1, CANCELLED), won(2));
    assertThat(driver().deadline()).isEmpty();
  }

  @Test
  void losersThatAreConnectedAreClosedToo() {
    twoInProgress();
    in(255, connected(1));
    expectNothing();
    in(260, ready(2));
    expect(close(1, CANCELLED), won(2));
  }

  @Test
  void whatIsOverAlreadyIsNotClosedAgain() {
    twoInProgress();
    in(260, refused(1));
    expectNothing();
    in(270, ready(2));
    expect(won(2));
  }

  @Test
  void theCancelClosesEverything() {
    twoInProgress();
    in(300, cancel());
    expect(close(1, CANCELLED), close(2, CANCELLED), lost(Result.CANCELLED));
  }

  @Test
  void aCancelBeforeTheFirstAnswerNeedsNoClose() {
    resolving("first-wins", 1);
    in(30, cancel());
    expect(lost(Result.CANCELLED));
  }

  @Test
  void whatALoserReachesAfterTheDecisionChangesNothing() {
    twoInProgress();
    in(260, ready(2));
    expect(close(1, CANCELLED), won(2));
    in(261, connected(1), ready(1), refused(1), ended(2, Cause.CLOSED), cancel(), a(D));
    expectNothing();
    assertThat(attempt(1).connected()).isEqualTo(-1);
    assertThat(attempt(2).outcome()).isEqualTo(Outcome.WON);
  }

  @Test
  void timePassesWithoutCommandsAfterTheDecision() {
    twoInProgress();
    in(260, ready(2));
    expect(close(1, CANCELLED), won(2));
    in(500);
    expectNothing();
    in(60_000);
    expectNothing();
    assertThat(report().decidedAt()).isEqualTo(260_000_000);
  }
}

package dev.photofinish.race;

import static dev.photofinish.race.Outcome.CANCELLED;
import static dev.photofinish.race.Outcome.RETIRED;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Rule 4: a full house retires its oldest attempt that is not connected, once it was patient. */
@Tag("first-wins")
final class RenewalTest extends RaceScript {

  private void threeSilentAttempts(String options) {
    race(options, A);
    in(0);
    expect(dial(1, A));
    in(250);
    expect(dial(2, A));
    in(500);
    expect(dial(3, A));
  }

  @Test
  void theOldestGivesItsPlaceToTheNextInOneInstant() {
    threeSilentAttempts("first-wins");
    in(750);
    expect(close(1, RETIRED), dial(4, A));
    in(1000);
    expect(close(2, RETIRED), dial(5, A));
    in(1250);
    expect(close(3, RETIRED), dial(6, A));
  }

  @Test
  void patienceDoublesAfterEachHouseOfAttemptsOnTheSameCandidate() {
    threeSilentAttempts("first-wins racing-timeout=20s");
    in(750);
    expect(close(1, RETIRED), dial(4, A));
    in(1000);
    expect(close(2, RETIRED), dial(5, A));
    in(1250);
    expect(close(3, RETIRED), dial(6, A));
    in(2250);
    expect(close(4, RETIRED), dial(7, A));
    in(2500);
    expect(close(5, RETIRED), dial(8, A));
    in(2750);
    expect(close(6, RETIRED), dial(9, A));
    in(5250);
    expect(close(7, RETIRED), dial(10, A));
  }

  @Test
  void patienceCountsTheAttemptsOnItsOwnCandidateOnly() {
    race("first-wins", A, B, C, D);
    in(0);
    expect(dial(1, A));
    in(250);
    expect(dial(2, B));
    in(500);
    expect(dial(3, C));
    in(750);
    expect(close(1, RETIRED), dial(4, D));
    in(1000);
    expect(close(2, RETIRED), dial(5, A));
    in(1250);
    expect(close(3, RETIRED), dial(6, B));
    in(1500);
    expect(close(4, RETIRED), dial(7, C));
  }

  @Test
  void offMeansThatTheNextWaitsForAFreePlace() {
    threeSilentAttempts("first-wins renewal=off");
    in(4999);
    expectNothing();
  }

  @Test
  void aConnectedAttemptIsNeverRetired() {
    race("first-wins max-parallel-connections=2", A, B, C);
    in(0);
    expect(dial(1, A));
    in(100, connected(1));
    expectNothing();
    in(350);
    expect(dial(2, B));
    in(1100); // attempt 1 is 1100 old, but connected; attempt 2 is 750 old
    expect(close(2, RETIRED), dial(3, C));
  }

  @Test
  void aHouseOfConnectedAttemptsRetiresNone() {
    race("first-wins max-parallel-connections=2", A, B, C);
    in(0);
    expect(dial(1, A));
    in(10, connected(1));
    expectNothing();
    in(260);
    expect(dial(2, B));
    in(270, connected(2));
    expectNothing();
    in(4999);
    expectNothing();
  }

  @Test
  void nobodyIsRetiredWhileAnAttemptIsYoung() {
    threeSilentAttempts("first-wins");
    in(700, connected(3));
    expectNothing();
    in(950);
    expect(close(1, RETIRED), dial(4, A));
  }

  @Test
  void nobodyIsRetiredWhenNoCandidateMayStart() {
    race("first-wins redial=off", A, B, C);
    in(0);
    expect(dial(1, A));
    in(250);
    expect(dial(2, B));
    in(500);
    expect(dial(3, C));
    in(4999);
    expectNothing();
  }

  @Test
  void nobodyIsRetiredWhileThereIsAFreePlace() {
    race("first-wins max-parallel-connections=4", A);
    in(0);
    expect(dial(1, A));
    in(250);
    expect(dial(2, A));
    in(500);
    expect(dial(3, A));
    in(750);
    expect(dial(4, A));
    in(1000);
    expect(close(1, RETIRED), dial(5, A));
  }

  @Test
  void aSmallHouseHasThePatienceOfThreeDelays() {
    race("first-wins max-parallel-connections=1", A);
    in(0);
    expect(dial(1, A));
    in(750);
    expect(close(1, RETIRED), dial(2, A));
    in(2250); // with a cap of 1 the patience doubles after each attempt
    expect(close(2, RETIRED), dial(3, A));
  }

  @Test
  void whatARetiredAttemptBringsIsIgnored() {
    threeSilentAttempts("first-wins");
    in(750);
    expect(close(1, RETIRED), dial(4, A));
    in(760, ready(1));
    expectNothing();
    in(770, ready(4));
    expect(close(2, CANCELLED), close(3, CANCELLED), won(4));
  }
}

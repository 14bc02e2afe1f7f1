package dev.photofinish.race;

import static dev.photofinish.race.Outcome.CANCELLED;
import static dev.photofinish.race.Outcome.REPLACED;
import static dev.photofinish.race.Outcome.TIMED_OUT;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The strategy {@code last-wins}. */
@Tag("last-wins")
final class LastWinsTest extends RaceScript {

  @Test
  void attemptsStartOnTheirScheduleWhetherOrNotOlderOnesAreReady() {
    race("last-wins", A);
    in(0);
    expect(dial(1, A));
    in(20, ready(1));
    expectNothing();
    in(250);
    expect(dial(2, A));
    in(500);
    expect(dial(3, A));
  }

  @Test
  void progressDoesNotShiftTheSchedule() {
    race("last-wins", A);
    in(0);
    expect(dial(1, A));
    in(240, connected(1));
    expectNothing();
    in(250);
    expect(dial(2, A));
  }

  @Test
  void noMoreThanTheCapAreStarted() {
    race("last-wins max-parallel-connections=2", A, B, C);
    in(0);
    expect(dial(1, A));
    in(250);
    expect(dial(2, B));
    in(4999);
    expectNothing();
  }

  @Test
  void soonerIfNothingIsInProgressOrHeld() {
    race("last-wins", A, B, C);
    in(0);
    expect(dial(1, A));
    in(40, refused(1));
    expect(dial(2, B));
    in(500); // (3-1)·250, however early the second came
    expect(dial(3, C));
  }

  @Test
  void notSoonerWhileOneIsHeld() {
    race("last-wins", A, B);
    in(0);
    expect(dial(1, A));
    in(40, ready(1));
    expectNothing();
    in(249);
    expectNothing();
    in(250);
    expect(dial(2, B));
  }

  @Test
  void theScheduleCountsFromTheFirstDial() {
    resolving("last-wins", 1);
    in(100, aaaa(A6));
    expect(dial(1, A6));
    in(350);
    expect(dial(2, A6));
    in(600);
    expect(dial(3, A6));
  }

  @Test
  void theGapsOfTheScheduleGrowByTheMultiplier() {
    race("last-wins racing-delay-multiplier=2", A);
    in(0);
    expect(dial(1, A));
    in(250);
    expect(dial(2, A));
    in(750);
    expect(dial(3, A));
  }

  @Test
  void olderOnesAreReplacedIfHeldAndCancelledIfInProgress() {
    race("last-wins", A);
    in(0);
    expect(dial(1, A));
    in(250);
    expect(dial(2, A));
    in(260, ready(1));
    expectNothing();
    in(500);
    expect(dial(3, A));
    in(520, ready(3));
    expect(close(1, REPLACED), close(2, CANCELLED), won(3));
  }

  @Test
  void newerOnesAreLeftAloneByAnOlderThatIsReady() {
    race("last-wins", A);
    in(0);
    expect(dial(1, A));
    in(250);
    expect(dial(2, A));
    in(300, ready(1));
    expectNothing();
    assertThat(driver().open()).containsExactlyInAnyOrder(1, 2);
  }

  @Test
  void theNewestOfAllWinsAtOnce() {
    race("last-wins max-parallel-connections=1", A);
    in(0);
    expect(dial(1, A));
    in(20, ready(1));
    expect(won(1));
  }

  @Test
  void theHeldOneWaitsUntilEachNewerIsThreeDelaysOld() {
    race("last-wins", A);
    in(0);
    expect(dial(1, A));
    in(20, ready(1));
    expectNothing();
    in(250);
    expect(dial(2, A));
    in(500);
    expect(dial(3, A));
    in(1249);
    expectNothing();
    in(1250);
    expect(close(2, CANCELLED), close(3, CANCELLED), won(1));
  }

  @Test
  void ofALargerHouseAsManyDelaysAsPlaces() {
    race("last-wins max-parallel-connections=4", A);
    in(0);
    expect(dial(1, A));
    in(20, ready(1));
    expectNothing();
    in(250);
    expect(dial(2, A));
    in(500);
    expect(dial(3, A));
    in(750);
    expect(dial(4, A));
    in(1750);
    expect(close(2, CANCELLED), close(3, CANCELLED), close(4, CANCELLED), won(1));
  }

  @Test
  void theFailureOfTheNewerDecidesForTheHeldOne() {
    race("last-wins max-parallel-connections=2", A);
    in(0);
    expect(dial(1, A));
    in(20, ready(1));
    expectNothing();
    in(250);
    expect(dial(2, A));
    in(300, refused(2));
    expect(won(1));
  }

  @Test
  void theHeldOneWinsOnceNoMoreMayStart() {
    race("last-wins redial=off", A, B);
    in(0);
    expect(dial(1, A));
    in(250);
    expect(dial(2, B));
    in(300, ready(2));
    expect(close(1, CANCELLED), won(2));
  }

  @Test
  void anOutstandingAnswerIsNotWaitedFor() {
    resolving("last-wins redial=off", 1);
    in(0, aaaa(A6));
    expect(dial(1, A6));
    in(20, ready(1));
    expect(won(1));
  }

  @Test
  void atTheTimeoutTheHeldOneWins() {
    race("last-wins racing-timeout=600ms", A);
    in(0);
    expect(dial(1, A));
    in(20, ready(1));
    expectNothing();
    in(250);
    expect(dial(2, A));
    in(500);
    expect(dial(3, A));
    in(600);
    expect(close(2, CANCELLED), close(3, CANCELLED), won(1));
  }

  @Test
  void withNoneHeldTheTimeoutEndsIt() {
    race("last-wins racing-timeout=600ms max-parallel-connections=1", A);
    in(0);
    expect(dial(1, A));
    in(600);
    expect(close(1, TIMED_OUT), lost(Result.TIMED_OUT));
  }

  @Test
  void anEvictedHeldOneIsOutAndTheNewerGoOn() {
    race("last-wins", A);
    in(0);
    expect(dial(1, A));
    in(20, ready(1));
    expectNothing();
    in(250);
    expect(dial(2, A));
    in(300, closed(1));
    expectNothing();
    assertThat(attempt(1).outcome()).isEqualTo(Outcome.EVICTED);
    in(500);
    expect(dial(3, A));
    in(540, ready(3));
    expect(close(2, CANCELLED), won(3));
  }

  @Test
  void anEvictedHeldOneWithNothingNewerIsReplacedSooner() {
    race("last-wins", A, B);
    in(0);
    expect(dial(1, A));
    in(20, ready(1));
    expectNothing();
    in(30, closed(1));
    expect(dial(2, B));
  }

  @Test
  void anEvictedHeldOneWithNothingLeftFailsTheRace() {
    race("last-wins redial=off", A, B);
    in(0);
    expect(dial(1, A));
    in(20, ready(1));
    expectNothing();
    in(250);
    expect(dial(2, B));
    in(260, refused(2), closed(1));
    expect(lost(Result.FAILED));
  }

  @Test
  void thereIsNoRenewal() {
    race("last-wins", A, B, C, D);
    in(0);
    expect(dial(1, A));
    in(250);
    expect(dial(2, B));
    in(500);
    expect(dial(3, C));
    in(4999);
    expectNothing();
  }
}

package dev.photofinish.race;

import static dev.photofinish.race.Outcome.CANCELLED;

import org.junit.jupiter.api.Test;

/** Rule 2: the next attempt starts once no attempt in progress is young. */
final class StaggerTest extends RaceScript {

  @Test
  void aSlowAttemptIsFollowedAfterTheDelay() {
    race("first-wins", A, B, C);
    in(0);
    expect(dial(1, A));
    in(250);
    expect(dial(2, B));
    in(500);
    expect(dial(3, C));
  }

  @Test
  void theDelayIsAnOption() {
    race("first-wins racing-delay-ms=100", A, B);
    in(0);
    expect(dial(1, A));
    in(100);
    expect(dial(2, B));
  }

  @Test
  void whenEverythingStartedHasFailedTheNextStartsAtOnce() {
    race("first-wins", A, B);
    in(0);
    expect(dial(1, A));
    in(40, refused(1));
    expect(dial(2, B));
  }

  @Test
  void aFailureWhileAnotherIsYoungDoesNotStartTheNext() {
    race("first-wins", A, B, C);
    in(0);
    expect(dial(1, A));
    in(250);
    expect(dial(2, B));
    in(300, refused(1));
    expectNothing();
    in(500);
    expect(dial(3, C));
  }

  @Test
  void theFailureOfTheYoungOneStartsTheNextWhenTheOtherIsOld() {
    race("first-wins", A, B, C);
    in(0);
    expect(dial(1, A));
    in(250);
    expect(dial(2, B));
    in(300, refused(2));
    expect(dial(3, C));
  }

  @Test
  void connectingHoldsTheNextBackForAnotherDelay() {
    race("first-wins", A, B);
    in(0);
    expect(dial(1, A));
    in(200, connected(1));
    expectNothing();
    in(450);
    expect(dial(2, B));
  }

  @Test
  void soDoesTheHandshakeOfTls() {
    race("first-wins", A, B);
    in(0);
    expect(dial(1, A));
    in(100, connected(1));
    expectNothing();
    in(300, secured(1));
    expectNothing();
    in(550);
    expect(dial(2, B));
  }

  @Test
  void progressToldTwiceIsProgressOnce() {
    race("first-wins", A, B);
    in(0);
    expect(dial(1, A));
    in(100, connected(1));
    expectNothing();
    in(300, connected(1));
    expectNothing();
    in(350);
    expect(dial(2, B));
  }

  @Test
  void progressOfAnOlderAttemptCountsToo() {
    race("first-wins", A, B, C);
    in(0);
    expect(dial(1, A));
    in(250);
    expect(dial(2, B));
    in(490, connected(1));
    expectNothing();
    in(740);
    expect(dial(3, C));
  }

  @Test
  void theFailureOfAnAttemptThatProgressedEndsTheWait() {
    race("first-wins", A, B);
    in(0);
    expect(dial(1, A));
    in(200, connected(1));
    expectNothing();
    in(220, ended(1, Cause.TLS));
    expect(dial(2, B));
  }

  @Test
  void theGapsGrowByTheMultiplierUpToTwoSeconds() {
    race(
        "first-wins racing-delay-multiplier=3 max-parallel-connections=5 racing-timeout=10s",
        A,
        B,
        C,
        D,
        A6);
    in(0);
    expect(dial(1, A));
    in(250);
    expect(dial(2, B));
    in(1000);
    expect(dial(3, C));
    in(3000);
    expect(dial(4, D));
    in(5000);
    expect(dial(5, A6));
  }

  @Test
  void aMultiplierNeedNotBeWhole() {
    race("first-wins racing-delay-multiplier=1.5", A, B, C);
    in(0);
    expect(dial(1, A));
    in(250);
    expect(dial(2, B));
    in(625);
    expect(dial(3, C));
  }

  @Test
  void nothingStartsBeforeADelayThatIsNotOver() {
    race("first-wins", A, B);
    in(0);
    expect(dial(1, A));
    in(249.999999);
    expectNothing();
    in(250, ready(1));
    expect(won(1));
  }

  @Test
  void anAttemptThatIsReadyStopsTheStagger() {
    race("first-wins", A, B, C);
    in(0);
    expect(dial(1, A));
    in(250);
    expect(dial(2, B));
    in(260, ready(1));
    expect(close(2, CANCELLED), won(1));
  }
}

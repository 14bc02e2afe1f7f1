package dev.photofinish.race;

import static dev.photofinish.race.Outcome.CANCELLED;
import static dev.photofinish.race.Outcome.REPLACED;

import org.junit.jupiter.api.Test;

/** Rule 3: in progress + held is never above the cap. */
final class CapTest extends RaceScript {

  @Test
  void aFullHouseWaitsForAFreePlace() {
    race("first-wins max-parallel-connections=2 renewal=off", A, B, C);
    in(0);
    expect(dial(1, A));
    in(250);
    expect(dial(2, B));
    in(900, refused(1));
    expect(dial(3, C));
  }

  @Test
  void theDefaultIsThree() {
    race("first-wins renewal=off", A, B, C, D);
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
  void oneMeansOneAfterTheOther() {
    race("first-wins max-parallel-connections=1 renewal=off", A, B);
    in(0);
    expect(dial(1, A));
    in(3000, refused(1));
    expect(dial(2, B));
  }

  @Test
  void aFreePlaceIsNotTakenWhileAnAttemptIsYoung() {
    race("first-wins max-parallel-connections=2 renewal=off", A, B, C);
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
  void aHeldAttemptTakesAPlace() {
    race("last-wins max-parallel-connections=2", A, B);
    in(0);
    expect(dial(1, A));
    in(20, ready(1));
    expectNothing();
    in(250);
    expect(dial(2, B));
    in(270, ready(2));
    expect(close(1, REPLACED), won(2));
  }

  @Test
  void sixteenIsTheMost() {
    race("first-wins max-parallel-connections=16 racing-delay-ms=100 renewal=off", A, B);
    in(0);
    expect(dial(1, A));
    for (int i = 1; i < 16; i++) {
      in(100 * i);
      expect(dial(i + 1, i % 2 == 0 ? A : B));
    }
    in(4999, ready(16));
    expect(
        close(1, CANCELLED),
        close(2, CANCELLED),
        close(3, CANCELLED),
        close(4, CANCELLED),
        close(5, CANCELLED),
        close(6, CANCELLED),
        close(7, CANCELLED),
        close(8, CANCELLED),
        close(9, CANCELLED),
        close(10, CANCELLED),
        close(11, CANCELLED),
        close(12, CANCELLED),
        close(13, CANCELLED),
        close(14, CANCELLED),
        close(15, CANCELLED),
        won(16));
  }
}

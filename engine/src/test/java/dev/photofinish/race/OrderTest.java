package dev.photofinish.race;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rule 5: which candidate is next. */
final class OrderTest extends RaceScript {

  @Test
  void theResolversOrderAmongThoseNotDialledYet() {
    race("first-wins", B, A6, A);
    in(0);
    expect(dial(1, B));
    in(250);
    expect(dial(2, A6));
    in(500);
    expect(dial(3, A));
  }

  @Test
  void theFewestAttemptsFirst() {
    race("first-wins max-parallel-connections=5", A, B);
    in(0);
    expect(dial(1, A));
    in(250);
    expect(dial(2, B));
    in(500);
    expect(dial(3, A));
    in(750);
    expect(dial(4, B));
    in(1000);
    expect(dial(5, A));
  }

  @Test
  void redialOffDialsEachOnce() {
    race("first-wins redial=off", A, B);
    in(0);
    expect(dial(1, A));
    in(250);
    expect(dial(2, B));
    in(4999);
    expectNothing();
  }

  @Test
  void aSilentCandidateIsDialledAgainNoSoonerThanTheDelayAfterItsStart() {
    race("first-wins", A);
    in(0);
    expect(dial(1, A));
    in(30, ended(1, Cause.TIMEOUT));
    expectNothing();
    in(250);
    expect(dial(2, A));
  }

  @Test
  void thatDelayIsNotMultiplied() {
    race("first-wins racing-delay-multiplier=2", A);
    in(0);
    expect(dial(1, A));
    in(250);
    expect(dial(2, A));
    in(300, ended(1, Cause.TIMEOUT));
    expectNothing();
    in(310, ended(2, Cause.TIMEOUT));
    expectNothing();
    in(500);
    expect(dial(3, A));
  }

  @ParameterizedTest
  @EnumSource(
      value = Cause.class,
      names = {"TIMEOUT"},
      mode = EnumSource.Mode.EXCLUDE)
  void aDefinitiveEndIsNotFollowedByAnotherDialOfTheCandidate(Cause cause) {
    race("first-wins", A, B);
    in(0);
    expect(dial(1, A));
    in(20, ended(1, cause));
    expect(dial(2, B));
    in(270);
    expect(dial(3, B));
    in(280, refused(2));
    expectNothing();
    in(290, refused(3));
    expect(lost(Result.FAILED));
  }

  @ParameterizedTest
  @EnumSource(
      value = Cause.class,
      names = {"TIMEOUT"},
      mode = EnumSource.Mode.EXCLUDE)
  void norAfterItWasConnected(Cause cause) {
    race("first-wins", A);
    in(0);
    expect(dial(1, A));
    in(20, connected(1), ended(1, cause));
    expect(lost(Result.FAILED));
  }

  @Test
  void silenceIsNotDefinitive() {
    race("first-wins", A, B);
    in(0);
    expect(dial(1, A));
    in(20, ended(1, Cause.TIMEOUT));
    expect(dial(2, B));
    in(270);
    expect(dial(3, A));
  }

  @Test
  void oneDefinitiveEndAmongSeveralAttemptsIsEnough() {
    race("first-wins", A);
    in(0);
    expect(dial(1, A));
    in(250);
    expect(dial(2, A));
    in(300, refused(1));
    expectNothing();
    in(400, ended(2, Cause.TIMEOUT));
    expect(lost(Result.FAILED));
  }

  @Test
  void inLastWinsBeingClosedAfterConnectingIsNotDefinitive() {
    race("last-wins", A);
    in(0);
    expect(dial(1, A));
    in(20, connected(1), closed(1));
    expectNothing();
    in(250);
    expect(dial(2, A));
  }

  @Test
  void inLastWinsBeingClosedBeforeConnectingIs() {
    race("last-wins", A);
    in(0);
    expect(dial(1, A));
    in(20, closed(1));
    expect(lost(Result.FAILED));
  }

  @Test
  void inLastWinsAResetIsDefinitive() {
    race("last-wins", A);
    in(0);
    expect(dial(1, A));
    in(20, connected(1), ended(1, Cause.RESET));
    expect(lost(Result.FAILED));
  }

  @Test
  void noneDialsEachCandidateOnce() {
    race("none", A, B);
    in(0);
    expect(dial(1, A));
    in(300, ended(1, Cause.TIMEOUT));
    expect(dial(2, B));
    in(600, ended(2, Cause.TIMEOUT));
    expect(lost(Result.FAILED));
  }

  @Test
  void twoEndpointsWithTheSameAddressAreOneCandidate() {
    race("first-wins", A, A);
    in(0);
    expect(dial(1, A));
    in(20, refused(1));
    expect(lost(Result.FAILED));
    assertThat(report().attempts()).hasSize(1);
  }
}

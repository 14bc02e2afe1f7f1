package dev.photofinish.race;

import static dev.photofinish.race.Outcome.CANCELLED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.photofinish.race.address.Addresses;
import dev.photofinish.race.address.Candidate;
import dev.photofinish.race.address.Family;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** RFC 8305 sections 3 to 6: when dialling starts, and how answers join the candidates. */
final class ResolutionTest extends RaceScript {

  @Test
  void diallingStartsWithTheAaaaAnswer() {
    resolving("first-wins", 1);
    in(5, aaaa(A6));
    expect(dial(1, A6));
  }

  @Test
  void anAnswerOfAThatComesFirstWaits() {
    resolving("first-wins", 1);
    in(5, a(A));
    expectNothing();
    in(55);
    expect(dial(1, A));
  }

  @Test
  void thatWaitIsAnOption() {
    resolving("first-wins resolution-delay-ms=0", 1);
    in(5, a(A));
    expect(dial(1, A));
  }

  @Test
  void theAaaaAnswerCutsTheWaitShort() {
    resolving("first-wins", 1);
    in(5, a(A));
    expectNothing();
    in(25, aaaa(A6));
    expect(dial(1, A6));
    in(275);
    expect(dial(2, A));
  }

  @Test
  void aNegativeAaaaAnswerCutsItShortToo() {
    resolving("first-wins", 1);
    in(5, a(A));
    expectNothing();
    in(25, aaaa());
    expect(dial(1, A));
  }

  @Test
  void afterANegativeAaaaAnswerThereIsNoWait() {
    resolving("first-wins", 1);
    in(5, aaaa());
    expectNothing();
    in(30, a(A));
    expect(dial(1, A));
  }

  @Test
  void anAaaaAnswerAfterTheWaitJoins() {
    resolving("first-wins", 1);
    in(0, a(A, B));
    expectNothing();
    in(50);
    expect(dial(1, A));
    in(100, aaaa(A6));
    expectNothing();
    in(300);
    expect(dial(2, A6));
    in(550);
    expect(dial(3, B));
  }

  @Test
  void familiesAreInterleaved() {
    resolving("first-wins max-parallel-connections=5", 1);
    in(0, aaaa(A6, B6, C6), a(A, B));
    expect(dial(1, A6));
    in(250);
    expect(dial(2, A));
    in(500);
    expect(dial(3, B6));
    in(750);
    expect(dial(4, B));
    in(1000);
    expect(dial(5, C6));
  }

  @Test
  void thePreferredFamilyMayHaveAHeadStart() {
    resolving("first-wins max-parallel-connections=5 preferred-address-family-count=2", 1);
    in(0, aaaa(A6, B6, C6), a(A, B));
    expect(dial(1, A6));
    in(250);
    expect(dial(2, B6));
    in(500);
    expect(dial(3, A));
    in(750);
    expect(dial(4, C6));
    in(1000);
    expect(dial(5, B));
  }

  @Test
  void aLateAnswerJoinsAsIfTheAttemptsSoFarHadBeenDrawnFromTheWholeList() {
    resolving("first-wins max-parallel-connections=5", 1);
    in(0, aaaa(A6, B6, C6));
    expect(dial(1, A6));
    in(100, a(A, B));
    expectNothing();
    in(250);
    expect(dial(2, A));
    in(500);
    expect(dial(3, B6));
    in(750);
    expect(dial(4, B));
    in(1000);
    expect(dial(5, C6));
  }

  @Test
  void aLateAnswerStartsAtOnceWhenEverythingElseHasFailed() {
    resolving("first-wins", 1);
    in(0, a(A));
    expectNothing();
    in(50);
    expect(dial(1, A));
    in(51, refused(1));
    expectNothing();
    in(300, aaaa(A6));
    expect(dial(2, A6));
  }

  @Test
  void eachFamilyIsAnsweredOnce() {
    resolving("first-wins", 1);
    in(0, aaaa(A6));
    expect(dial(1, A6));
    in(10, aaaa(B6));
    expectNothing();
    in(20, a(), refused(1));
    expect(lost(Result.FAILED));
    assertThat(report().answers()).hasSize(2);
  }

  @Test
  void anAnswerThatRepeatsAnAddressGivesOneCandidate() {
    resolving("first-wins", 1);
    in(0, aaaa(A6, A6), a());
    expect(dial(1, A6));
    in(20, refused(1));
    expect(lost(Result.FAILED));
  }

  @Test
  void nothingFoundIsTheEnd() {
    resolving("first-wins", 1);
    in(10, aaaa());
    expectNothing();
    in(20, a());
    expect(lost(Result.FAILED));
  }

  @Test
  void addressesOfOneFamilyAreInTheGivenOrder() {
    FakeDriver driver =
        new FakeDriver(
            options("first-wins"),
            1,
            0,
            Comparator.comparing((Candidate c) -> Addresses.text(c.remote())).reversed());
    driver.handle(0, aaaa());
    driver.handle(0, a(A, C, B));
    assertThat(driver.drain(0)).containsExactly(new RaceCommand.Dial(1, candidate(0, C)));
    assertThat(driver.drain(250_000_000)).containsExactly(new RaceCommand.Dial(2, candidate(0, B)));
  }

  @Test
  void theFamilyThatTheOrderPutsFirstIsFirst() {
    FakeDriver driver =
        new FakeDriver(
            options("first-wins"), 1, 0, Comparator.comparing(Candidate::family).reversed());
    driver.handle(0, a(A, B));
    driver.handle(0, aaaa(A6));
    assertThat(driver.drain(0)).containsExactly(new RaceCommand.Dial(1, candidate(0, A)));
    assertThat(driver.drain(250_000_000))
        .containsExactly(new RaceCommand.Dial(2, candidate(0, A6)));
  }

  // Several endpoints.

  private static RaceEvent none(int endpoint, Family family) {
    return answer(endpoint, family);
  }

  @Test
  void theFirstEndpointsCandidatesComeBeforeTheSeconds() {
    resolving("first-wins max-parallel-connections=4", 2);
    in(
        0,
        answer(1, Family.IPV6, C6),
        none(1, Family.IPV4),
        answer(0, Family.IPV6, A6, B6),
        none(0, Family.IPV4));
    expect(dial(1, A6));
    in(250);
    expect(dial(2, B6));
    in(500);
    expect(dial(3, C6));
  }

  @Test
  void interleavedEndpointsTakeTurns() {
    resolving("first-wins max-parallel-connections=4 interleave-endpoints=on", 2);
    in(
        0,
        answer(1, Family.IPV6, C6),
        none(1, Family.IPV4),
        answer(0, Family.IPV6, A6, B6),
        none(0, Family.IPV4));
    expect(dial(1, A6));
    in(250);
    expect(dial(2, C6));
    in(500);
    expect(dial(3, B6));
  }

  @Test
  void theSecondEndpointWaitsTheResolutionDelayForTheFirst() {
    resolving("first-wins", 2);
    in(0, answer(1, Family.IPV6, C6));
    expectNothing();
    in(50);
    expect(dial(1, C6));
  }

  @Test
  void theFirstEndpointsAnswerEndsThatWait() {
    resolving("first-wins", 2);
    in(0, answer(1, Family.IPV6, C6));
    expectNothing();
    in(20, answer(0, Family.IPV6, A6));
    expect(dial(1, A6));
  }

  @Test
  void aRaceIsNotLostWhileOneEndpointIsUnanswered() {
    resolving("first-wins", 2);
    in(0, answer(0, Family.IPV6, A6), none(0, Family.IPV4));
    expect(dial(1, A6));
    in(20, refused(1), none(1, Family.IPV6));
    expectNothing();
    in(800, answer(1, Family.IPV4, B));
    expect(dial(2, B));
    in(810, ready(2));
    expect(won(2));
  }

  @Test
  void anEndpointThatTheTargetDoesNotHaveIsAMistake() {
    resolving("first-wins", 1);
    for (int endpoint : List.of(1, 7)) {
      assertThatThrownBy(() -> in(0, answer(endpoint, Family.IPV6)))
          .hasMessage("endpoint: " + endpoint + " is not valid; expected 0 to 0");
    }
  }

  @Test
  void lateAnswersInLastWinsFillTheSchedule() {
    resolving("last-wins redial=off", 1);
    in(0, aaaa(A6));
    expect(dial(1, A6));
    in(100, a(A));
    expectNothing();
    in(250);
    expect(dial(2, A));
    in(270, ready(2));
    expect(close(1, CANCELLED), won(2));
  }
}

package dev.photofinish.race;

import static dev.photofinish.race.Outcome.CANCELLED;
import static dev.photofinish.race.Outcome.REPLACED;
import static dev.photofinish.race.Outcome.RETIRED;
import static dev.photofinish.race.Outcome.TIMED_OUT;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The strategy {@code hybrid}. */
@Tag("last-wins")
final class HybridTest extends RaceScript {

  /** Attempt 1 connected at 2, attempt 2 dialled at 252. */
  private void twoDialled(String options, String... candidates) {
    race(options, candidates);
    in(0);
    expect(dial(1, candidates[0]));
    in(2, connected(1));
    expectNothing();
    in(252);
    expect(dial(2, candidates[1 % candidates.length]));
  }

  private void evidence(String options, String... candidates) {
    twoDialled(options, candidates);
    in(254, connected(2), closed(1));
    expectNothing();
  }

  @Test
  void itStartsAsFirstWins() {
    race("hybrid", A, B);
    in(0);
    expect(dial(1, A));
    in(250);
    expect(dial(2, B));
    in(260, ready(2));
    expect(close(1, CANCELLED), won(2));
  }

  @Test
  void itRenewsAsFirstWins() {
    race("hybrid max-parallel-connections=1", A, B);
    in(0);
    expect(dial(1, A));
    in(750);
    expect(close(1, RETIRED), dial(2, B));
  }

  // Evidence in the race.

  @Test
  void afterEvidenceTheNewestIsWaitedFor() {
    evidence("hybrid", A, B);
    in(4000, ready(2));
    expect(won(2));
  }

  @Test
  void beingResetIsEvidenceToo() {
    twoDialled("hybrid", A, B);
    in(254, connected(2), ended(1, Cause.RESET));
    expectNothing();
    in(4000);
    expectNothing();
  }

  @Test
  void evidenceIsGoodForAHundredMilliseconds() {
    twoDialled("hybrid", A, B);
    in(254, connected(2));
    expectNothing();
    in(354, closed(1));
    expectNothing();
    in(4000);
    expectNothing();
  }

  @Test
  void laterItIsNone() {
    twoDialled("hybrid", A, B, C);
    in(254, connected(2));
    expectNothing();
    in(354.000001, closed(1));
    expectNothing();
    in(504);
    expect(dial(3, C));
  }

  @Test
  void aNewerThatIsNotConnectedIsNoEvidence() {
    twoDialled("hybrid", A, B, C);
    in(254, closed(1));
    expectNothing();
    in(502);
    expect(dial(3, C));
  }

  @Test
  void anEvictedThatWasTheNewerIsNoEvidence() {
    twoDialled("hybrid", A, B, C);
    in(254, connected(2), closed(2));
    expectNothing();
    in(262);
    expect(dial(3, C));
  }

  @ParameterizedTest
  @EnumSource(names = {"TLS", "TIMEOUT", "PROTOCOL"})
  void anotherEndThanThePeersCloseIsNoEvidence(Cause cause) {
    twoDialled("hybrid", A, B, C);
    in(254, connected(2), ended(1, cause));
    expectNothing();
    in(504);
    expect(dial(3, C));
  }

  @Test
  void beingClosedBeforeConnectingIsNoEvidence() {
    race("hybrid", A, B, C);
    in(0);
    expect(dial(1, A));
    in(250);
    expect(dial(2, B));
    in(254, connected(2), closed(1));
    expectNothing();
    in(504);
    expect(dial(3, C));
  }

  @Test
  void olderOnesInProgressAreCancelled() {
    race("hybrid", A, B, C);
    in(0);
    expect(dial(1, A));
    in(240, connected(1));
    expectNothing();
    in(490);
    expect(dial(2, B));
    in(740);
    expect(dial(3, C));
    in(750, connected(3), closed(1));
    expect(close(2, CANCELLED));
    in(800, ready(3));
    expect(won(3));
  }

  @Test
  void newerOnesInProgressThanTheOneThatEvictedAreTheNewest() {
    race("hybrid", A, B, C);
    in(0);
    expect(dial(1, A));
    in(240, connected(1));
    expectNothing();
    in(490);
    expect(dial(2, B));
    in(740);
    expect(dial(3, C));
    in(750, connected(2), closed(1));
    expect(close(2, CANCELLED));
    in(800, ready(3));
    expect(won(3));
  }

  @Test
  void ifTheNewestFailsOneNewAttemptStarts() {
    evidence("hybrid", A, B, C);
    in(300, refused(2));
    expect(dial(3, C));
    in(3000);
    expectNothing();
    in(3001, refused(3));
    expect(dial(4, A)); // closed by the peer is not definitive any more
    in(3010, refused(4));
    expect(lost(Result.FAILED));
  }

  @Test
  void asManyNewAttemptsAsTheCapAtMost() {
    evidence("hybrid max-parallel-connections=2", A);
    in(300, closed(2));
    expectNothing();
    in(502); // no sooner than a delay after the previous start of the same candidate
    expect(dial(3, A));
    in(510, connected(3), closed(3));
    expectNothing();
    in(752);
    expect(dial(4, A));
    in(760, connected(4), closed(4));
    expect(lost(Result.FAILED));
  }

  @Test
  void beingClosedAfterConnectingIsNotDefinitiveThen() {
    evidence("hybrid", A);
    in(260, closed(2));
    expectNothing();
    in(502);
    expect(dial(3, A));
  }

  @Test
  void withEvidenceNoLastWinsFollows() {
    evidence("hybrid redial=off", A, B);
    in(5000);
    expect(close(2, TIMED_OUT), lost(Result.TIMED_OUT));
  }

  @Test
  void evidenceStandsWhenTheNewestHasFailedAlready() {
    twoDialled("hybrid", A, B, C);
    in(254, connected(2));
    expectNothing();
    in(260, refused(2));
    expectNothing();
    in(262, closed(1));
    expect(dial(3, C));
    in(3000);
    expectNothing();
  }

  // First-wins failed or timed out without evidence.

  @Test
  void aLastWinsRaceFollowsAFailure() {
    race("hybrid", A);
    in(0);
    expect(dial(1, A));
    in(100, connected(1), closed(1));
    expect(dial(2, A));
    in(120, ready(2));
    expectNothing();
    in(350);
    expect(dial(3, A));
    in(360, ready(3));
    expect(close(2, REPLACED));
    in(600);
    expect(dial(4, A));
    in(620, ready(4));
    expect(close(3, REPLACED), won(4));
  }

  @Test
  void aLastWinsRaceFollowsTheTimeoutWithAFreshTimeout() {
    race("hybrid racing-timeout=1s max-parallel-connections=1", A);
    in(0);
    expect(dial(1, A));
    in(750);
    expect(close(1, RETIRED), dial(2, A));
    in(1000);
    expect(close(2, TIMED_OUT), dial(3, A));
    in(2000);
    expect(close(3, TIMED_OUT), lost(Result.TIMED_OUT));
  }

  @Test
  void onlyOneRaceFollows() {
    race("hybrid max-parallel-connections=1", A);
    in(0);
    expect(dial(1, A));
    in(100, connected(1), closed(1));
    expect(dial(2, A));
    in(200, connected(2), closed(2));
    expect(lost(Result.FAILED));
  }

  @Test
  void allCandidatesAreAllowedAgain() {
    race("hybrid", A, B);
    in(0);
    expect(dial(1, A));
    in(100, refused(1));
    expect(dial(2, B));
    in(200, connected(2), closed(2));
    expect(dial(3, A));
    in(210, refused(3));
    expect(dial(4, B));
  }

  @Test
  void theOrderStartsAnewInTheRaceThatFollows() {
    race("hybrid racing-timeout=400ms", A, B, C);
    in(0);
    expect(dial(1, A));
    in(250);
    expect(dial(2, B));
    in(400);
    expect(close(1, TIMED_OUT), close(2, TIMED_OUT), dial(3, A));
    in(650);
    expect(dial(4, B));
  }

  @ParameterizedTest
  @EnumSource(names = {"REFUSED", "UNREACHABLE", "LOCAL", "TLS"})
  void noRaceFollowsWhenItWouldChangeNothing(Cause cause) {
    race("hybrid", A);
    in(0);
    expect(dial(1, A));
    in(20, ended(1, cause));
    expect(lost(Result.FAILED));
  }

  @ParameterizedTest
  @EnumSource(names = {"RESET", "CLOSED", "PROTOCOL"})
  void aRaceFollowsEveryOtherEnd(Cause cause) {
    race("hybrid", A);
    in(0);
    expect(dial(1, A));
    in(20, ended(1, cause));
    expect(dial(2, A));
  }

  @Test
  void aRaceFollowsWhenOneAttemptEndedOtherwise() {
    race("hybrid redial=off", A, B);
    in(0);
    expect(dial(1, A));
    in(20, ended(1, Cause.TIMEOUT));
    expect(dial(2, B));
    in(100, refused(2));
    expect(dial(3, A));
  }

  @Test
  void noRaceFollowsWhenNothingCouldBeDialled() {
    resolving("hybrid", 1);
    in(10, aaaa());
    expectNothing();
    in(20, a());
    expect(lost(Result.FAILED));
  }

  @Test
  void evidenceIsNotLookedForInTheRaceThatFollows() {
    race("hybrid", A);
    in(0);
    expect(dial(1, A));
    in(100, connected(1), closed(1));
    expect(dial(2, A));
    in(102, connected(2));
    expectNothing();
    in(350);
    expect(dial(3, A));
    in(352, connected(3), closed(2));
    expectNothing();
    in(600);
    expect(dial(4, A));
  }

  @Test
  void theReportIsOneOverBothRaces() {
    race("hybrid max-parallel-connections=1", A);
    in(0);
    expect(dial(1, A));
    in(100, connected(1), closed(1));
    expect(dial(2, A));
    in(120, ready(2));
    expect(won(2));
    assertThat(report().attempts()).hasSize(2);
    assertThat(report().strategy()).isEqualTo(Strategy.HYBRID);
  }
}

package dev.photofinish.clientlimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract's "evidence after the race". Times are seconds of a ticker that starts at t0. */
final class LimitMemoryTest {
  private static final long S = 1_000_000_000;
  private static final LimitMemory.Key CAMERA =
      new LimitMemory.Key("camera.example:554", "192.0.2.0/24");

  private long t0;
  private LimitMemory memory = new LimitMemory(4);

  private void closed(LimitMemory.Key key, long wonAt, long at) {
    memory.learn(key, new LimitEvidence.WinnerClosed(t0 + wonAt * S), t0 + at * S);
  }

  private boolean learn(LimitEvidence fact, long at) {
    return memory.learn(CAMERA, fact, t0 + at * S);
  }

  private ClientLimit profile(long at) {
    return Objects.requireNonNull(memory.profile(CAMERA, t0 + at * S));
  }

  private long rest(long at, long capSeconds) {
    return memory.rest(CAMERA, t0 + at * S, Duration.ofSeconds(capSeconds)) / S;
  }

  private boolean limited(LimitMemory.Key key, long at) {
    return memory.profile(key, t0 + at * S) != null;
  }

  private void closedTwice(LimitMemory.Key key, long at) {
    closed(key, at, at);
    closed(key, at, at);
  }

  private void restore(long seenAt, long at) {
    memory.restore(
        CAMERA,
        new ClientLimit(3, LimitPolicy.REJECTS_NEW, 0, "elsewhere", t0 + seenAt * S),
        t0 + at * S);
  }

  @Test
  void whatAnotherMemoryConcludedLastsAsLongAsIfItHadBeenSeenHere() {
    restore(100, 200);
    assertThat(profile(200).limit()).isEqualTo(3);
    assertThat(limited(CAMERA, 699)).isTrue();
    assertThat(limited(CAMERA, 700)).isFalse();
    restore(100, 700);
    assertThat(limited(CAMERA, 700)).isFalse();
  }

  @Test
  void whatWasSeenLaterHoldsWhereverItWasSeen() {
    closedTwice(CAMERA, 150);
    restore(100, 200);
    assertThat(profile(200).policy()).isEqualTo(LimitPolicy.DROPS_OLDEST);
    restore(160, 200);
    assertThat(profile(200).policy()).isEqualTo(LimitPolicy.REJECTS_NEW);
    closedTwice(CAMERA, 210);
    assertThat(profile(210).policy()).isEqualTo(LimitPolicy.DROPS_OLDEST);
  }

  @Test
  void anUnknownEndpointIsNotLimited() {
    assertThat(limited(CAMERA, 0)).isFalse();
  }

  @Test
  void oneEarlyCloseIsNotEnough() {
    closed(CAMERA, 0, 5);
    assertThat(limited(CAMERA, 5)).isFalse();
  }

  @Test
  void twoInARowAre() {
    closed(CAMERA, 0, 30);
    closed(CAMERA, 31, 40);
    assertThat(limited(CAMERA, 40)).isTrue();
  }

  /** A device that starts again closes all its connections. */
  @Test
  void winnersThatAreClosedTogetherAreOneClose() {
    closed(CAMERA, 0, 5);
    closed(CAMERA, 1, 5);
    assertThat(limited(CAMERA, 5)).isFalse();
    closed(CAMERA, 6, 7);
    assertThat(limited(CAMERA, 7)).isTrue();
  }

  @Test
  void aCloseAfterThirtySecondsIsNoEvidenceAndBreaksTheRow() {
    closed(CAMERA, 0, 5);
    closed(CAMERA, 6, 37);
    closed(CAMERA, 38, 40);
    assertThat(limited(CAMERA, 40)).isFalse();
    closed(CAMERA, 41, 42);
    assertThat(limited(CAMERA, 42)).isTrue();
  }

  @Test
  void aWinnerThatLastedBreaksTheRow() {
    closed(CAMERA, 0, 5);
    learn(new LimitEvidence.WinnerLasted(), 36);
    closed(CAMERA, 100, 101);
    assertThat(limited(CAMERA, 101)).isFalse();
  }

  @Test
  void aWinnerThatLastsDoesNotEndAMemory() {
    closedTwice(CAMERA, 0);
    learn(new LimitEvidence.WinnerLasted(), 30);
    assertThat(limited(CAMERA, 31)).isTrue();
  }

  private void closedAt(@Nullable String request, long at) {
    memory.learn(CAMERA, new LimitEvidence.WinnerClosed(t0 + at * S, request), t0 + at * S);
  }

  @Test
  void closesAtOneRequestAreAQuirkOfThatRequest() {
    closedAt("SETUP track1", 0);
    closedAt("SETUP track1", 1);
    closedAt("SETUP track1", 2);
    assertThat(limited(CAMERA, 2)).isFalse();
  }

  @Test
  void closesAtDifferentPointsOfTheDialogueAreEvidence() {
    closedAt("SETUP track1", 0);
    closedAt("PLAY", 1);
    assertThat(limited(CAMERA, 1)).isTrue();
  }

  @Test
  void aCloseWithNoRequestOpenIsAnotherPointThanARequest() {
    closedAt("SETUP track1", 0);
    closedAt("SETUP track1", 1);
    closedAt(null, 2);
    assertThat(limited(CAMERA, 2)).isTrue();
  }

  @Test
  void closesAtOneRequestDoNotMakeAMemoryLastLonger() {
    closedTwice(CAMERA, 0);
    closedAt("PLAY", 100);
    closedAt("PLAY", 300);
    assertThat(limited(CAMERA, 699)).isTrue();
    assertThat(limited(CAMERA, 700)).isFalse();
  }

  @Test
  void aMemoryLastsTenMinutesWithoutNewEvidence() {
    closedTwice(CAMERA, 0);
    assertThat(limited(CAMERA, 599)).isTrue();
    assertThat(limited(CAMERA, 600)).isFalse();
  }

  @Test
  void newEvidenceMakesItLastLonger() {
    closedTwice(CAMERA, 0);
    closed(CAMERA, 590, 599);
    assertThat(limited(CAMERA, 1198)).isTrue();
    assertThat(limited(CAMERA, 1199)).isFalse();
  }

  @Test
  void evidenceThatIsTenMinutesOldIsForgottenToo() {
    closed(CAMERA, 0, 0);
    closed(CAMERA, 600, 600);
    assertThat(limited(CAMERA, 600)).isFalse();
    closed(CAMERA, 601, 601);
    assertThat(limited(CAMERA, 601)).isTrue();
  }

  @Test
  void aForgottenMemoryNeedsTwoClosesAnew() {
    closedTwice(CAMERA, 0);
    closed(CAMERA, 600, 600);
    assertThat(limited(CAMERA, 600)).isFalse();
  }

  @Test
  void endpointsAndNetworksAreKeptApart() {
    closedTwice(CAMERA, 0);
    assertThat(limited(new LimitMemory.Key(CAMERA.endpoint(), "198.51.100.0/24"), 0)).isFalse();
    assertThat(limited(new LimitMemory.Key("other.example:554", CAMERA.network()), 0)).isFalse();
  }

  @Test
  void everythingIsForgottenWhenTheNetworkChanges() {
    closedTwice(CAMERA, 0);
    memory.forget();
    assertThat(limited(CAMERA, 0)).isFalse();
  }

  private static LimitMemory.Key key(int i) {
    return new LimitMemory.Key("camera" + i + ":554", "192.0.2.0/24");
  }

  @Test
  void theLongestUnusedEndpointMakesRoom() {
    for (int i = 0; i < 4; i++) {
      closedTwice(key(i), 0);
    }
    assertThat(limited(key(0), 1)).isTrue(); // used: key 1 is the oldest now
    closed(key(4), 1, 1);
    assertThat(limited(key(0), 1)).isTrue();
    assertThat(limited(key(1), 1)).isFalse();
    assertThat(limited(key(2), 1)).isTrue();
    assertThat(limited(key(3), 1)).isTrue();
    closed(key(4), 1, 1);
    assertThat(limited(key(4), 1)).isTrue();
  }

  @Test
  void manyEndpointsNeverGrowIt() {
    for (int i = 0; i < 100_000; i++) {
      closedTwice(key(i), 0);
    }
    long remembered = 0;
    for (int i = 0; i < 100_000; i++) {
      remembered += limited(key(i), 0) ? 1 : 0;
    }
    assertThat(remembered).isEqualTo(4);
  }

  @Test
  void askingRemembersNothing() {
    closedTwice(CAMERA, 0);
    for (int i = 0; i < 10; i++) {
      assertThat(limited(key(i), 0)).isFalse();
    }
    assertThat(limited(CAMERA, 0)).isTrue();
  }

  @Test
  void aCapacityBelowOneIsAMistake() {
    assertThatThrownBy(() -> new LimitMemory(0))
        .hasMessage("capacity: 0 is not valid; expected 1 or more");
    memory = new LimitMemory(1);
    closedTwice(CAMERA, 0);
    assertThat(limited(CAMERA, 0)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, -10, -35, -300})
  void timeWrapsAround(long secondsBeforeTheEnd) {
    t0 = Long.MAX_VALUE + secondsBeforeTheEnd * S;
    closed(CAMERA, 0, 30);
    closed(CAMERA, 31, 40);
    assertThat(limited(CAMERA, 639)).isTrue();
    assertThat(limited(CAMERA, 640)).isFalse();
  }

  // What is concluded.

  private static LimitEvidence full(int status, long retryAfter, int others) {
    return new LimitEvidence.AnsweredAtCapacity(status, Duration.ofSeconds(retryAfter), others);
  }

  private static Stream<Arguments> evidence() {
    return Stream.of(
        Arguments.of(
            new LimitEvidence.Evicted(2),
            1,
            LimitPolicy.DROPS_OLDEST,
            0,
            "takes one client and drops the older"
                + " (seen: closed one of 2 connections as a newer one came)"),
        Arguments.of(
            new LimitEvidence.ResetAfterAccept(2),
            2,
            LimitPolicy.REJECTS_NEW,
            0,
            "takes 2 clients and rejects the newer (seen: reset a connection beside 2 of ours)"),
        Arguments.of(
            full(503, 0, 0),
            null,
            LimitPolicy.ANSWERS_FULL,
            503,
            "seems to take one client and answers the newer that it is full with 503"
                + " (seen: answered 503 without another of ours)"),
        Arguments.of(
            full(453, 0, 1),
            1,
            LimitPolicy.ANSWERS_FULL,
            453,
            "takes one client and answers the newer that it is full with 453"
                + " (seen: answered 453 beside 1 of ours)"),
        Arguments.of(
            new LimitEvidence.NeverAnswered(1),
            1,
            LimitPolicy.STAYS_SILENT,
            0,
            "takes one client and leaves the newer in silence"
                + " (seen: never answered a connection beside 1 of ours)"));
  }

  @ParameterizedTest
  @MethodSource("evidence")
  void eachEvidenceHasItsConclusion(
      LimitEvidence fact, @Nullable Integer limit, LimitPolicy policy, int status, String words) {
    assertThat(learn(fact, 3)).isTrue();
    ClientLimit profile = profile(4);
    assertThat(profile.limit()).isEqualTo(limit);
    assertThat(profile.policy()).isEqualTo(policy);
    assertThat(profile.status()).isEqualTo(status);
    assertThat(profile.seenAt()).isEqualTo(t0 + 3 * S);
    assertThat(profile).hasToString(words);
    assertThat(learn(fact, 5)).as("the same again is no news").isFalse();
    assertThat(limited(CAMERA, 604)).isTrue();
    assertThat(limited(CAMERA, 605)).isFalse();
  }

  @Test
  void closedWinnersAreADeviceThatDropsTheOlderOfHowManyItDoesNotSay() {
    closedTwice(CAMERA, 0);
    assertThat(profile(0).policy()).isEqualTo(LimitPolicy.DROPS_OLDEST);
    assertThat(profile(0).limit()).isNull();
    assertThat(profile(0).takesOne()).isTrue();
  }

  @Test
  void theNewestEvidenceWins() {
    learn(full(453, 0, 1), 0);
    assertThat(learn(new LimitEvidence.Evicted(3), 1)).isTrue();
    assertThat(profile(1).policy()).isEqualTo(LimitPolicy.DROPS_OLDEST);
    assertThat(profile(1).limit()).isEqualTo(2);
    assertThat(profile(1).status()).isZero();
  }

  @Test
  void evidenceThatDoesNotTellTheLimitKeepsTheOneThatWasSeen() {
    learn(new LimitEvidence.ResetAfterAccept(2), 0);
    assertThat(learn(new LimitEvidence.ResetAfterAccept(0), 1)).isFalse();
    assertThat(profile(1).limit()).isEqualTo(2);
    learn(full(503, 0, 0), 2);
    assertThat(profile(2).limit()).as("of another policy").isNull();
  }

  @Test
  void aContradictionLiftsTheLimit() {
    learn(full(503, 0, 1), 0);
    assertThat(learn(new LimitEvidence.Served(1), 1)).isFalse();
    assertThat(limited(CAMERA, 1)).isTrue();
    assertThat(learn(new LimitEvidence.Served(2), 1)).isTrue();
    assertThat(limited(CAMERA, 1)).isFalse();
    assertThat(rest(1, 30)).as("it is left alone all the same").isEqualTo(4);
  }

  @Test
  void aLimitThatIsNotKnownIsOneToBeContradicted() {
    closedTwice(CAMERA, 0);
    assertThat(learn(new LimitEvidence.Served(2), 1)).isTrue();
    assertThat(limited(CAMERA, 1)).isFalse();
  }

  // For how long it is left alone.

  @Test
  void aFullDeviceIsLeftAloneForFiveSeconds() {
    learn(full(453, 0, 1), 10);
    assertThat(rest(10, 30)).isEqualTo(5);
    assertThat(rest(14, 30)).isEqualTo(1);
    assertThat(rest(15, 30)).isZero();
    assertThat(rest(100, 30)).isZero();
  }

  private void refused(String stream, boolean servesOthers) {
    Duration retryAfter = Duration.ofSeconds(20);
    learn(new LimitEvidence.AnsweredAtCapacity(503, retryAfter, 2, stream, servesOthers), 0);
  }

  private boolean wasAnotherAlone(String stream) {
    return memory.refusedAnotherAlone(CAMERA, stream, t0);
  }

  /** A recorder answers so for a camera that is away, and serves the others. */
  @Test
  void oneThatServesOtherStreamsMeanwhileIsNotLeftAlone() {
    refused("a", true);
    assertThat(rest(0, 30)).isZero();
    refused("a", false);
    assertThat(rest(0, 30)).isEqualTo(20);
  }

  @Test
  void whatOneStreamAloneWasRefusedMayBeNoLimitOfOthers() {
    assertThat(wasAnotherAlone("b")).as("nothing is known").isFalse();
    refused("a", true);
    refused("a", true);
    assertThat(wasAnotherAlone("b")).isTrue();
    assertThat(wasAnotherAlone("a")).as("it was refused itself").isFalse();
    refused("b", true);
    assertThat(wasAnotherAlone("c")).as("two were refused").isFalse();
  }

  /** Three served beside a limit of two. */
  @Test
  void whoWasRefusedIsForgottenWithTheLimit() {
    refused("a", true);
    refused("b", true);
    learn(new LimitEvidence.Served(3), 0);
    refused("a", true);
    assertThat(wasAnotherAlone("b")).isTrue();
    learn(new LimitEvidence.Evicted(2), 0);
    assertThat(wasAnotherAlone("b")).as("another policy").isFalse();
  }

  @Test
  void aResetIsSuchAnAnswerToo() {
    learn(new LimitEvidence.ResetAfterAccept(1), 0);
    assertThat(rest(1, 30)).isEqualTo(4);
    assertThat(memory.rest(key(7), t0, Duration.ofSeconds(30))).isZero();
  }

  @Test
  void aResetWithoutAnotherOfOursSaysNothingOfALimit() {
    assertThat(learn(new LimitEvidence.ResetAfterAccept(0), 0)).isFalse();
    assertThat(learn(new LimitEvidence.ResetAfterAccept(0), 1)).isFalse();
    assertThat(limited(CAMERA, 1)).isFalse();
    assertThat(rest(2, 30)).as("but that it is full for now").isEqualTo(4);
  }

  @Test
  void orForAsLongAsItAskedWithinTheCap() {
    learn(full(503, 20, 1), 0);
    assertThat(rest(1, 30)).isEqualTo(19);
    assertThat(rest(1, 10)).isEqualTo(9);
    assertThat(rest(1, 2)).isEqualTo(4);
    learn(full(503, 0, 1), 2);
    assertThat(rest(2, 30)).as("the longer one holds").isEqualTo(18);
  }

  @Test
  void evictionAndSilenceAreNoAnswers() {
    learn(new LimitEvidence.Evicted(2), 0);
    assertThat(rest(0, 30)).isZero();
    learn(new LimitEvidence.NeverAnswered(1), 0);
    assertThat(rest(0, 30)).isZero();
  }
}

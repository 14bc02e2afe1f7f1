package dev.photofinish.race;

import static dev.photofinish.race.Learnt.candidate;
import static dev.photofinish.race.Learnt.nanos;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.photofinish.race.address.Addresses;
import dev.photofinish.race.address.Candidate;
import dev.photofinish.race.address.Via;
import dev.photofinish.race.history.History;
import dev.photofinish.race.history.HistoryEntry;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The history of candidates: what is learnt, from what, and for how long. */
class HistoryTest {
  private static final Candidate CAMERA = candidate("192.0.2.1");
  private static final Candidate OTHER = candidate("192.0.2.2");
  private static final Candidate THIRD = candidate("192.0.2.3");
  private static final long END = ofMinutes(10).toNanos();

  private final History history = new History(2);

  @BeforeEach
  void isAtHome() {
    assertThat(history.moveTo("lan")).isNull();
  }

  @Test
  void knowsNothingAtFirst() {
    assertThat(of(CAMERA, 0)).isNull();
  }

  /** RFC 6298 section 2: the first time counts whole, later ones by an eighth and a quarter. */
  @Test
  void smoothsConnectTimes() {
    learn(CAMERA, 80);
    assertThat(of(CAMERA, 0)).isEqualTo(PathStats.of(nanos(80), nanos(40), nanos(80)));

    learn(CAMERA, 160);
    assertThat(of(CAMERA, 0)).isEqualTo(PathStats.of(nanos(90), nanos(50), nanos(160)));
  }

  @Test
  void takesThe95thPercentileOfTheLastTwentyTimes() {
    learn(CAMERA, 900);
    LongStream.rangeClosed(2, 20).forEach(time -> learn(CAMERA, time));
    assertThat(known(CAMERA).percentile95()).as("the 19th of 20").isEqualTo(nanos(20));

    learn(CAMERA, 1);
    assertThat(known(CAMERA).percentile95()).as("900 is forgotten").isEqualTo(nanos(19));
  }

  @Test
  void keepsLocalAndRemoteAddressesApart() {
    Candidate fromWifi = from("192.0.2.8");
    learn(fromWifi, 80);

    assertThat(of(from("192.0.2.9"), 0)).isNull();
    assertThat(of(CAMERA, 0)).isNull();
    assertThat(of(new Candidate(7, fromWifi.remote(), fromWifi.via()), 0))
        .as("the same dial for another endpoint")
        .isNotNull();
  }

  /** Java's IPv6 addresses are equal when only their zones differ. */
  @Test
  void keepsZonesApart() throws UnknownHostException {
    learn(zone(1), 80);

    assertThat(of(zone(1), 0)).isNotNull();
    assertThat(of(zone(2), 0)).isNull();
  }

  @Test
  void anotherNetworkIsAFreshStartAndSoIsComingBack() {
    learn(CAMERA, 80);
    assertThat(history.moveTo("lan")).as("still there").isNull();
    assertThat(of(CAMERA, 0)).isNotNull();

    assertThat(history.moveTo("lte")).isEqualTo("lan");
    assertThat(history.of("lte", CAMERA, 0)).isNull();
    assertThat(history.of("lan", CAMERA, 0)).isNull();

    assertThat(history.moveTo("lan")).isEqualTo("lte");
    assertThat(of(CAMERA, 0)).isNull();
  }

  @Test
  void aRaceThatBeganOnAnotherNetworkTeachesNothing() {
    history.moveTo("lte");
    history.learn("lan", Learnt.connected(CAMERA, 80), nanos(80));

    assertThat(history.of("lte", CAMERA, 0)).isNull();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, Long.MAX_VALUE - 5, Long.MIN_VALUE})
  void lastsTenMinutesWithoutANewConnectTime(long learnt) {
    history.learn("lan", Learnt.connected(CAMERA, 80), learnt);

    assertThat(of(CAMERA, learnt + END - 1)).isNotNull();
    assertThat(of(CAMERA, learnt + END)).isNull();
  }

  @Test
  void aNewConnectTimeLetsItLast() {
    learn(CAMERA, 80);
    history.learn("lan", Learnt.connected(CAMERA, 80), ofMinutes(9).toNanos());

    assertThat(of(CAMERA, ofMinutes(18).toNanos())).isNotNull();
  }

  @Test
  void aConnectTimeAfterTenMinutesIsTheFirstAgain() {
    history.learn("lan", Learnt.connected(CAMERA, 800), 0);
    history.learn("lan", Learnt.connected(CAMERA, 10), END);

    assertThat(of(CAMERA, END)).isEqualTo(PathStats.of(nanos(10), nanos(5), nanos(10)));
  }

  @Test
  void givesUpWhatWasLongestNotUsed() {
    learn(CAMERA, 80);
    learn(OTHER, 80);
    assertThat(of(CAMERA, 0)).isNotNull();
    learn(THIRD, 80);

    assertThat(of(OTHER, 0)).isNull();
    assertThat(of(CAMERA, 0)).isNotNull();
    assertThat(of(THIRD, 0)).isNotNull();
  }

  @Test
  void refusesToRememberNothing() {
    assertThatThrownBy(() -> new History(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("capacity: 0 is not valid; expected 1 or more");
  }

  /** A cancelled attempt might have connected a moment later. */
  @ParameterizedTest
  @EnumSource(
      value = Outcome.class,
      names = {"CANCELLED", "REPLACED"})
  void whatWeEndedBeforeItConnectedSaysNothing(Outcome outcome) {
    learn(new Learnt().attempt(CAMERA, 0, -1, 300, outcome, null), 300);

    assertThat(of(CAMERA, nanos(300))).isNull();
  }

  @Test
  void aLoserThatConnectedTellsItsTime() {
    learn(new Learnt().attempt(CAMERA, 250, 270, 300, Outcome.CANCELLED, null), 300);

    assertThat(known(CAMERA).smoothed()).isEqualTo(nanos(20));
  }

  /** Karn's rule: from 1 s on, the answer may be one to the SYN that the kernel repeated. */
  @Test
  void aTimeThatMayBeThatOfARetransmissionIsNone() {
    learn(CAMERA, 20);
    learn(CAMERA, 1000);
    learn(CAMERA, 1020);
    assertThat(known(CAMERA)).isEqualTo(PathStats.of(nanos(20), nanos(10), nanos(20)));

    learn(OTHER, 1000);
    assertThat(known(OTHER)).isEqualTo(new PathStats(-1, -1, -1, true, false));
    assertThat(known(OTHER).isTimed()).isFalse();

    learn(OTHER, 999);
    assertThat(known(OTHER).smoothed()).isEqualTo(nanos(999));
  }

  @ParameterizedTest
  @EnumSource(
      value = Cause.class,
      names = {"LOCAL", "TIMEOUT"},
      mode = EnumSource.Mode.EXCLUDE)
  void aFailureIsOneUntilTheNextGoodUse(Cause cause) {
    learn(CAMERA, 20);
    learn(new Learnt().attempt(CAMERA, 0, -1, 5, Outcome.FAILED, cause), 6);
    assertThat(known(CAMERA)).isEqualTo(new PathStats(nanos(20), nanos(10), nanos(20), true, true));

    history.learn("lan", Learnt.connected(CAMERA, 20), nanos(100));
    assertThat(known(CAMERA).failed()).isFalse();
  }

  @Test
  void aFailureLastsTenMinutes() {
    learn(new Learnt().attempt(CAMERA, 0, -1, 5, Outcome.FAILED, Cause.REFUSED), 5);

    assertThat(of(CAMERA, nanos(5) + END - 1)).isEqualTo(new PathStats(-1, -1, -1, false, true));
    assertThat(of(CAMERA, nanos(5) + END)).isNull();
  }

  /** Nothing was sent: it is this host that failed. */
  @Test
  void whatFailedLocallySaysNothingOfTheAddress() {
    learn(new Learnt().attempt(CAMERA, 0, -1, 5, Outcome.FAILED, Cause.LOCAL), 5);

    assertThat(of(CAMERA, nanos(5))).isNull();
  }

  @Test
  void whatConnectedAndWasThenClosedByThePeerFailed() {
    learn(new Learnt().attempt(CAMERA, 0, 20, 50, Outcome.EVICTED, Cause.CLOSED), 60);
    assertThat(known(CAMERA)).isEqualTo(new PathStats(nanos(20), nanos(10), nanos(20), true, true));

    learn(
        new Learnt()
            .attempt(OTHER, 0, 20, 271, Outcome.EVICTED, Cause.CLOSED)
            .attempt(OTHER, 250, 270, 300, Outcome.WON, null),
        300);
    assertThat(known(OTHER).failed()).as("it made room for the winner").isFalse();
  }

  /** Silence, as the race has seen it: after it, times are not trusted until the next connect. */
  @ParameterizedTest
  @EnumSource(
      value = Outcome.class,
      names = {"RETIRED", "TIMED_OUT", "FAILED"})
  void longSilenceIsAFailureAfterWhichThePathMayBeSlow(Outcome outcome) {
    Cause cause = outcome == Outcome.FAILED ? Cause.TIMEOUT : null;
    learn(CAMERA, 20);
    learn(new Learnt().attempt(CAMERA, 10, -1, 2000, outcome, cause), 2000);
    assertThat(known(CAMERA)).isEqualTo(new PathStats(-1, -1, -1, true, true));

    history.learn("lan", Learnt.connected(CAMERA, 20), nanos(3000));
    assertThat(known(CAMERA).smoothed()).isEqualTo(nanos(20));
    assertThat(known(CAMERA).failed()).isFalse();
  }

  /** The SYN that was lost is older than the one that was answered. */
  @Test
  void aLostSynBesideOneThatWasAnsweredIsNoFailure() {
    learn(
        new Learnt()
            .attempt(CAMERA, 0, -1, 750, Outcome.RETIRED, null)
            .attempt(CAMERA, 250, 270, 760, Outcome.CANCELLED, null),
        760);

    assertThat(known(CAMERA)).isEqualTo(PathStats.of(nanos(20), nanos(10), nanos(20)));
  }

  @Test
  void aConnectionThatWasNotAnsweredInTimeIsNoFailureOfTheAddress() {
    learn(new Learnt().attempt(CAMERA, 0, 20, 5000, Outcome.TIMED_OUT, null), 5000);

    assertThat(known(CAMERA).failed()).isFalse();
  }

  @Test
  void aSnapshotGivesTheSameElsewhere() {
    LongStream.rangeClosed(1, 25).forEach(time -> learn(CAMERA, time));
    learn(new Learnt().attempt(OTHER, 0, -1, 5, Outcome.FAILED, Cause.RESET), 5);
    History copy = new History(2);
    copy.moveTo("lan");
    long later = 7_000_000_000_000L;

    copy.restore("lan", history.snapshot("lan", nanos(10)), later);

    assertThat(copy.of("lan", CAMERA, later)).isEqualTo(of(CAMERA, nanos(10)));
    assertThat(copy.of("lan", OTHER, later)).isEqualTo(of(OTHER, nanos(10)));
    assertThat(copy.snapshot("lan", later)).isEqualTo(history.snapshot("lan", nanos(10)));
    assertThat(copy.of("lan", OTHER, later + END - nanos(5))).as("as old as before").isNull();
  }

  @Test
  void aSnapshotLeavesOutWhatIsTooOld() {
    learn(CAMERA, 80);

    assertThat(history.snapshot("lan", END - 1)).hasSize(1);
    assertThat(history.snapshot("lan", END)).isEmpty();
    assertThat(history.snapshot("lte", 0)).isEmpty();
  }

  @Test
  void whatIsNewerIsKeptWhenASnapshotIsRestored() {
    learn(CAMERA, 80);
    List<HistoryEntry> old = history.snapshot("lan", nanos(1000));
    history.learn("lan", Learnt.connected(CAMERA, 160), nanos(1000));
    history.restore("lan", old, nanos(1000));
    assertThat(known(CAMERA).smoothed()).isEqualTo(nanos(90));

    history.restore("lte", old, 0);
    history.moveTo("lte");
    assertThat(history.of("lte", CAMERA, 0)).as("of another network").isNull();
  }

  @Test
  void aSnapshotHasAtMostTheCapacity() {
    History large = new History(3);
    large.moveTo("lan");
    List.of(CAMERA, OTHER, THIRD)
        .forEach(each -> large.learn("lan", Learnt.connected(each, 80), nanos(80)));

    history.restore("lan", large.snapshot("lan", nanos(80)), nanos(80));

    assertThat(of(CAMERA, nanos(80))).as("longest not used").isNull();
    assertThat(history.snapshot("lan", nanos(80))).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 1_000_000_000})
  void aValueThatNoRaceCanHaveLeftIsRefused(long time) {
    assertThatThrownBy(() -> remembered(List.of(time), 0, 0, 0, null, -1))
        .hasMessage("time: " + time + " is not valid; expected 0 to 999999999");
    assertThatThrownBy(() -> remembered(List.of(1L), time, 0, 0, null, -1))
        .hasMessageContaining("smoothed");
    assertThatThrownBy(() -> remembered(List.of(1L), 0, time, 0, null, -1))
        .hasMessageContaining("deviation");
  }

  @Test
  void timesAndFailuresHaveTheirMoment() {
    assertThatThrownBy(() -> remembered(List.of(1L), 0, 0, -1, null, -1))
        .hasMessageContaining("timedAgo: -1");
    assertThatThrownBy(() -> remembered(List.of(), 0, 0, 5, null, -1))
        .hasMessageContaining("timedAgo: 5");
    assertThatThrownBy(() -> remembered(List.of(), 0, 0, -1, Cause.RESET, -1))
        .hasMessageContaining("failedAgo: -1");
    assertThatThrownBy(() -> remembered(List.of(), 0, 0, -1, null, 5))
        .hasMessageContaining("failedAgo: 5");
  }

  private static HistoryEntry remembered(
      List<Long> times,
      long smoothed,
      long deviation,
      long timedAgo,
      @Nullable Cause failure,
      long failedAgo) {
    return new HistoryEntry(
        CAMERA.remote(), null, times, smoothed, deviation, timedAgo, 0, failure, failedAgo);
  }

  private @Nullable PathStats of(Candidate candidate, long now) {
    return history.of("lan", candidate, now);
  }

  private PathStats known(Candidate candidate) {
    return Objects.requireNonNull(of(candidate, nanos(5000)), "nothing is known");
  }

  private void learn(Candidate candidate, long millis) {
    history.learn("lan", Learnt.connected(candidate, millis), 0);
  }

  /** A race that began at 0. */
  private void learn(Learnt attempts, long decidedAt) {
    history.learn("lan", attempts.decidedAt(decidedAt), nanos(decidedAt));
  }

  private static Candidate from(String local) {
    return new Candidate(0, CAMERA.remote(), Via.from(Addresses.parse(local), null, 0));
  }

  private static Candidate zone(int scope) throws UnknownHostException {
    byte[] linkLocal = Addresses.parse("fe80::1").getAddress();
    return new Candidate(
        new InetSocketAddress(Inet6Address.getByAddress("", linkLocal, scope), 554));
  }
}

package dev.photofinish.race.limiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.photofinish.option.InvalidOptionException;
import dev.photofinish.race.DialLimiter;
import dev.photofinish.race.address.Candidate;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

public class SharedDialLimiterTest {
  private static final long MS = 1_000_000;
  private static final long SECOND = 1000 * MS;

  /** A ticker about to wrap around: all times are compared by subtraction. */
  private static final long START = Long.sum(Long.MAX_VALUE, -3 * SECOND);

  private final List<String> admitted = new ArrayList<>();

  private static final class Racer implements DialLimiter.Racer {
    private final String host;
    private final String name;
    private final List<String> told;

    Racer(String host, String name, List<String> told) {
      this.host = host;
      this.name = name;
      this.told = told;
    }

    @Override
    public String host() {
      return host;
    }

    @Override
    public boolean admitted() {
      return told.add(name);
    }
  }

  private Racer racer(String host, String name) {
    return new Racer(host, name, admitted);
  }

  public static Candidate candidate(int host) {
    try {
      byte[] address = {10, 0, (byte) (host >> 8), (byte) host};
      return new Candidate(new InetSocketAddress(InetAddress.getByAddress(address), 554));
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  private static SharedDialLimiter limiter(DialLimiterOptions.Builder options) {
    return new SharedDialLimiter(options.build());
  }

  private static DialLimiter.Refusal refused(
      DialLimiter limiter, int host, boolean first, long at) {
    return Objects.requireNonNull(
        limiter.ask(candidate(host), turn(first), at), "granted at " + at);
  }

  private static void granted(DialLimiter limiter, int host, boolean first, long at) {
    assertThat(limiter.ask(candidate(host), turn(first), at)).as("at %s", at - START).isNull();
  }

  private static DialLimiter.Turn turn(boolean first) {
    return first ? DialLimiter.Turn.FIRST : DialLimiter.Turn.EXTRA;
  }

  private static int extrasAt(DialLimiter limiter, long at) {
    int granted = 0;
    while (limiter.ask(candidate(1), DialLimiter.Turn.EXTRA, at) == null) {
      granted++;
      limiter.ended(candidate(1), at, DialLimiter.Heard.UNKNOWN, false, at);
    }
    return granted;
  }

  @Test
  void tenSecondsWorthAtTheStartAndTenASecondAfter() {
    SharedDialLimiter limiter = limiter(DialLimiterOptions.builder());
    assertThat(extrasAt(limiter, START)).isEqualTo(100);
    assertThat(extrasAt(limiter, START + SECOND)).isEqualTo(10);
    assertThat(extrasAt(limiter, START + 100 * SECOND)).as("holds ten seconds'").isEqualTo(100);
  }

  @Test
  void aTenthOfTheFirstAttemptsOfTheLastMinuteComesOnTop() {
    SharedDialLimiter limiter = limiter(DialLimiterOptions.builder().extraAttemptsPerSecond(0));
    extrasAt(limiter, START);
    for (int i = 0; i < 600; i++) {
      assertThat(limiter.enter(racer("a", "a"), START)).isTrue();
      granted(limiter, 1, true, START);
      limiter.ended(candidate(1), START, DialLimiter.Heard.SOMETHING, false, START);
    }
    assertThat(extrasAt(limiter, START + 30 * SECOND)).as("of 60 in a minute").isEqualTo(10);
    int more = 0;
    for (int second = 31; second <= 200; second++) {
      more += extrasAt(limiter, START + second * SECOND);
    }
    assertThat(more).as("the minute is over after a minute").isBetween(28, 31);
  }

  @Test
  void whatSentNothingIsNoFirstAttempt() {
    SharedDialLimiter limiter = limiter(DialLimiterOptions.builder().extraAttemptsPerSecond(0));
    extrasAt(limiter, START);
    for (int i = 0; i < 600; i++) {
      assertThat(limiter.enter(racer("a", "a"), START)).isTrue();
      granted(limiter, 1, true, START);
      limiter.ended(candidate(1), START, DialLimiter.Heard.UNSENT, true, START);
      limiter.unused(START);
    }
    assertThat(limiter.taken()).isZero();
    assertThat(extrasAt(limiter, START + 50 * SECOND)).isZero();
  }

  @Test
  void whoIsRefusedIsToldWhenTheTokenComes() {
    SharedDialLimiter limiter = limiter(DialLimiterOptions.builder());
    extrasAt(limiter, START);
    DialLimiter.Refusal first = refused(limiter, 1, false, START);
    DialLimiter.Refusal second = refused(limiter, 2, false, START);
    assertThat(first.reason()).isEqualTo(DialLimiter.Reason.EXTRA_ATTEMPTS);
    assertThat(first.askAgainAt() - START).isEqualTo(200 * MS); // it asked after the filling loop
    assertThat(second.askAgainAt() - START).as("a token later").isEqualTo(300 * MS);
    granted(limiter, 1, false, first.askAgainAt());
    granted(limiter, 2, false, second.askAgainAt());
  }

  @Test
  void noExtraAttemptsAtAllIfSoWished() {
    SharedDialLimiter limiter =
        limiter(DialLimiterOptions.builder().extraAttemptsPerSecond(0).extraAttemptsShare(0));
    assertThat(extrasAt(limiter, START)).isZero();
    assertThat(extrasAt(limiter, START + 1000 * SECOND)).isZero();
  }

  @Test
  void firstAttemptsOfOneHostWaitInOrderAndHostsTakeTurns() {
    SharedDialLimiter limiter = limiter(DialLimiterOptions.builder().maxDials(1));
    assertThat(limiter.enter(racer("a", "a0"), START)).isTrue();
    for (String name : List.of("a1", "a2", "a3", "b1", "b2", "c1")) {
      assertThat(limiter.enter(racer(name.substring(0, 1), name), START)).isFalse();
    }
    for (int i = 0; i < 6; i++) {
      granted(limiter, i, true, START);
      limiter.ended(candidate(i), START, DialLimiter.Heard.SOMETHING, false, START);
    }
    assertThat(admitted).containsExactly("a1", "b1", "c1", "a2", "b2", "a3");
    assertThat(limiter.waiting()).isZero();
    assertThat(limiter.taken()).isEqualTo(1);
  }

  @Test
  void anExtraAttemptDoesNotTakeThePlaceOfAFirst() {
    SharedDialLimiter limiter = limiter(DialLimiterOptions.builder().maxDials(2));
    limiter.enter(racer("a", "a"), START);
    limiter.enter(racer("b", "b"), START);
    granted(limiter, 1, true, START);
    assertThat(refused(limiter, 1, false, START).reason()).isEqualTo(DialLimiter.Reason.MAX_DIALS);
    limiter.enter(racer("c", "c"), START);
    limiter.ended(candidate(1), START, DialLimiter.Heard.SOMETHING, false, START);
    assertThat(admitted).containsExactly("c");
    assertThat(refused(limiter, 1, false, START).reason()).isEqualTo(DialLimiter.Reason.MAX_DIALS);
    limiter.unused(START);
    granted(limiter, 1, false, START);
  }

  @Test
  void whoLeavesGivesUpItsTurnOrItsPlace() {
    SharedDialLimiter limiter = limiter(DialLimiterOptions.builder().maxDials(1));
    limiter.enter(racer("a", "a"), START);
    Racer b = racer("b", "b");
    Racer c = racer("c", "c");
    limiter.enter(b, START);
    limiter.enter(c, START);
    limiter.leave(b, START);
    limiter.unused(START);
    assertThat(admitted).containsExactly("c");
    limiter.leave(c, START); // its cancel and its admission crossed
    assertThat(limiter.taken()).isZero();
  }

  @Test
  void aRaceThatCannotBeginAnyMoreDoesNotKeepItsPlace() {
    SharedDialLimiter limiter = limiter(DialLimiterOptions.builder().maxDials(1));
    limiter.enter(racer("a", "a"), START);
    for (int i = 0; i < 100_000; i++) {
      limiter.enter(dead("b" + i), START);
    }
    limiter.enter(racer("c", "c"), START);
    limiter.unused(START);
    assertThat(admitted).containsExactly("c");
    assertThat(limiter.taken()).isEqualTo(1);
  }

  private static DialLimiter.Racer dead(String host) {
    return new DialLimiter.Racer() {
      @Override
      public String host() {
        return host;
      }

      @Override
      public boolean admitted() {
        return false;
      }
    };
  }

  @Test
  void dialsOfOneHostAreApartWhicheverRaceTheyBelongTo() {
    SharedDialLimiter plain = limiter(DialLimiterOptions.builder());
    SharedDialLimiter cameras = plain.withSameHostGap(DialLimiterOptions.CAMERA_GAP);
    granted(cameras, 1, true, START);
    granted(cameras, 2, true, START);
    DialLimiter.Refusal refusal = refused(cameras, 1, true, START + MS);
    assertThat(refusal.reason()).isEqualTo(DialLimiter.Reason.SAME_HOST_GAP);
    assertThat(refusal.askAgainAt() - START).isEqualTo(10 * MS);
    assertThat(refused(cameras, 1, false, START + 2 * MS).askAgainAt() - START)
        .as("behind the one that asked before")
        .isEqualTo(20 * MS);
    granted(plain, 1, true, START + MS);
    granted(cameras, 1, true, refusal.askAgainAt());
  }

  @Test
  void onlyTheHostsOfTheLastGapAreRemembered() {
    HostGaps gaps = new HostGaps();
    for (int i = 0; i < 60_000; i++) {
      gaps.dialled(candidate(i).remote().getAddress(), 10 * MS, START + i * MS);
      assertThat(gaps.size()).isLessThanOrEqualTo(10);
    }
    for (int i = 0; i < 60_000; i++) {
      gaps.dialled(candidate(i).remote().getAddress(), SECOND, START + 60_000 * MS);
    }
    assertThat(gaps.size()).isLessThanOrEqualTo(10_000);
  }

  private static long silence(SharedDialLimiter limiter, int firstHost, int hosts, long from) {
    for (int i = 0; i < hosts; i++) {
      limiter.enter(dead("x"), from);
      granted(limiter, firstHost + i, true, from);
    }
    long at = from + 5 * SECOND;
    for (int i = 0; i < hosts; i++) {
      limiter.ended(candidate(firstHost + i), from, DialLimiter.Heard.NOTHING, false, at);
    }
    return at;
  }

  @Test
  void aNetworkThatFallsSilentHalvesTheCapOnceForTheDialsUnderWay() {
    SharedDialLimiter limiter = limiter(DialLimiterOptions.builder());
    long at = silence(limiter, 0, 100, START);
    assertThat(limiter.limit(at)).isEqualTo(64);
    at = silence(limiter, 1000, 60, at);
    assertThat(limiter.limit(at)).as("halved, after five seconds' growth").isEqualTo(34);
    for (int i = 0; i < 10; i++) {
      at = silence(limiter, 2000 + 100 * i, 8, at);
    }
    assertThat(limiter.limit(at)).as("never under a sixteenth").isEqualTo(8);
    limiter.enter(dead("x"), at);
    granted(limiter, 1, true, at);
    limiter.ended(candidate(1), at, DialLimiter.Heard.SOMETHING, false, at);
    assertThat(limiter.limit(at)).isEqualTo(9);
    assertThat(limiter.limit(at + 200 * SECOND)).as("without news").isEqualTo(128);
  }

  @Test
  void silentHostsAreRememberedUntilTheyAnswerAndNoMoreThanTenThousand() {
    SharedDialLimiter limiter = limiter(DialLimiterOptions.builder());
    long at = START;
    for (int i = 0; i < 300; i++) {
      at = silence(limiter, 100 * i, 100, at);
      assertThat(limiter.remembered()).isEqualTo(Math.min(10_000, 100 * (i + 1)));
    }
    limiter.enter(dead("x"), at);
    granted(limiter, 29_999, true, at);
    limiter.ended(candidate(29_999), at, DialLimiter.Heard.SOMETHING, false, at);
    assertThat(limiter.remembered()).isEqualTo(9_999);
  }

  @Test
  void aSuccessorNeedsNeitherPlaceNorTokenAndIsNoFirst() {
    SharedDialLimiter limiter =
        limiter(
            DialLimiterOptions.builder()
                .maxDials(1)
                .extraAttemptsPerSecond(0)
                .extraAttemptsShare(100));
    extrasAt(limiter, START);
    limiter.enter(racer("a", "a"), START);
    granted(limiter, 1, true, START);
    limiter.enter(racer("b", "b"), START);
    for (int i = 0; i < 100; i++) {
      limiter.ended(candidate(i), START, DialLimiter.Heard.SOMETHING, true, START);
      assertThat(limiter.ask(candidate(i + 1), DialLimiter.Turn.SUCCESSOR, START)).isNull();
    }
    assertThat(limiter.taken()).isEqualTo(1);
    assertThat(admitted).isEmpty();
    limiter.ended(candidate(100), START, DialLimiter.Heard.SOMETHING, false, START);
    assertThat(admitted).containsExactly("b");
    limiter.unused(START);
    assertThat(extrasAt(limiter, START + SECOND))
        .as("a hundred for one first, in a minute")
        .isOne();
  }

  @Test
  void aFewDeadCamerasMakeNobodyWait() {
    SharedDialLimiter limiter = limiter(DialLimiterOptions.builder());
    long at = START;
    for (int i = 0; i < 20; i++) {
      at = silence(limiter, 0, 7, at); // the same seven again and again
    }
    assertThat(limiter.limit(at)).isEqualTo(128);
  }

  @Test
  void manyDeadCamerasMakeNobodyWaitWhileOthersAnswer() {
    SharedDialLimiter limiter = limiter(DialLimiterOptions.builder());
    for (int i = 0; i < 100; i++) {
      limiter.enter(dead("x"), START);
      granted(limiter, i, true, START);
    }
    limiter.ended(candidate(0), START, DialLimiter.Heard.SOMETHING, false, START + MS);
    for (int i = 1; i < 100; i++) {
      limiter.ended(candidate(i), START, DialLimiter.Heard.NOTHING, false, START + 5 * SECOND);
    }
    assertThat(limiter.limit(START + 5 * SECOND)).isEqualTo(128);
  }

  @Test
  void optionsHaveTheirRanges() {
    assertThat(DialLimiterOptions.of(Map.of("same-host-gap-ms", "20", "max-dials", "7")))
        .isEqualTo(new DialLimiterOptions(7, 10, 0.1, Duration.ofMillis(20)));
    for (String wrong :
        List.of(
            "max-dials=0",
            "max-dials=many",
            "extra-attempts-per-second=-1",
            "extra-attempts-share=NaN",
            "extra-attempts-share=101",
            "same-host-gap-ms=10001",
            "same-host-gap-ms=-1")) {
      String[] parts = wrong.split("=", 2);
      assertThatThrownBy(() -> DialLimiterOptions.of(Map.of(parts[0], parts[1])))
          .as(wrong)
          .isInstanceOf(InvalidOptionException.class)
          .hasMessageContaining(parts[0])
          .hasMessageContaining("is not valid; expected");
    }
  }

  @Test
  void withoutLimitsEverythingIsGranted() {
    DialLimiter limiter = SharedDialLimiter.unlimited();
    for (int i = 0; i < 1000; i++) {
      assertThat(limiter.enter(dead("x"), START)).isTrue();
      granted(limiter, 1, false, START);
    }
  }
}

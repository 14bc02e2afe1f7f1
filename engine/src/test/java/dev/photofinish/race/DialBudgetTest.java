package dev.photofinish.race;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class DialBudgetTest {
  private static final long MS = 1_000_000;
  private static final long SECOND = 1000 * MS;

  /** A ticker about to wrap around: all times are compared by subtraction. */
  private static final long START = Long.sum(Long.MAX_VALUE, -3 * SECOND);

  private final List<String> admitted = new ArrayList<>();

  private static final class Racer implements Budget.Racer {
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

  static Candidate candidate(int host) {
    try {
      byte[] address = {10, 0, (byte) (host >> 8), (byte) host};
      return new Candidate(new InetSocketAddress(InetAddress.getByAddress(address), 554));
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  private static DialBudget budget(BudgetOptions.Builder options) {
    return new DialBudget(options.build());
  }

  private static Budget.Refusal refused(Budget budget, int host, boolean first, long at) {
    return Objects.requireNonNull(budget.ask(candidate(host), turn(first), at), "granted at " + at);
  }

  private static void granted(Budget budget, int host, boolean first, long at) {
    assertThat(budget.ask(candidate(host), turn(first), at)).as("at %s", at - START).isNull();
  }

  private static Budget.Turn turn(boolean first) {
    return first ? Budget.Turn.FIRST : Budget.Turn.EXTRA;
  }

  private static int extrasAt(Budget budget, long at) {
    int granted = 0;
    while (budget.ask(candidate(1), Budget.Turn.EXTRA, at) == null) {
      granted++;
      budget.ended(candidate(1), at, Budget.Heard.UNKNOWN, false, at);
    }
    return granted;
  }

  @Test
  void tenSecondsWorthAtTheStartAndTenASecondAfter() {
    DialBudget budget = budget(BudgetOptions.builder());
    assertThat(extrasAt(budget, START)).isEqualTo(100);
    assertThat(extrasAt(budget, START + SECOND)).isEqualTo(10);
    assertThat(extrasAt(budget, START + 100 * SECOND)).as("holds ten seconds'").isEqualTo(100);
  }

  @Test
  void aTenthOfTheFirstAttemptsOfTheLastMinuteComesOnTop() {
    DialBudget budget = budget(BudgetOptions.builder().extraAttemptsPerSecond(0));
    extrasAt(budget, START);
    for (int i = 0; i < 600; i++) {
      assertThat(budget.enter(racer("a", "a"), START)).isTrue();
      granted(budget, 1, true, START);
      budget.ended(candidate(1), START, Budget.Heard.SOMETHING, false, START);
    }
    assertThat(extrasAt(budget, START + 30 * SECOND)).as("of 60 in a minute").isEqualTo(10);
    int more = 0;
    for (int second = 31; second <= 200; second++) {
      more += extrasAt(budget, START + second * SECOND);
    }
    assertThat(more).as("the minute is over after a minute").isBetween(28, 31);
  }

  @Test
  void whatSentNothingIsNoFirstAttempt() {
    DialBudget budget = budget(BudgetOptions.builder().extraAttemptsPerSecond(0));
    extrasAt(budget, START);
    for (int i = 0; i < 600; i++) {
      assertThat(budget.enter(racer("a", "a"), START)).isTrue();
      granted(budget, 1, true, START);
      budget.ended(candidate(1), START, Budget.Heard.UNSENT, true, START);
      budget.unused(START);
    }
    assertThat(budget.taken()).isZero();
    assertThat(extrasAt(budget, START + 50 * SECOND)).isZero();
  }

  @Test
  void whoIsRefusedIsToldWhenTheTokenComes() {
    DialBudget budget = budget(BudgetOptions.builder());
    extrasAt(budget, START);
    Budget.Refusal first = refused(budget, 1, false, START);
    Budget.Refusal second = refused(budget, 2, false, START);
    assertThat(first.reason()).isEqualTo(Budget.Reason.EXTRA_ATTEMPTS);
    assertThat(first.askAgainAt() - START).isEqualTo(200 * MS); // it asked after the filling loop
    assertThat(second.askAgainAt() - START).as("a token later").isEqualTo(300 * MS);
    granted(budget, 1, false, first.askAgainAt());
    granted(budget, 2, false, second.askAgainAt());
  }

  @Test
  void noExtraAttemptsAtAllIfSoWished() {
    DialBudget budget =
        budget(BudgetOptions.builder().extraAttemptsPerSecond(0).extraAttemptsShare(0));
    assertThat(extrasAt(budget, START)).isZero();
    assertThat(extrasAt(budget, START + 1000 * SECOND)).isZero();
  }

  @Test
  void firstAttemptsOfOneHostWaitInOrderAndHostsTakeTurns() {
    DialBudget budget = budget(BudgetOptions.builder().maxDials(1));
    assertThat(budget.enter(racer("a", "a0"), START)).isTrue();
    for (String name : List.of("a1", "a2", "a3", "b1", "b2", "c1")) {
      assertThat(budget.enter(racer(name.substring(0, 1), name), START)).isFalse();
    }
    for (int i = 0; i < 6; i++) {
      granted(budget, i, true, START);
      budget.ended(candidate(i), START, Budget.Heard.SOMETHING, false, START);
    }
    assertThat(admitted).containsExactly("a1", "b1", "c1", "a2", "b2", "a3");
    assertThat(budget.waiting()).isZero();
    assertThat(budget.taken()).isEqualTo(1);
  }

  @Test
  void anExtraAttemptDoesNotTakeThePlaceOfAFirst() {
    DialBudget budget = budget(BudgetOptions.builder().maxDials(2));
    budget.enter(racer("a", "a"), START);
    budget.enter(racer("b", "b"), START);
    granted(budget, 1, true, START);
    assertThat(refused(budget, 1, false, START).reason()).isEqualTo(Budget.Reason.MAX_DIALS);
    budget.enter(racer("c", "c"), START);
    budget.ended(candidate(1), START, Budget.Heard.SOMETHING, false, START);
    assertThat(admitted).containsExactly("c");
    assertThat(refused(budget, 1, false, START).reason()).isEqualTo(Budget.Reason.MAX_DIALS);
    budget.unused(START);
    granted(budget, 1, false, START);
  }

  @Test
  void whoLeavesGivesUpItsTurnOrItsPlace() {
    DialBudget budget = budget(BudgetOptions.builder().maxDials(1));
    budget.enter(racer("a", "a"), START);
    Racer b = racer("b", "b");
    Racer c = racer("c", "c");
    budget.enter(b, START);
    budget.enter(c, START);
    budget.leave(b, START);
    budget.unused(START);
    assertThat(admitted).containsExactly("c");
    budget.leave(c, START); // its cancel and its admission crossed
    assertThat(budget.taken()).isZero();
  }

  @Test
  void aRaceThatCannotBeginAnyMoreDoesNotKeepItsPlace() {
    DialBudget budget = budget(BudgetOptions.builder().maxDials(1));
    budget.enter(racer("a", "a"), START);
    for (int i = 0; i < 100_000; i++) {
      budget.enter(dead("b" + i), START);
    }
    budget.enter(racer("c", "c"), START);
    budget.unused(START);
    assertThat(admitted).containsExactly("c");
    assertThat(budget.taken()).isEqualTo(1);
  }

  private static Budget.Racer dead(String host) {
    return new Budget.Racer() {
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
    DialBudget plain = budget(BudgetOptions.builder());
    DialBudget cameras = plain.withSameHostGap(BudgetOptions.CAMERA_GAP);
    granted(cameras, 1, true, START);
    granted(cameras, 2, true, START);
    Budget.Refusal refusal = refused(cameras, 1, true, START + MS);
    assertThat(refusal.reason()).isEqualTo(Budget.Reason.SAME_HOST_GAP);
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

  private static long silence(DialBudget budget, int firstHost, int hosts, long from) {
    for (int i = 0; i < hosts; i++) {
      budget.enter(dead("x"), from);
      granted(budget, firstHost + i, true, from);
    }
    long at = from + 5 * SECOND;
    for (int i = 0; i < hosts; i++) {
      budget.ended(candidate(firstHost + i), from, Budget.Heard.NOTHING, false, at);
    }
    return at;
  }

  @Test
  void aNetworkThatFallsSilentHalvesTheCapOnceForTheDialsUnderWay() {
    DialBudget budget = budget(BudgetOptions.builder());
    long at = silence(budget, 0, 100, START);
    assertThat(budget.limit(at)).isEqualTo(64);
    at = silence(budget, 1000, 60, at);
    assertThat(budget.limit(at)).as("halved, after five seconds' growth").isEqualTo(34);
    for (int i = 0; i < 10; i++) {
      at = silence(budget, 2000 + 100 * i, 8, at);
    }
    assertThat(budget.limit(at)).as("never under a sixteenth").isEqualTo(8);
    budget.enter(dead("x"), at);
    granted(budget, 1, true, at);
    budget.ended(candidate(1), at, Budget.Heard.SOMETHING, false, at);
    assertThat(budget.limit(at)).isEqualTo(9);
    assertThat(budget.limit(at + 200 * SECOND)).as("without news").isEqualTo(128);
  }

  @Test
  void silentHostsAreRememberedUntilTheyAnswerAndNoMoreThanTenThousand() {
    DialBudget budget = budget(BudgetOptions.builder());
    long at = START;
    for (int i = 0; i < 300; i++) {
      at = silence(budget, 100 * i, 100, at);
      assertThat(budget.remembered()).isEqualTo(Math.min(10_000, 100 * (i + 1)));
    }
    budget.enter(dead("x"), at);
    granted(budget, 29_999, true, at);
    budget.ended(candidate(29_999), at, Budget.Heard.SOMETHING, false, at);
    assertThat(budget.remembered()).isEqualTo(9_999);
  }

  @Test
  void aSuccessorNeedsNeitherPlaceNorTokenAndIsNoFirst() {
    DialBudget budget =
        budget(
            BudgetOptions.builder().maxDials(1).extraAttemptsPerSecond(0).extraAttemptsShare(100));
    extrasAt(budget, START);
    budget.enter(racer("a", "a"), START);
    granted(budget, 1, true, START);
    budget.enter(racer("b", "b"), START);
    for (int i = 0; i < 100; i++) {
      budget.ended(candidate(i), START, Budget.Heard.SOMETHING, true, START);
      assertThat(budget.ask(candidate(i + 1), Budget.Turn.SUCCESSOR, START)).isNull();
    }
    assertThat(budget.taken()).isEqualTo(1);
    assertThat(admitted).isEmpty();
    budget.ended(candidate(100), START, Budget.Heard.SOMETHING, false, START);
    assertThat(admitted).containsExactly("b");
    budget.unused(START);
    assertThat(extrasAt(budget, START + SECOND)).as("a hundred for one first, in a minute").isOne();
  }

  @Test
  void aFewDeadCamerasMakeNobodyWait() {
    DialBudget budget = budget(BudgetOptions.builder());
    long at = START;
    for (int i = 0; i < 20; i++) {
      at = silence(budget, 0, 7, at); // the same seven again and again
    }
    assertThat(budget.limit(at)).isEqualTo(128);
  }

  @Test
  void manyDeadCamerasMakeNobodyWaitWhileOthersAnswer() {
    DialBudget budget = budget(BudgetOptions.builder());
    for (int i = 0; i < 100; i++) {
      budget.enter(dead("x"), START);
      granted(budget, i, true, START);
    }
    budget.ended(candidate(0), START, Budget.Heard.SOMETHING, false, START + MS);
    for (int i = 1; i < 100; i++) {
      budget.ended(candidate(i), START, Budget.Heard.NOTHING, false, START + 5 * SECOND);
    }
    assertThat(budget.limit(START + 5 * SECOND)).isEqualTo(128);
  }

  @Test
  void optionsHaveTheirRanges() {
    assertThat(BudgetOptions.of(Map.of("same-host-gap-ms", "20", "max-dials", "7")))
        .isEqualTo(new BudgetOptions(7, 10, 0.1, Duration.ofMillis(20)));
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
      assertThatThrownBy(() -> BudgetOptions.of(Map.of(parts[0], parts[1])))
          .as(wrong)
          .isInstanceOf(InvalidOptionException.class)
          .hasMessageContaining(parts[0])
          .hasMessageContaining("is not valid; expected");
    }
  }

  @Test
  void withoutLimitsEverythingIsGranted() {
    Budget budget = DialBudget.unlimited();
    for (int i = 0; i < 1000; i++) {
      assertThat(budget.enter(dead("x"), START)).isTrue();
      granted(budget, 1, false, START);
    }
  }
}

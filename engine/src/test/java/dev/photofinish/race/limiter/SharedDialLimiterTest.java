package dev.photofinish.race.limiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.photofinish.option.InvalidOptionException;
import dev.photofinish.race.DialLimiter;
import dev.photofinish.race.Permit;
import dev.photofinish.race.address.Candidate;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
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
  private final Map<String, Permit> permits = new HashMap<>();

  /** A race of {@code name}, with whose first letter its host begins. */
  private final class Racer implements DialLimiter.Waiter {
    private final String name;

    Racer(String name) {
      this.name = name;
    }

    @Override
    public String host() {
      return name.substring(0, 1);
    }

    @Override
    public boolean granted(Permit permit) {
      permits.put(name, permit);
      return admitted.add(name);
    }
  }

  private Permit permit(String name) {
    return Objects.requireNonNull(permits.get(name));
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

  private static Permit acquire(DialLimiter limiter, long at) {
    return Objects.requireNonNull(limiter.acquire(dead("x"), at), "queued at " + at);
  }

  /** A race whose first dial was answered long ago: whatever it asks for is extra. */
  private static Permit late(DialLimiter limiter) {
    long before = START - 120 * SECOND;
    Permit permit = acquire(limiter, before);
    granted(permit, 1, before);
    permit.ended(candidate(1), before, Permit.Heard.SOMETHING, false, before);
    for (long at = START - 55 * SECOND; at <= START - 50 * SECOND; at += 5 * SECOND) {
      extra(permit, at); // that first dial counts no more then, nor do the tokens that it gave
    }
    return permit;
  }

  private static Permit.Refusal refused(Permit permit, int host, long at) {
    return Objects.requireNonNull(permit.ask(candidate(host), true, at), "granted at " + at);
  }

  private static void granted(Permit permit, int host, long at) {
    assertThat(permit.ask(candidate(host), true, at)).as("at %s", at - START).isNull();
  }

  private static void ended(Permit permit, int host, Permit.Heard heard, long at) {
    assertThat(permit.ended(candidate(host), START, heard, false, at)).isFalse();
  }

  private static int extrasAt(Permit late, long at) {
    int granted = 0;
    while (extra(late, at)) {
      granted++;
    }
    return granted;
  }

  private static boolean extra(Permit late, long at) {
    boolean granted = late.ask(candidate(1), true, at) == null;
    if (granted) {
      late.ended(candidate(1), at, Permit.Heard.UNKNOWN, false, at);
    }
    return granted;
  }

  @Test
  void tenSecondsWorthAtTheStartAndTenASecondAfter() {
    Permit late = late(limiter(DialLimiterOptions.builder()));
    assertThat(extrasAt(late, START)).isEqualTo(100);
    assertThat(extrasAt(late, START + SECOND)).isEqualTo(10);
    assertThat(extrasAt(late, START + 100 * SECOND)).as("holds ten seconds'").isEqualTo(100);
  }

  @Test
  void aTenthOfTheFirstAttemptsOfTheLastMinuteComesOnTop() {
    SharedDialLimiter limiter = limiter(DialLimiterOptions.builder().extraAttemptsPerSecond(0));
    Permit late = late(limiter);
    extrasAt(late, START);
    for (int i = 0; i < 600; i++) {
      Permit permit = acquire(limiter, START);
      granted(permit, 1, START);
      ended(permit, 1, Permit.Heard.SOMETHING, START);
    }
    assertThat(extrasAt(late, START + 30 * SECOND)).as("of 60 in a minute").isEqualTo(10);
    int more = 0;
    for (int second = 31; second <= 200; second++) {
      more += extrasAt(late, START + second * SECOND);
    }
    assertThat(more).as("the minute is over after a minute").isBetween(28, 31);
  }

  @Test
  void whatSentNothingIsNoFirstAttempt() {
    SharedDialLimiter limiter = limiter(DialLimiterOptions.builder().extraAttemptsPerSecond(0));
    Permit late = late(limiter);
    extrasAt(late, START);
    for (int i = 0; i < 600; i++) {
      Permit permit = acquire(limiter, START);
      granted(permit, 1, START);
      assertThat(permit.ended(candidate(1), START, Permit.Heard.UNSENT, false, START))
          .as("its first dial is still to come")
          .isTrue();
      permit.close(START);
    }
    assertThat(limiter.taken()).isZero();
    assertThat(extrasAt(late, START + 50 * SECOND)).isZero();
  }

  @Test
  void whoIsRefusedLearnsWhenTheTokenComes() {
    Permit late = late(limiter(DialLimiterOptions.builder()));
    extrasAt(late, START);
    Permit.Refusal first = refused(late, 1, START);
    Permit.Refusal second = refused(late, 2, START);
    assertThat(first.reason()).isEqualTo(DialLimiter.Reason.EXTRA_ATTEMPTS);
    assertThat(first.askAgainAt() - START).isEqualTo(200 * MS); // it asked after the filling loop
    assertThat(second.askAgainAt() - START).as("a token later").isEqualTo(300 * MS);
    granted(late, 1, first.askAgainAt());
    granted(late, 2, second.askAgainAt());
  }

  @Test
  void noExtraAttemptsAtAllIfSoWished() {
    Permit late =
        late(limiter(DialLimiterOptions.builder().extraAttemptsPerSecond(0).extraAttemptsShare(0)));
    assertThat(extrasAt(late, START)).isZero();
    assertThat(extrasAt(late, START + 1000 * SECOND)).isZero();
  }

  @Test
  void firstAttemptsOfOneHostWaitInOrderAndHostsTakeTurns() {
    SharedDialLimiter limiter = limiter(DialLimiterOptions.builder().maxDials(1));
    Permit permit = acquire(limiter, START);
    for (String name : List.of("a1", "a2", "a3", "b1", "b2", "c1")) {
      assertThat(limiter.acquire(new Racer(name), START)).isNull();
    }
    for (int i = 0; i < 6; i++) {
      granted(permit, i, START);
      ended(permit, i, Permit.Heard.SOMETHING, START);
      permit = permit(admitted.get(i));
    }
    assertThat(admitted).containsExactly("a1", "b1", "c1", "a2", "b2", "a3");
    assertThat(limiter.waiting()).isZero();
    assertThat(limiter.taken()).isEqualTo(1);
  }

  @Test
  void aPermitKnowsHowLongItWasWaitedFor() {
    SharedDialLimiter limiter = limiter(DialLimiterOptions.builder().maxDials(1));
    Permit atOnce = acquire(limiter, START);
    assertThat(atOnce.queuedFor(START + SECOND)).isZero();
    limiter.acquire(new Racer("b"), START + MS);
    atOnce.close(START + 4 * SECOND);
    assertThat(permit("b").queuedFor(START + 5 * SECOND)).isEqualTo(5 * SECOND - MS);
  }

  @Test
  void anExtraAttemptDoesNotTakeTheSlotOfAFirst() {
    SharedDialLimiter limiter = limiter(DialLimiterOptions.builder().maxDials(2));
    Permit late = late(limiter);
    Permit a = acquire(limiter, START);
    Permit b = acquire(limiter, START);
    granted(a, 1, START);
    assertThat(refused(late, 1, START).reason()).isEqualTo(DialLimiter.Reason.MAX_DIALS);
    limiter.acquire(new Racer("c"), START);
    ended(a, 1, Permit.Heard.SOMETHING, START);
    assertThat(admitted).containsExactly("c");
    assertThat(refused(late, 1, START).reason()).isEqualTo(DialLimiter.Reason.MAX_DIALS);
    b.close(START);
    granted(late, 1, START);
  }

  @Test
  void whoLeavesGivesUpItsTurnOrItsSlot() {
    SharedDialLimiter limiter = limiter(DialLimiterOptions.builder().maxDials(1));
    Permit a = acquire(limiter, START);
    Racer b = new Racer("b");
    Racer c = new Racer("c");
    limiter.acquire(b, START);
    limiter.acquire(c, START);
    limiter.leave(b, START);
    a.close(START);
    assertThat(admitted).containsExactly("c");
    limiter.leave(c, START); // its cancel and its grant crossed
    permit("c").close(START);
    permit("c").close(START);
    assertThat(limiter.taken()).as("given back once").isZero();
  }

  @Test
  void aRaceThatCannotBeginAnyMoreDoesNotKeepItsSlot() {
    SharedDialLimiter limiter = limiter(DialLimiterOptions.builder().maxDials(1));
    Permit a = acquire(limiter, START);
    for (int i = 0; i < 100_000; i++) {
      limiter.acquire(dead("b" + i), START);
    }
    limiter.acquire(new Racer("c"), START);
    a.close(START);
    assertThat(admitted).containsExactly("c");
    assertThat(limiter.taken()).isEqualTo(1);
  }

  private static DialLimiter.Waiter dead(String host) {
    return new DialLimiter.Waiter() {
      @Override
      public String host() {
        return host;
      }

      @Override
      public boolean granted(Permit permit) {
        return false;
      }
    };
  }

  @Test
  void dialsOfOneHostAreApartWhicheverRaceTheyBelongTo() {
    SharedDialLimiter plain = limiter(DialLimiterOptions.builder());
    SharedDialLimiter cameras = plain.withSameHostGap(DialLimiterOptions.CAMERA_GAP);
    Permit late = late(cameras);
    granted(acquire(cameras, START), 1, START);
    granted(acquire(cameras, START), 2, START);
    Permit second = acquire(cameras, START);
    Permit.Refusal refusal = refused(second, 1, START + MS);
    assertThat(refusal.reason()).isEqualTo(DialLimiter.Reason.SAME_HOST_GAP);
    assertThat(refusal.askAgainAt() - START).isEqualTo(10 * MS);
    assertThat(refused(late, 1, START + 2 * MS).askAgainAt() - START)
        .as("behind the one that asked before")
        .isEqualTo(20 * MS);
    granted(acquire(plain, START), 1, START + MS);
    granted(second, 1, refusal.askAgainAt());
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
    List<Permit> dialled = new ArrayList<>();
    for (int i = 0; i < hosts; i++) {
      dialled.add(acquire(limiter, from));
      granted(dialled.get(i), firstHost + i, from);
    }
    long at = from + 5 * SECOND;
    for (int i = 0; i < hosts; i++) {
      dialled.get(i).ended(candidate(firstHost + i), from, Permit.Heard.NOTHING, false, at);
    }
    return at;
  }

  private static void answered(SharedDialLimiter limiter, int host, long at) {
    Permit permit = acquire(limiter, at);
    granted(permit, host, at);
    permit.ended(candidate(host), at, Permit.Heard.SOMETHING, false, at);
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
    answered(limiter, 1, at);
    assertThat(limiter.limit(at)).isEqualTo(9);
    assertThat(limiter.limit(at + 200 * SECOND)).as("without news").isEqualTo(128);
  }

  @Test
  void silentHostsAreRememberedUntilTheyAnswerAndNoMoreThanTenThousand() {
    SharedDialLimiter limiter = limiter(DialLimiterOptions.builder().maxDials(10_000));
    long at = START;
    for (int i = 0; i < 300; i++) {
      at = silence(limiter, 100 * i, 100, at);
      assertThat(limiter.remembered()).isEqualTo(Math.min(10_000, 100 * (i + 1)));
    }
    answered(limiter, 29_999, at);
    assertThat(limiter.remembered()).isEqualTo(9_999);
  }

  @Test
  void whatFollowsAnAnswerNeedsNeitherSlotNorTokenAndIsNoFirst() {
    SharedDialLimiter limiter =
        limiter(
            DialLimiterOptions.builder()
                .maxDials(1)
                .extraAttemptsPerSecond(0)
                .extraAttemptsShare(100));
    Permit late = late(limiter);
    extrasAt(late, START);
    Permit a = acquire(limiter, START);
    granted(a, 0, START);
    limiter.acquire(new Racer("b"), START);
    for (int i = 0; i < 100; i++) {
      assertThat(a.ended(candidate(i), START, Permit.Heard.SOMETHING, true, START)).isTrue();
      granted(a, i + 1, START);
    }
    assertThat(limiter.taken()).isEqualTo(1);
    assertThat(admitted).isEmpty();
    ended(a, 100, Permit.Heard.SOMETHING, START);
    assertThat(admitted).containsExactly("b");
    permit("b").close(START);
    assertThat(extrasAt(late, START + SECOND)).as("a hundred for one first, in a minute").isOne();
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
    List<Permit> dialled = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      dialled.add(acquire(limiter, START));
      granted(dialled.get(i), i, START);
    }
    ended(dialled.get(0), 0, Permit.Heard.SOMETHING, START + MS);
    for (int i = 1; i < 100; i++) {
      ended(dialled.get(i), i, Permit.Heard.NOTHING, START + 5 * SECOND);
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
    Permit permit = acquire(SharedDialLimiter.unlimited(), START);
    for (int i = 0; i < 1000; i++) {
      assertThat(permit.ask(candidate(1), false, START)).isNull();
    }
    assertThat(permit.queuedFor(START)).isZero();
  }
}

package dev.photofinish.race.limiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.photofinish.option.InvalidOptionException;
import dev.photofinish.race.DialLimiter;
import dev.photofinish.race.Permit;
import dev.photofinish.race.Permit.Heard;
import dev.photofinish.race.address.Candidate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the cap on the dials to a group of hosts, within the limiter of the process. */
class DialGroupTest {
  private static final long NOW = 1_000_000;
  private static final Candidate CAMERA = SharedDialLimiterTest.candidate(1);

  private final Map<Integer, Permit> permits = new HashMap<>();
  private final List<Integer> admitted = new ArrayList<>();

  /** A race to a host of its own. */
  private final class Racer implements DialLimiter.Waiter {
    private final int number;
    private final boolean wants;

    Racer(int number, boolean wants) {
      this.number = number;
      this.wants = wants;
    }

    @Override
    public String host() {
      return "camera" + number;
    }

    @Override
    public boolean granted(Permit permit) {
      if (wants) {
        permits.put(number, permit);
        admitted.add(number);
      }
      return wants;
    }
  }

  private Racer acquire(DialLimiter limiter, int number) {
    return acquire(limiter, new Racer(number, true));
  }

  private Racer acquire(DialLimiter limiter, Racer racer) {
    @Nullable Permit permit = limiter.acquire(racer, NOW);
    if (permit != null) {
      permits.put(racer.number, permit);
    }
    return racer;
  }

  private Permit permit(int number) {
    return Objects.requireNonNull(permits.get(number), "of race " + number);
  }

  private void dial(int number) {
    assertThat(permit(number).ask(CAMERA, true, NOW)).isNull();
  }

  private void ended(int number) {
    permit(number).ended(CAMERA, NOW, Heard.SOMETHING, false, NOW);
  }

  private static SharedDialLimiter process(int maxDials) {
    return new SharedDialLimiter(
        DialLimiterOptions.builder().maxDials(maxDials).extraAttemptsPerSecond(1000).build());
  }

  @Test
  void racesBeyondTheCapWaitForADialToEnd() {
    DialGroup group = new DialGroup(2);
    DialLimiter limiter = group.within(process(100));
    for (int race = 0; race < 4; race++) {
      acquire(limiter, race);
    }
    assertThat(permits).containsOnlyKeys(0, 1);
    assertThat(group.waiting()).isEqualTo(2);
    dial(0);
    dial(1);
    ended(1);
    assertThat(admitted).containsExactly(2);
    permit(0).ended(CAMERA, NOW, Heard.NOTHING, false, NOW);
    assertThat(admitted).containsExactly(2, 3);
    assertThat(permit(3).queuedFor(NOW + 5)).isEqualTo(5);
    assertThat(permit(0).queuedFor(NOW + 5)).isZero();
    permit(2).close(NOW);
    dial(3);
    ended(3);
    assertThat(group.taken()).isZero();
  }

  @Test
  void aRaceNeedsASlotOfTheProcessToo() {
    SharedDialLimiter process = process(1);
    DialGroup group = new DialGroup(2);
    DialLimiter limiter = group.within(process);
    acquire(limiter, 0);
    Racer second = acquire(limiter, 1);
    acquire(limiter, 2);
    assertThat(permits).containsOnlyKeys(0);
    assertThat(process.waiting()).as("the second").isEqualTo(1);
    limiter.leave(second, NOW);
    assertThat(process.waiting()).as("the third, with the slot of the second").isEqualTo(1);
    dial(0);
    ended(0);
    assertThat(admitted).containsExactly(2);
    permit(2).close(NOW);
    assertThat(group.taken() + process.taken()).isZero();
  }

  @Test
  void groupsDoNotWaitForEachOther() {
    SharedDialLimiter process = process(100);
    acquire(new DialGroup(1).within(process), 0);
    acquire(new DialGroup(1).within(process), 1);
    assertThat(permits).containsOnlyKeys(0, 1);
  }

  @Test
  void anExtraAttemptWaitsForRacesThatHaveNone() {
    DialGroup group = new DialGroup(2);
    DialLimiter limiter = group.within(process(100));
    acquire(limiter, 0);
    dial(0);
    dial(0);
    assertThat(group.taken()).isEqualTo(2);
    Permit.Refusal refusal = Objects.requireNonNull(permit(0).ask(CAMERA, true, NOW));
    assertThat(refusal.reason()).isEqualTo(DialLimiter.Reason.MAX_DIALS);
    acquire(limiter, 1);
    ended(0);
    assertThat(admitted).containsExactly(1);
    assertThat(permit(0).ask(CAMERA, true, NOW)).isNotNull();
  }

  /** What the process does not grant costs the group nothing. */
  @Test
  void anExtraAttemptThatTheProcessRefusesGivesBackItsSlot() {
    DialGroup group = new DialGroup(5);
    acquire(group.within(process(1)), 0);
    dial(0);
    assertThat(permit(0).ask(CAMERA, true, NOW)).isNotNull();
    assertThat(group.taken()).isEqualTo(1);
  }

  @Test
  void whatGoesOnAfterAnAnswerTakesOverTheSlot() {
    DialGroup group = new DialGroup(1);
    DialLimiter limiter = group.within(process(100));
    acquire(limiter, 0);
    acquire(limiter, 1);
    dial(0);
    assertThat(permit(0).ended(CAMERA, NOW, Heard.SOMETHING, true, NOW)).isTrue();
    dial(0);
    assertThat(admitted).isEmpty();
    ended(0);
    assertThat(admitted).containsExactly(1);
  }

  @Test
  void theSlotOfOneWhoCannotBeginGoesToTheNext() {
    DialGroup group = new DialGroup(1);
    SharedDialLimiter process = process(100);
    DialLimiter limiter = group.within(process);
    acquire(limiter, 0);
    acquire(limiter, new Racer(1, false));
    acquire(limiter, 2);
    permit(0).close(NOW);
    assertThat(admitted).containsExactly(2);
    assertThat(process.taken()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void neverMoreThanTheCapAndNothingIsLeft(long seed) {
    Random random = new Random(seed);
    SharedDialLimiter process = process(12);
    List<DialGroup> groups = List.of(new DialGroup(3), new DialGroup(5), new DialGroup(9));
    Map<Integer, Racer> racers = new HashMap<>();
    Map<Integer, Integer> dials = new HashMap<>();
    for (int step = 0; step < 2_000; step++) {
      int number = random.nextInt(60);
      DialLimiter limiter = groups.get(number % 3).within(process);
      if (!racers.containsKey(number)) {
        racers.put(number, acquire(limiter, number));
      } else if (!permits.containsKey(number)) {
        if (random.nextInt(4) == 0) {
          limiter.leave(racers.remove(number), NOW);
        }
      } else if (random.nextBoolean()) {
        boolean granted = permit(number).ask(CAMERA, random.nextBoolean(), NOW) == null;
        dials.merge(number, granted ? 1 : 0, Integer::sum);
      } else {
        finish(number, racers, dials);
      }
      for (int group = 0; group < 3; group++) {
        int of = group;
        int open =
            dials.entrySet().stream()
                .filter(e -> e.getKey() % 3 == of)
                .mapToInt(Map.Entry::getValue)
                .sum();
        assertThat(open).isLessThanOrEqualTo(groups.get(group).taken());
        assertThat(groups.get(group).taken()).isLessThanOrEqualTo(3 + 2 * of + (of == 2 ? 2 : 0));
      }
    }
    while (!racers.isEmpty()) {
      for (int number : List.copyOf(racers.keySet())) {
        if (permits.containsKey(number)) {
          finish(number, racers, dials);
        }
      }
    }
    assertThat(groups).allSatisfy(group -> assertThat(group.taken()).isZero());
    assertThat(process.taken()).isZero();
  }

  /** Ends all dials of a race, then the race. */
  private void finish(int number, Map<Integer, Racer> racers, Map<Integer, Integer> dials) {
    for (int dial = dials.getOrDefault(number, 0); dial > 0; dial--) {
      dials.merge(number, -1, Integer::sum);
      ended(number);
    }
    permit(number).close(NOW);
    permits.remove(number);
    racers.remove(number);
  }

  @Test
  void aGroupHasOneSlotAtLeast() {
    assertThatThrownBy(() -> new DialGroup(0)).isInstanceOf(InvalidOptionException.class);
  }
}

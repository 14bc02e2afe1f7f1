package dev.photofinish.race;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.race.address.Family;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Walks every order in which things can happen to a race of up to four attempts: connected, ready,
 * failed, closed, answer, cancel and the timer, each one at every point where it can happen. {@link
 * FakeDriver} checks each step.
 *
 * <p>Orders that lead to the same {@link Situation} go on alike, so what follows is walked once and
 * counted as often as it is reached. That this is sound is verified where all orders can still be
 * walked one by one: on three attempts every visit to a situation must find the same futures, and
 * the merged walk must count the same orders and come to the same ends.
 *
 * <p>A race cannot be copied, so each branch is run from its start.
 */
@Tag("long")
final class EveryOrderTest {
  private static final long STEP = 1_000_000;

  /** The continuations of a situation: how many orders, and a fingerprint of all of them. */
  private record Future(BigInteger orders, long fingerprint) {
    static final Future NONE = new Future(BigInteger.ZERO, 0);

    static Future of(End end) {
      return new Future(BigInteger.ONE, scramble(end.hashCode()));
    }

    Future or(Future other) {
      return new Future(orders.add(other.orders), fingerprint + scramble(other.fingerprint));
    }

    private static long scramble(long value) {
      long mixed = (value ^ (value >>> 31)) * 0x9E3779B97F4A7C15L;
      return mixed ^ (mixed >>> 29);
    }
  }

  /** The end of a race: not decided if it had more attempts than are walked. */
  private record End(@Nullable Result result, long at, int attempts) {}

  /** A race with the events that led to where it is; null stands for the timer. */
  private static final class Course {
    private final Walk walk;
    private final FakeDriver driver;
    private long now;

    Course(Walk walk, List<@Nullable RaceEvent> events) {
      this.walk = walk;
      driver = new FakeDriver(walk.options, 1, Long.MAX_VALUE - 300 * STEP);
      driver.drain(0);
      events.forEach(this::take);
    }

    /** An event comes before the timer: a millisecond from now, or at the deadline if sooner. */
    void take(@Nullable RaceEvent event) {
      long deadline = driver.deadline().orElseThrow();
      now = event == null ? deadline : Math.min(now + STEP, deadline);
      if (event != null) {
        driver.handle(now, event);
      }
      driver.drain(now);
    }

    boolean isOver() {
      return driver.isDecided() || driver.dialledCount() > walk.attempts;
    }

    End end() {
      RaceReport report = driver.report();
      End end = new End(report.result(), report.decidedAt(), report.attempts().size());
      driver.finish();
      return end;
    }

    Situation situation() {
      return Situation.of(driver.race(), walk.options, now);
    }

    List<@Nullable RaceEvent> possible() {
      List<@Nullable RaceEvent> possible = new ArrayList<>();
      possible.add(null);
      possible.add(RaceScript.cancel());
      RaceReport report = driver.report();
      for (RaceEvent.Resolved answer : walk.answers) {
        if (report.answers().stream().noneMatch(a -> a.family() == answer.family())) {
          possible.add(answer);
        }
      }
      for (RaceReport.Attempt attempt : report.attempts()) {
        if (attempt.outcome() == null) {
          ofAttempt(attempt, possible::add);
        }
      }
      return possible;
    }

    private static void ofAttempt(RaceReport.Attempt attempt, Consumer<RaceEvent> possible) {
      int number = attempt.number();
      if (attempt.connected() < 0) {
        possible.accept(RaceScript.connected(number));
      }
      if (attempt.ready() < 0) {
        possible.accept(RaceScript.ready(number));
        possible.accept(RaceScript.ended(number, Cause.TIMEOUT));
      }
      possible.accept(RaceScript.closed(number));
    }
  }

  /** One walk over all orders, merged or not. */
  private static final class Walk {
    final RaceOptions options;
    final List<RaceEvent.Resolved> answers;
    final int attempts;
    final boolean merges;
    final Map<Situation, Future> situations = new HashMap<>();
    final Set<End> ends = new HashSet<>();
    private final List<@Nullable RaceEvent> events = new ArrayList<>();

    Walk(String options, List<RaceEvent.Resolved> answers, int attempts, boolean merges) {
      this.options = RaceScript.options(options + " racing-timeout=1s");
      this.answers = answers;
      this.attempts = attempts;
      this.merges = merges;
    }

    Future run() {
      return from(new Course(this, events));
    }

    private Future from(Course course) {
      if (course.isOver()) {
        End end = course.end();
        ends.add(end);
        return Future.of(end);
      }
      Situation here = course.situation();
      Future known = situations.get(here);
      if (known != null && merges) {
        return known;
      }
      Future future = branches(course);
      if (known != null) {
        assertThat(future).as("after %s, again in %s", events, here).isEqualTo(known);
      }
      situations.put(here, future);
      return future;
    }

    private Future branches(Course course) {
      Future all = Future.NONE;
      @Nullable Course next = course;
      for (RaceEvent event : course.possible()) {
        if (next == null) {
          next = new Course(this, events);
        }
        next.take(event);
        events.add(event);
        all = all.or(from(next));
        events.remove(events.size() - 1);
        next = null;
      }
      return all;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "none, 2, 1, 1500",
    "first-wins redial=off max-parallel-connections=2, 2, 1, 30000",
    "last-wins, 1, 0, 100000",
    "hybrid max-parallel-connections=2, 1, 1, 100000"
  })
  void ordersOfThreeAttemptsAreMergedSoundly(String options, int ipv6, int ipv4, long atLeast) {
    mergedSoundly(options, ipv6, ipv4, atLeast);
  }

  @ParameterizedTest
  @CsvSource({
    "first-wins redial=off, 2, 1, 80000",
    "first-wins max-parallel-connections=2, 1, 1, 80000",
    "last-wins redial=off, 2, 1, 250000",
    "hybrid redial=off, 2, 1, 100000"
  })
  @Tag("exhaustive")
  void moreOrdersOfThreeAttemptsAreMergedSoundly(String options, int ipv6, int ipv4, long atLeast) {
    mergedSoundly(options, ipv6, ipv4, atLeast);
  }

  private static void mergedSoundly(String options, int ipv6, int ipv4, long atLeast) {
    Walk each = new Walk(options, answers(ipv6, ipv4), 3, false);
    Walk merged = new Walk(options, answers(ipv6, ipv4), 3, true);
    Future all = each.run();
    assertThat(merged.run()).isEqualTo(all);
    assertThat(merged.ends).isEqualTo(each.ends);
    assertThat(merged.situations).isEqualTo(each.situations);
    System.out.printf(
        "%s: each of %,d orders of three attempts walked; they lead to %,d situations%n",
        options, all.orders, merged.situations.size());
    assertThat(all.orders).isGreaterThan(BigInteger.valueOf(atLeast));
  }

  @ParameterizedTest
  @CsvSource({
    "none, 2, 2, 9000",
    "first-wins redial=off, 2, 2, 6000000",
    "first-wins, 1, 1, 17000000",
    "first-wins max-parallel-connections=2, 1, 1, 1500000",
    "last-wins redial=off max-parallel-connections=4, 2, 2, 64000000",
    "last-wins max-parallel-connections=4, 1, 1, 228000000",
    "hybrid redial=off, 2, 2, 7000000",
    "hybrid max-parallel-connections=2, 2, 1, 2000000"
  })
  @Tag("exhaustive")
  void everyInvariantHoldsInEveryOrderOfFourAttempts(
      String options, int ipv6, int ipv4, long atLeast) {
    Walk walk = new Walk(options, answers(ipv6, ipv4), 4, true);
    Future all = walk.run();
    System.out.printf(
        "%s: %,d situations stand for %,d orders of four attempts%n",
        options, walk.situations.size(), all.orders);
    assertThat(all.orders).isGreaterThan(BigInteger.valueOf(atLeast));
  }

  private static List<RaceEvent.Resolved> answers(int ipv6, int ipv4) {
    return List.of(
        answer(Family.IPV6, ipv6, List.of(RaceScript.A6, RaceScript.B6)),
        answer(Family.IPV4, ipv4, List.of(RaceScript.A, RaceScript.B)));
  }

  private static RaceEvent.Resolved answer(Family family, int count, List<String> addresses) {
    return new RaceEvent.Resolved(
        0,
        family,
        addresses.stream().limit(count).map(text -> RaceScript.candidate(0, text)).toList());
  }
}

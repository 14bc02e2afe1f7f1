package dev.photofinish.retry;

import dev.photofinish.option.Option;
import dev.photofinish.race.RaceReport;
import dev.photofinish.race.Strategy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * {@code auto}: the delays and the racing that suit the last three outcomes, and a path that loses
 * SYNs.
 *
 * <p>A choice that was changed is held for {@value #HOLD_MILLIS} ms, so that a few tries that fail
 * at once do not change it to and fro.
 */
final class AutoChoice {
  static final int HOLD_MILLIS = 1000;

  private static final long HOLD = Duration.ofMillis(HOLD_MILLIS).toNanos();
  private static final int REMEMBERED = 3;

  private record Choice(RetryStrategy delays, Strategy racing) {}

  private static final Choice LIMITED = new Choice(RetryStrategy.LINEAR, Strategy.LAST_WINS);
  private static final Choice FAILING = new Choice(RetryStrategy.IMMEDIATE, Strategy.FIRST_WINS);
  private static final Choice LOSSY =
      new Choice(RetryStrategy.EXPONENTIAL_JITTER, Strategy.FIRST_WINS);
  private static final Choice USUAL = new Choice(RetryStrategy.EXPONENTIAL_JITTER, Strategy.NONE);

  private final RetryStrategy delaysAsked;
  private final Strategy racingAsked;
  private final Deque<TryOutcome> last = new ArrayDeque<>(REMEMBERED);
  private final PathMemory path = new PathMemory();
  private Choice held = USUAL;
  private @Nullable Long changedAt;
  private boolean aboutPath;
  private Choice reported;

  /** Chooses what of both is {@code auto}, and leaves the other as it is. */
  AutoChoice(RetryStrategy delays, Strategy racing) {
    delaysAsked = delays;
    racingAsked = racing;
    reported = asked(held);
  }

  RetryStrategy delays() {
    return asked(held).delays;
  }

  /**
   * The delays that suit the last outcomes, where another choice is still held: no retry comes
   * sooner than they say.
   */
  RetryStrategy suitableDelays() {
    return asked(suitable()).delays;
  }

  Strategy racing() {
    return asked(held).racing;
  }

  void add(TryOutcome outcome, long now) {
    if (last.size() == REMEMBERED) {
      last.removeFirst();
    }
    last.addLast(outcome);
    Choice suits = suitable();
    boolean free = changedAt == null || now - changedAt >= HOLD;
    if (free && !suits.equals(held)) {
      hold(suits);
      changedAt = now;
    }
  }

  /** A race was won. After a failed try it says nothing of the path: the host was away. */
  void raced(RaceReport report) {
    if (last.isEmpty() || last.getLast().kind() != TryOutcome.Kind.FAILED) {
      path.add(report);
      if (isPath(held) && isPath(suitable())) {
        hold(suitable());
      }
    }
  }

  /** Whether a choice follows from the path alone: no outcome changes it to and fro. */
  private static boolean isPath(Choice choice) {
    return choice.equals(LOSSY) || choice.equals(USUAL);
  }

  private void hold(Choice next) {
    if (!next.equals(held)) {
      aboutPath = next.equals(LOSSY) || held.equals(LOSSY);
      held = next;
    }
  }

  /** What was chosen since this was last asked, and why; null when the choice stands. */
  @Nullable String change() {
    Choice before = reported;
    reported = asked(held);
    if (reported.equals(before)) {
      return null;
    }
    String why = aboutPath ? outcomes() + "; " + path : outcomes();
    return words(reported) + " instead of " + words(before) + ": last outcomes " + why;
  }

  private Choice asked(Choice suits) {
    return new Choice(
        delaysAsked == RetryStrategy.AUTO ? suits.delays : delaysAsked,
        racingAsked == Strategy.AUTO ? suits.racing : racingAsked);
  }

  private Choice suitable() {
    int failed = count(TryOutcome.Kind.FAILED);
    if (count(TryOutcome.Kind.DROPPED_SOON) >= 2) {
      return LIMITED;
    }
    if (2 * failed > last.size() && failed < last.size()) {
      return FAILING;
    }
    return path.isLossy() ? LOSSY : USUAL;
  }

  /** What is {@code auto}'s to choose, such as {@code linear + last-wins}. */
  private String words(Choice choice) {
    if (racingAsked != Strategy.AUTO) {
      return Option.word(choice.delays);
    } else if (delaysAsked != RetryStrategy.AUTO) {
      return Option.word(choice.racing);
    }
    return Option.word(choice.delays) + " + " + Option.word(choice.racing);
  }

  private String outcomes() {
    return last.stream().map(TryOutcome::toString).collect(Collectors.joining(", "));
  }

  private int count(TryOutcome.Kind kind) {
    return (int) last.stream().filter(outcome -> outcome.kind() == kind).count();
  }
}

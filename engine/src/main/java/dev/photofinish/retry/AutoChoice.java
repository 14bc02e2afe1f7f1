package dev.photofinish.retry;

import dev.photofinish.race.Option;
import dev.photofinish.race.Strategy;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** {@code auto}: the delays and the racing that suit the last three outcomes. */
final class AutoChoice {
  private static final int REMEMBERED = 3;

  /** What became of a try. */
  enum Outcome {
    FAILED,
    /** Had media, and dropped within 30 s of it. */
    DROPPED_SOON,
    SUCCEEDED
  }

  private record Choice(RetryStrategy delays, Strategy racing) {
    @Override
    public String toString() {
      return Option.word(delays) + " + " + Option.word(racing);
    }
  }

  private static final Choice LIMITED = new Choice(RetryStrategy.LINEAR, Strategy.LAST_WINS);
  private static final Choice LOSSY = new Choice(RetryStrategy.IMMEDIATE, Strategy.FIRST_WINS);
  private static final Choice USUAL = new Choice(RetryStrategy.EXPONENTIAL_JITTER, Strategy.NONE);

  private final Deque<Outcome> last = new ArrayDeque<>(REMEMBERED);
  private Choice choice = USUAL;

  RetryStrategy delays() {
    return choice.delays;
  }

  Strategy racing() {
    return choice.racing;
  }

  /** What is chosen anew because of {@code outcome}, and why; null when the choice stands. */
  @Nullable String add(Outcome outcome) {
    if (last.size() == REMEMBERED) {
      last.removeFirst();
    }
    last.addLast(outcome);
    Choice before = choice;
    choice = choose();
    return choice.equals(before) ? null : choice + " instead of " + before + ": " + why();
  }

  private Choice choose() {
    int failed = count(Outcome.FAILED);
    if (count(Outcome.DROPPED_SOON) >= 2) {
      return LIMITED;
    }
    return 2 * failed > last.size() && failed < last.size() ? LOSSY : USUAL;
  }

  private String why() {
    return "of the last %d tries %d failed, %d succeeded but dropped within 30 s"
        .formatted(last.size(), count(Outcome.FAILED), count(Outcome.DROPPED_SOON));
  }

  private int count(Outcome outcome) {
    return Collections.frequency(last, outcome);
  }
}

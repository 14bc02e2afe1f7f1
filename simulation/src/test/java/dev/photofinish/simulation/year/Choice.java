package dev.photofinish.simulation.year;

import dev.photofinish.option.Option;
import dev.photofinish.race.Strategy;
import dev.photofinish.retry.RetryStrategy;
import java.util.ArrayList;
import java.util.List;

/** A choice of retrying and racing. */
record Choice(RetryStrategy retry, Strategy racing) {
  static final Choice AUTO = new Choice(RetryStrategy.AUTO, Strategy.AUTO);

  /** Every retry strategy with every way to race. */
  static final List<Choice> FIXED = fixed();

  private static List<Choice> fixed() {
    List<Choice> all = new ArrayList<>();
    for (RetryStrategy retry :
        List.of(
            RetryStrategy.IMMEDIATE,
            RetryStrategy.LINEAR,
            RetryStrategy.EXPONENTIAL,
            RetryStrategy.EXPONENTIAL_JITTER)) {
      for (Strategy racing :
          List.of(Strategy.NONE, Strategy.FIRST_WINS, Strategy.LAST_WINS, Strategy.HYBRID)) {
        all.add(new Choice(retry, racing));
      }
    }
    return List.copyOf(all);
  }

  @Override
  public String toString() {
    return Option.word(retry) + " + " + Option.word(racing);
  }
}

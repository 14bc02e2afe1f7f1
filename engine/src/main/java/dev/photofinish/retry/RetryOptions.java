package dev.photofinish.retry;

import dev.photofinish.option.InvalidOptionException;
import dev.photofinish.option.Option;
import dev.photofinish.option.OptionTable;
import dev.photofinish.option.OptionType;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The options of a {@link RetrySchedule}.
 *
 * @param retryStrategy {@code retry-strategy}
 * @param initialRetryDelay {@code initial-retry-delay}: before the first delayed retry, 10 ms to 1
 *     h
 * @param linearRetryStep {@code linear-retry-step}: how much {@code linear} adds each time, 0 to 1
 *     h
 * @param reconnectionTimeout {@code reconnection-timeout}: no delay is longer, jitter included;
 *     {@code initialRetryDelay} to 24 h
 * @param maxReconnectionAttempts {@code max-reconnection-attempts}: -1 for ever, or 0 to 1000000;
 *     null for 5 until media has come once, for ever after that
 * @param stableAfter {@code stable-after}: a stream that had media for that long reconnects at once
 *     when it drops; 0 to 1 h
 */
public record RetryOptions(
    RetryStrategy retryStrategy,
    Duration initialRetryDelay,
    Duration linearRetryStep,
    Duration reconnectionTimeout,
    @Nullable Integer maxReconnectionAttempts,
    Duration stableAfter) {

  /** Retries before media has come once, when the user gave no number. */
  private static final int ATTEMPTS_BEFORE_MEDIA = 5;

  private static final int FOR_EVER = -1;
  private static final int MOST_ATTEMPTS = 1_000_000;
  private static final Duration LEAST_DELAY = Duration.ofMillis(10);
  private static final Duration HOUR = Duration.ofHours(1);

  private static final RetryOptions DEFAULTS = builder().build();

  /** Every option, in the contract's order. */
  public static final OptionTable<Builder, RetryOptions> OPTIONS =
      OptionTable.of(
          Builder::new,
          Builder::build,
          Option.of(
              "retry-strategy",
              "auto",
              "none, immediate, linear, exponential, exponential-jitter or auto",
              OptionType.words(RetryStrategy.class),
              Builder::retryStrategy),
          Option.of(
              "initial-retry-delay",
              "250ms",
              "before the first delayed retry; " + Builder.INITIAL.expected(),
              Builder.INITIAL,
              Builder::initialRetryDelay),
          Option.of(
              "linear-retry-step",
              "1s",
              "how much longer each delay of linear is; " + Builder.STEP.expected(),
              Builder.STEP,
              Builder::linearRetryStep),
          Option.of(
              "reconnection-timeout",
              "30s",
              "no delay is longer; " + Builder.CAP.expected(),
              Builder.CAP,
              Builder::reconnectionTimeout),
          Option.of(
              "max-reconnection-attempts",
              "auto",
              "retries before giving up; " + Builder.ATTEMPTS.expected(),
              Builder.ATTEMPTS,
              Builder::maxReconnectionAttempts),
          Option.of(
              "stable-after",
              "10s",
              "media for that long makes a stream stable: it reconnects at once; "
                  + Builder.STABLE.expected(),
              Builder.STABLE,
              Builder::stableAfter));

  /** Checks every range; what is out of it is an {@link InvalidOptionException}. */
  public RetryOptions {
    Builder.INITIAL.check("initial-retry-delay", initialRetryDelay);
    Builder.STEP.check("linear-retry-step", linearRetryStep);
    Builder.CAP.check("reconnection-timeout", reconnectionTimeout, initialRetryDelay);
    Builder.ATTEMPTS.check("max-reconnection-attempts", maxReconnectionAttempts);
    Builder.STABLE.check("stable-after", stableAfter);
  }

  public static RetryOptions defaults() {
    return DEFAULTS;
  }

  public static Builder builder() {
    return new Builder();
  }

  /** A builder that begins with these values. */
  public Builder toBuilder() {
    return builder()
        .retryStrategy(retryStrategy)
        .initialRetryDelay(initialRetryDelay)
        .linearRetryStep(linearRetryStep)
        .reconnectionTimeout(reconnectionTimeout)
        .maxReconnectionAttempts(maxReconnectionAttempts)
        .stableAfter(stableAfter);
  }

  /** The defaults changed by {@code values}: option names of {@link #OPTIONS} and their text. */
  public static RetryOptions of(Map<?, ?> values) {
    return OPTIONS.read(values);
  }

  /** Whether {@code retries} are all that may be made. */
  boolean exhausted(int retries, boolean mediaCameOnce) {
    int most =
        maxReconnectionAttempts != null
            ? maxReconnectionAttempts
            : mediaCameOnce ? FOR_EVER : ATTEMPTS_BEFORE_MEDIA;
    return most != FOR_EVER && retries >= most;
  }

  /** Collects values; {@link #build} checks them. */
  public static final class Builder {
    private static final String TRIES =
        "a whole number from 0 to 1000000, -1 for ever, or auto (5 until media has come once, for"
            + " ever after that)";

    static final OptionType.Time INITIAL = OptionType.duration(LEAST_DELAY, HOUR);
    static final OptionType.Time STEP = OptionType.duration(Duration.ZERO, HOUR);
    static final OptionType.Time CAP =
        OptionType.duration(LEAST_DELAY, Duration.ofHours(24))
            .expecting("a duration from initial-retry-delay to 24 h");
    static final OptionType.OrWord<Integer> ATTEMPTS =
        OptionType.orWord(OptionType.integer(FOR_EVER, MOST_ATTEMPTS).expecting(TRIES), "auto")
            .expecting(TRIES);
    static final OptionType.Time STABLE = OptionType.duration(Duration.ZERO, HOUR);

    private RetryStrategy retryStrategy = RetryStrategy.AUTO;
    private Duration initialRetryDelay = Duration.ofMillis(250);
    private Duration linearRetryStep = Duration.ofSeconds(1);
    private Duration reconnectionTimeout = Duration.ofSeconds(30);
    private @Nullable Integer maxReconnectionAttempts;
    private Duration stableAfter = Duration.ofSeconds(10);

    private Builder() {}

    public Builder retryStrategy(RetryStrategy value) {
      retryStrategy = value;
      return this;
    }

    public Builder initialRetryDelay(Duration value) {
      initialRetryDelay = value;
      return this;
    }

    public Builder linearRetryStep(Duration value) {
      linearRetryStep = value;
      return this;
    }

    public Builder reconnectionTimeout(Duration value) {
      reconnectionTimeout = value;
      return this;
    }

    /** Null for 5 until media has come once, for ever after that. */
    public Builder maxReconnectionAttempts(@Nullable Integer value) {
      maxReconnectionAttempts = value;
      return this;
    }

    public Builder stableAfter(Duration value) {
      stableAfter = value;
      return this;
    }

    public RetryOptions build() {
      return new RetryOptions(
          retryStrategy,
          initialRetryDelay,
          linearRetryStep,
          reconnectionTimeout,
          maxReconnectionAttempts,
          stableAfter);
    }
  }
}

package dev.photofinish.race;

import dev.photofinish.option.InvalidOptionException;
import dev.photofinish.option.Option;
import dev.photofinish.option.OptionTable;
import dev.photofinish.option.OptionType;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The options of a race.
 *
 * @param connectionRacing {@code connection-racing}
 * @param maxParallelConnections {@code max-parallel-connections}: most attempts in progress or held
 *     at one time, 1 to 16
 * @param maxConnectedAttempts {@code max-connected-attempts}: most of them connected at one time, 1
 *     to 16; for devices that take few clients
 * @param racingDelay {@code racing-delay-ms}, the connection attempt delay of RFC 8305 section 5:
 *     100 to 2000 ms, 10 to 99 ms only with {@code allow-short-delay}
 * @param racingDelayAuto {@code racing-delay-ms=auto}: the delay comes from history where there is
 *     some; {@code racingDelay} is what holds without
 * @param allowShortDelay {@code allow-short-delay}: admits a {@code racingDelay} of 10 to 99 ms
 * @param racingDelayMultiplier {@code racing-delay-multiplier}: the n-th gap is
 *     delay·multiplier^(n-1), never above 2000 ms; 1 to 10
 * @param racingTimeout {@code racing-timeout}: the whole race, from the first call to the decision
 * @param racingTimeoutGiven whether that was set, be it to the default: drivers then give no race
 *     more time than it says
 * @param resolutionDelay {@code resolution-delay-ms}, RFC 8305 section 3: how long an A answer
 *     waits for the AAAA answer
 * @param finishLine {@code finish-line}, or null for the protocol's own
 * @param redial {@code redial}: whether a silent candidate is dialled again while its earlier
 *     attempt is still in progress (rule 5)
 * @param renewal {@code renewal}: whether a full house retires its oldest attempt (rule 4)
 * @param preferredAddressFamilyCount {@code preferred-address-family-count}, RFC 8305 section 4:
 *     how many addresses of the first family come before the first of the other
 * @param interleaveEndpoints {@code interleave-endpoints}: whether the endpoints of one target take
 *     turns instead of following one another
 * @param history {@code history}: whether the race uses what earlier ones learnt, and learns itself
 */
public record RaceOptions(
    Strategy connectionRacing,
    int maxParallelConnections,
    int maxConnectedAttempts,
    Duration racingDelay,
    boolean racingDelayAuto,
    boolean allowShortDelay,
    double racingDelayMultiplier,
    Duration racingTimeout,
    boolean racingTimeoutGiven,
    Duration resolutionDelay,
    @Nullable FinishLine finishLine,
    boolean redial,
    boolean renewal,
    int preferredAddressFamilyCount,
    boolean interleaveEndpoints,
    boolean history) {

  /** RFC 8305 section 5: an attempt delay is never more than 2 seconds. */
  static final Duration MAX_DELAY = Duration.ofSeconds(2);

  /** RFC 8305 section 5: the minimum recommended delay. */
  static final Duration MIN_DELAY = Duration.ofMillis(100);

  /** RFC 8305 section 5: two attempts MUST NOT be less than 10 ms apart. */
  public static final Duration FLOOR = Duration.ofMillis(10);

  private static final RaceOptions DEFAULTS = builder().build();

  /** Every option, in the contract's order. */
  public static final OptionTable<Builder, RaceOptions> OPTIONS =
      OptionTable.of(
          Builder::new,
          Builder::build,
          Option.of(
              "connection-racing",
              "none",
              "none, first-wins, last-wins, hybrid or auto",
              OptionType.words(Strategy.class),
              Builder::connectionRacing),
          Option.of(
              "max-parallel-connections",
              "3",
              "most attempts in progress or held at one time; " + Builder.PARALLEL.expected(),
              Builder.PARALLEL,
              Builder::maxParallelConnections),
          Option.of(
              "max-connected-attempts",
              "16",
              "most of them connected at one time, for devices that take few clients; "
                  + Builder.PARALLEL.expected(),
              Builder.PARALLEL,
              Builder::maxConnectedAttempts),
          Option.of(
              "racing-delay-ms",
              "250",
              "connection attempt delay; " + Builder.DELAY.expected() + ", or auto",
              OptionType.orWord(Builder.DELAY, "auto"),
              Builder::racingDelayOrAuto),
          Option.of(
              "allow-short-delay",
              "off",
              "allows a racing-delay-ms of 10 to 99: on or off",
              OptionType.toggle(),
              Builder::allowShortDelay),
          Option.of(
              "racing-delay-multiplier",
              "1",
              "the n-th gap is the delay times this to the power n-1; "
                  + Builder.MULTIPLIER.expected(),
              Builder.MULTIPLIER,
              Builder::racingDelayMultiplier),
          Option.of(
              "racing-timeout",
              "5s",
              "the whole race, from the first call to the decision; " + Builder.TIMEOUT.expected(),
              Builder.TIMEOUT,
              Builder::racingTimeout),
          Option.of(
              "resolution-delay-ms",
              "50",
              "how long an A answer waits for the AAAA answer (RFC 8305); "
                  + Builder.RESOLUTION.expected(),
              Builder.RESOLUTION,
              Builder::resolutionDelay),
          Option.of(
              "finish-line",
              "auto",
              "connect, tls, response, media, or auto for the protocol's own",
              OptionType.orWord(OptionType.words(FinishLine.class), "auto"),
              Builder::finishLine),
          Option.of(
              "redial",
              "on",
              "dial a silent candidate again while its earlier attempt is in progress: on or off",
              OptionType.toggle(),
              Builder::redial),
          Option.of(
              "renewal",
              "on",
              "a full house retires its oldest attempt: on or off",
              OptionType.toggle(),
              Builder::renewal),
          Option.of(
              "preferred-address-family-count",
              "1",
              "addresses of the first family before the first of the other; "
                  + Builder.FAMILY_COUNT.expected(),
              Builder.FAMILY_COUNT,
              Builder::preferredAddressFamilyCount),
          Option.of(
              "interleave-endpoints",
              "off",
              "the endpoints of one target take turns: on or off",
              OptionType.toggle(),
              Builder::interleaveEndpoints),
          Option.of(
              "history",
              "on",
              "use what earlier races learnt of addresses, and learn: on or off",
              OptionType.toggle(),
              Builder::history));

  /** Checks every range; what is out of it is an {@link InvalidOptionException}. */
  public RaceOptions {
    Builder.PARALLEL.check("max-parallel-connections", maxParallelConnections);
    Builder.PARALLEL.check("max-connected-attempts", maxConnectedAttempts);
    Builder.DELAY.check("racing-delay-ms", racingDelay, allowShortDelay ? FLOOR : MIN_DELAY);
    Builder.MULTIPLIER.check("racing-delay-multiplier", racingDelayMultiplier);
    Builder.TIMEOUT.check("racing-timeout", racingTimeout);
    Builder.RESOLUTION.check("resolution-delay-ms", resolutionDelay);
    Builder.FAMILY_COUNT.check("preferred-address-family-count", preferredAddressFamilyCount);
  }

  public static RaceOptions defaults() {
    return DEFAULTS;
  }

  public static Builder builder() {
    return new Builder();
  }

  /** The defaults changed by {@code values}: option names of {@link #OPTIONS} and their text. */
  public static RaceOptions of(Map<?, ?> values) {
    return OPTIONS.read(values);
  }

  public Builder toBuilder() {
    Builder builder = new Builder();
    builder.connectionRacing = connectionRacing;
    builder.maxParallelConnections = maxParallelConnections;
    builder.maxConnectedAttempts = maxConnectedAttempts;
    builder.racingDelay = racingDelay;
    builder.racingDelayAuto = racingDelayAuto;
    builder.allowShortDelay = allowShortDelay;
    builder.racingDelayMultiplier = racingDelayMultiplier;
    builder.racingTimeout = racingTimeout;
    builder.racingTimeoutGiven = racingTimeoutGiven;
    builder.resolutionDelay = resolutionDelay;
    builder.finishLine = finishLine;
    builder.redial = redial;
    builder.renewal = renewal;
    builder.preferredAddressFamilyCount = preferredAddressFamilyCount;
    builder.interleaveEndpoints = interleaveEndpoints;
    builder.history = history;
    return builder;
  }

  /** Collects values; {@link #build} checks them. */
  public static final class Builder {
    static final OptionType.WholeNumber PARALLEL = OptionType.integer(1, 16);
    static final OptionType.Time DELAY =
        OptionType.millis(FLOOR, MAX_DELAY)
            .expecting("whole milliseconds from 100 to 2000 (from 10 with allow-short-delay)");
    static final OptionType.Decimal MULTIPLIER = OptionType.decimal(1, 10);
    static final OptionType.Time TIMEOUT =
        OptionType.duration(Duration.ofMillis(1), Duration.ofHours(1));
    static final OptionType.Time RESOLUTION = OptionType.millis(Duration.ZERO, MAX_DELAY);
    static final OptionType.WholeNumber FAMILY_COUNT = OptionType.integer(1, 16);

    private Strategy connectionRacing = Strategy.NONE;
    private int maxParallelConnections = 3;
    private int maxConnectedAttempts = 16;
    private Duration racingDelay = Duration.ofMillis(250);
    private boolean racingDelayAuto;
    private boolean allowShortDelay;
    private double racingDelayMultiplier = 1;
    private Duration racingTimeout = Duration.ofSeconds(5);
    private boolean racingTimeoutGiven;
    private Duration resolutionDelay = Duration.ofMillis(50);
    private @Nullable FinishLine finishLine;
    private boolean redial = true;
    private boolean renewal = true;
    private int preferredAddressFamilyCount = 1;
    private boolean interleaveEndpoints;
    private boolean history = true;

    private Builder() {}

    public Builder connectionRacing(Strategy value) {
      connectionRacing = value;
      return this;
    }

    public Builder maxParallelConnections(int value) {
      maxParallelConnections = value;
      return this;
    }

    public Builder maxConnectedAttempts(int value) {
      maxConnectedAttempts = value;
      return this;
    }

    public Builder racingDelay(Duration value) {
      racingDelay = value;
      racingDelayAuto = false;
      return this;
    }

    /** The delay comes from history; 250 ms without. */
    public Builder racingDelayAuto() {
      racingDelay = Duration.ofMillis(250);
      racingDelayAuto = true;
      return this;
    }

    private Builder racingDelayOrAuto(@Nullable Duration value) {
      return value == null ? racingDelayAuto() : racingDelay(value);
    }

    public Builder allowShortDelay(boolean value) {
      allowShortDelay = value;
      return this;
    }

    public Builder racingDelayMultiplier(double value) {
      racingDelayMultiplier = value;
      return this;
    }

    public Builder racingTimeout(Duration value) {
      racingTimeout = value;
      racingTimeoutGiven = true;
      return this;
    }

    public Builder resolutionDelay(Duration value) {
      resolutionDelay = value;
      return this;
    }

    /**
     * Null for the protocol's own: {@code response} for RTSP, {@code connect} or {@code tls} else.
     */
    public Builder finishLine(@Nullable FinishLine value) {
      finishLine = value;
      return this;
    }

    public Builder redial(boolean value) {
      redial = value;
      return this;
    }

    public Builder renewal(boolean value) {
      renewal = value;
      return this;
    }

    public Builder preferredAddressFamilyCount(int value) {
      preferredAddressFamilyCount = value;
      return this;
    }

    public Builder interleaveEndpoints(boolean value) {
      interleaveEndpoints = value;
      return this;
    }

    /** Off: nothing that earlier races learnt is asked, and nothing is learnt. */
    public Builder history(boolean value) {
      history = value;
      return this;
    }

    public RaceOptions build() {
      return new RaceOptions(
          connectionRacing,
          maxParallelConnections,
          maxConnectedAttempts,
          racingDelay,
          racingDelayAuto,
          allowShortDelay,
          racingDelayMultiplier,
          racingTimeout,
          racingTimeoutGiven,
          resolutionDelay,
          finishLine,
          redial,
          renewal,
          preferredAddressFamilyCount,
          interleaveEndpoints,
          history);
    }
  }
}

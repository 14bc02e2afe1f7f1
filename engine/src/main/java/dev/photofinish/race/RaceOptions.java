package dev.photofinish.race;

import dev.photofinish.option.InvalidOptionException;
import dev.photofinish.option.Option;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a race is run.
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
  public static final List<Option<Builder>> OPTIONS =
      List.of(
          new Option<>(
              "connection-racing",
              "none",
              "none, first-wins, last-wins, hybrid or auto",
              (b, v) ->
                  b.connectionRacing(Option.parseWord("connection-racing", v, Strategy.class))),
          new Option<>(
              "max-parallel-connections",
              "3",
              "most attempts in progress or held at one time; " + Builder.PARALLEL,
              (b, v) ->
                  b.maxParallelConnections(
                      Option.parseInt("max-parallel-connections", v, Builder.PARALLEL))),
          new Option<>(
              "max-connected-attempts",
              "16",
              "most of them connected at one time, for devices that take few clients; "
                  + Builder.PARALLEL,
              (b, v) ->
                  b.maxConnectedAttempts(
                      Option.parseInt("max-connected-attempts", v, Builder.PARALLEL))),
          new Option<>(
              "racing-delay-ms",
              "250",
              "connection attempt delay; " + Builder.DELAY + ", or auto",
              Builder::racingDelayText),
          new Option<>(
              "allow-short-delay",
              "off",
              "allows a racing-delay-ms of 10 to 99: on or off",
              (b, v) -> b.allowShortDelay(Option.parseSwitch("allow-short-delay", v))),
          new Option<>(
              "racing-delay-multiplier",
              "1",
              "the n-th gap is the delay times this to the power n-1; " + Builder.MULTIPLIER,
              (b, v) ->
                  b.racingDelayMultiplier(
                      Option.parseDouble("racing-delay-multiplier", v, Builder.MULTIPLIER))),
          new Option<>(
              "racing-timeout",
              "5s",
              "the whole race, from the first call to the decision; " + Builder.TIMEOUT,
              (b, v) ->
                  b.racingTimeout(Option.parseDuration("racing-timeout", v, Builder.TIMEOUT))),
          new Option<>(
              "resolution-delay-ms",
              "50",
              "how long an A answer waits for the AAAA answer (RFC 8305); " + Builder.RESOLUTION,
              (b, v) ->
                  b.resolutionDelay(
                      Option.parseMillis("resolution-delay-ms", v, Builder.RESOLUTION))),
          new Option<>(
              "finish-line",
              "auto",
              "connect, tls, response, media, or auto for the protocol's own",
              (b, v) ->
                  b.finishLine(
                      v.equals("auto")
                          ? null
                          : Option.parseWord("finish-line", v, FinishLine.class))),
          new Option<>(
              "redial",
              "on",
              "dial a silent candidate again while its earlier attempt is in progress: on or off",
              (b, v) -> b.redial(Option.parseSwitch("redial", v))),
          new Option<>(
              "renewal",
              "on",
              "a full house retires its oldest attempt: on or off",
              (b, v) -> b.renewal(Option.parseSwitch("renewal", v))),
          new Option<>(
              "preferred-address-family-count",
              "1",
              "addresses of the first family before the first of the other; "
                  + Builder.FAMILY_COUNT,
              (b, v) ->
                  b.preferredAddressFamilyCount(
                      Option.parseInt("preferred-address-family-count", v, Builder.FAMILY_COUNT))),
          new Option<>(
              "interleave-endpoints",
              "off",
              "the endpoints of one target take turns: on or off",
              (b, v) -> b.interleaveEndpoints(Option.parseSwitch("interleave-endpoints", v))),
          new Option<>(
              "history",
              "on",
              "use what earlier races learnt of addresses, and learn: on or off",
              (b, v) -> b.history(Option.parseSwitch("history", v))));

  /** Checks every range; what is out of it is an {@link InvalidOptionException}. */
  public RaceOptions {
    Option.checkRange("max-parallel-connections", maxParallelConnections, 1, 16, Builder.PARALLEL);
    Option.checkRange("max-connected-attempts", maxConnectedAttempts, 1, 16, Builder.PARALLEL);
    Option.checkRange(
        "racing-delay-ms",
        racingDelay,
        allowShortDelay ? FLOOR : MIN_DELAY,
        MAX_DELAY,
        Builder.DELAY);
    Option.checkRange(
        "racing-delay-multiplier", racingDelayMultiplier, 1.0, 10.0, Builder.MULTIPLIER);
    Option.checkRange(
        "racing-timeout",
        racingTimeout,
        Duration.ofMillis(1),
        Duration.ofHours(1),
        Builder.TIMEOUT);
    Option.checkRange(
        "resolution-delay-ms", resolutionDelay, Duration.ZERO, MAX_DELAY, Builder.RESOLUTION);
    Option.checkRange(
        "preferred-address-family-count", preferredAddressFamilyCount, 1, 16, Builder.FAMILY_COUNT);
  }

  public static RaceOptions defaults() {
    return DEFAULTS;
  }

  public static Builder builder() {
    return new Builder();
  }

  /** The defaults changed by {@code values}: option names of {@link #OPTIONS} and their text. */
  public static RaceOptions of(Map<?, ?> values) {
    return Option.setAll(builder(), OPTIONS, values).build();
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
    static final String PARALLEL = "a whole number from 1 to 16";
    static final String DELAY =
        "whole milliseconds from 100 to 2000 (from 10 with allow-short-delay)";
    static final String MULTIPLIER = "a number from 1 to 10";
    static final String TIMEOUT = "a duration from 1 ms to 1 h";
    static final String RESOLUTION = "whole milliseconds from 0 to 2000";
    static final String FAMILY_COUNT = "a whole number from 1 to 16";

    private Strategy connectionRacing = Strategy.NONE;
    private int maxParallelConnections = 3;
    private int maxConnectedAttempts = 16;
    private Duration racingDelay = Duration.ofMillis(250);
    private boolean racingDelayAuto;
    private boolean allowShortDelay;
    private double racingDelayMultiplier = 1;
    private Duration racingTimeout = Duration.ofSeconds(5);
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

    private void racingDelayText(String value) {
      if (value.equals("auto")) {
        racingDelayAuto();
      } else {
        racingDelay(Option.parseMillis("racing-delay-ms", value, DELAY + ", or auto"));
      }
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

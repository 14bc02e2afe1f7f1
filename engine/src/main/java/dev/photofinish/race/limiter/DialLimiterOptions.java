package dev.photofinish.race.limiter;

import dev.photofinish.option.InvalidOptionException;
import dev.photofinish.option.Option;
import dev.photofinish.race.RaceOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How much the races of one process may dial.
 *
 * @param maxDials {@code max-dials}: most dials in progress at one time, 1 to 1000000
 * @param extraAttemptsPerSecond {@code extra-attempts-per-second}: attempts beyond a race's first,
 *     for all races together, 0 to 1000000
 * @param extraAttemptsShare {@code extra-attempts-share}: how many more, as a share of the first
 *     attempts of the last minute, 0 to 100
 * @param sameHostGap {@code same-host-gap-ms}: how far apart the dials of one host are, whichever
 *     race they belong to, 0 to 10000 ms; null for what suits who dials: 10 ms for cameras, 0 else
 */
public record DialLimiterOptions(
    int maxDials,
    double extraAttemptsPerSecond,
    double extraAttemptsShare,
    @Nullable Duration sameHostGap) {

  /** A camera is one small device: its SYNs come no closer than those of one race. */
  public static final Duration CAMERA_GAP = RaceOptions.FLOOR;

  private static final double MOST = 1_000_000;
  private static final DialLimiterOptions DEFAULTS = builder().build();

  /** Every option. */
  public static final List<Option<Builder>> OPTIONS =
      List.of(
          new Option<>(
              "max-dials",
              "128",
              "most dials in progress in this process; " + Builder.DIALS,
              (b, v) -> b.maxDials(Option.parseInt("max-dials", v, Builder.DIALS))),
          new Option<>(
              "extra-attempts-per-second",
              "10",
              "attempts beyond the first of each race, for all races together; " + Builder.RATE,
              (b, v) ->
                  b.extraAttemptsPerSecond(
                      Option.parseDouble("extra-attempts-per-second", v, Builder.RATE))),
          new Option<>(
              "extra-attempts-share",
              "0.1",
              "and so many a first attempt of the last minute; " + Builder.SHARE,
              (b, v) ->
                  b.extraAttemptsShare(
                      Option.parseDouble("extra-attempts-share", v, Builder.SHARE))),
          new Option<>(
              "same-host-gap-ms",
              "auto",
              "between dials of one host, whichever race they belong to; "
                  + Builder.GAP
                  + ", or auto (10 for cameras, 0 for other targets)",
              (b, v) ->
                  b.sameHostGap(
                      v.equals("auto")
                          ? null
                          : Option.parseMillis("same-host-gap-ms", v, Builder.GAP + ", or auto"))));

  /** Checks every range; what is out of it is an {@link InvalidOptionException}. */
  public DialLimiterOptions {
    Option.checkRange("max-dials", maxDials, 1, (int) MOST, Builder.DIALS);
    Option.checkRange("extra-attempts-per-second", extraAttemptsPerSecond, 0.0, MOST, Builder.RATE);
    Option.checkRange("extra-attempts-share", extraAttemptsShare, 0.0, 100.0, Builder.SHARE);
    if (sameHostGap != null) {
      Option.checkRange(
          "same-host-gap-ms", sameHostGap, Duration.ZERO, Duration.ofSeconds(10), Builder.GAP);
    }
  }

  public static DialLimiterOptions defaults() {
    return DEFAULTS;
  }

  public static Builder builder() {
    return new Builder();
  }

  /** The defaults changed by {@code values}: option names of {@link #OPTIONS} and their text. */
  public static DialLimiterOptions of(Map<?, ?> values) {
    return Option.setAll(builder(), OPTIONS, values).build();
  }

  /** Collects values; {@link #build} checks them. */
  public static final class Builder {
    static final String DIALS = "a whole number from 1 to 1000000";
    static final String RATE = "a number from 0 to 1000000";
    static final String SHARE = "a number from 0 to 100";
    static final String GAP = "whole milliseconds from 0 to 10000";

    private int maxDials = 128;
    private double extraAttemptsPerSecond = 10;
    private double extraAttemptsShare = 0.1;
    private @Nullable Duration sameHostGap;

    private Builder() {}

    public Builder maxDials(int value) {
      maxDials = value;
      return this;
    }

    public Builder extraAttemptsPerSecond(double value) {
      extraAttemptsPerSecond = value;
      return this;
    }

    public Builder extraAttemptsShare(double value) {
      extraAttemptsShare = value;
      return this;
    }

    /** Null for 10 ms between dials of one camera, none between others. */
    public Builder sameHostGap(@Nullable Duration value) {
      sameHostGap = value;
      return this;
    }

    public DialLimiterOptions build() {
      return new DialLimiterOptions(
          maxDials, extraAttemptsPerSecond, extraAttemptsShare, sameHostGap);
    }
  }
}

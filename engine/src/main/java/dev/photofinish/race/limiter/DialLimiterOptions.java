package dev.photofinish.race.limiter;

import dev.photofinish.option.InvalidOptionException;
import dev.photofinish.option.Option;
import dev.photofinish.option.OptionTable;
import dev.photofinish.option.OptionType;
import dev.photofinish.race.RaceOptions;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The options of a {@link SharedDialLimiter}: how much the races of one process may dial.
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

  private static final int MOST = 1_000_000;
  private static final DialLimiterOptions DEFAULTS = builder().build();

  /** Every option. */
  public static final OptionTable<Builder, DialLimiterOptions> OPTIONS =
      OptionTable.of(
          Builder::new,
          Builder::build,
          Option.of(
              "max-dials",
              "128",
              "most dials in progress in this process; " + Builder.DIALS.expected(),
              Builder.DIALS,
              Builder::maxDials),
          Option.of(
              "extra-attempts-per-second",
              "10",
              "attempts beyond the first of each race, for all races together; "
                  + Builder.RATE.expected(),
              Builder.RATE,
              Builder::extraAttemptsPerSecond),
          Option.of(
              "extra-attempts-share",
              "0.1",
              "and so many a first attempt of the last minute; " + Builder.SHARE.expected(),
              Builder.SHARE,
              Builder::extraAttemptsShare),
          Option.of(
              "same-host-gap-ms",
              "auto",
              "between dials of one host, whichever race they belong to; "
                  + Builder.GAP.expected()
                  + " (10 for cameras, 0 for other targets)",
              Builder.GAP,
              Builder::sameHostGap));

  /** Checks every range; what is out of it is an {@link InvalidOptionException}. */
  public DialLimiterOptions {
    Builder.DIALS.check("max-dials", maxDials);
    Builder.RATE.check("extra-attempts-per-second", extraAttemptsPerSecond);
    Builder.SHARE.check("extra-attempts-share", extraAttemptsShare);
    Builder.GAP.check("same-host-gap-ms", sameHostGap);
  }

  public static DialLimiterOptions defaults() {
    return DEFAULTS;
  }

  public static Builder builder() {
    return new Builder();
  }

  /** The defaults changed by {@code values}: option names of {@link #OPTIONS} and their text. */
  public static DialLimiterOptions of(Map<?, ?> values) {
    return OPTIONS.read(values);
  }

  /** Collects values; {@link #build} checks them. */
  public static final class Builder {
    static final OptionType.WholeNumber DIALS = OptionType.integer(1, MOST);
    static final OptionType.Decimal RATE = OptionType.decimal(0, MOST);
    static final OptionType.Decimal SHARE = OptionType.decimal(0, 100);
    static final OptionType.OrWord<Duration> GAP =
        OptionType.orWord(OptionType.millis(Duration.ZERO, Duration.ofSeconds(10)), "auto");

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

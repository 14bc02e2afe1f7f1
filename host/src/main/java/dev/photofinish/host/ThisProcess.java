package dev.photofinish.host;

import dev.photofinish.race.limiter.DialLimiterOptions;
import dev.photofinish.race.limiter.SharedDialLimiter;

/** The parts that all races of this process share unless they are given others, on any driver. */
public final class ThisProcess {
  private static final SharedDialLimiter LIMITER =
      new SharedDialLimiter(DialLimiterOptions.defaults());

  private static final class Learnt {
    static final SharedHistory HISTORY = new SharedHistory();
  }

  private ThisProcess() {}

  /** The limiter of dials, with every option at its default. */
  public static SharedDialLimiter limiter() {
    return LIMITER;
  }

  /** What races learn whose maker keeps nothing itself; it ends with the process. */
  public static SharedHistory history() {
    return Learnt.HISTORY;
  }
}

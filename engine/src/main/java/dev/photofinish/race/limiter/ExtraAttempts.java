package dev.photofinish.race.limiter;

import java.time.Duration;
import java.util.Arrays;

/**
 * The token bucket of attempts beyond each race's first: refilled at a fixed rate and by a share of
 * the first attempts of the last minute, spread over a minute; holds ten seconds' worth, full at
 * the start.
 */
final class ExtraAttempts {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();
  private static final int MINUTE = 60;
  private static final double HELD_SECONDS = 10;
  private static final double ROUNDING = 1e-6;

  private final double perSecond;
  private final double share;

  /** The first attempts of each second of the last minute, by the second modulo 60. */
  private final int[] firsts = new int[MINUTE];

  private int firstsOfMinute;
  private double tokens;
  private boolean begun;
  private long begin;
  private long time;

  /** The latest time that was given to somebody to ask again at. */
  private long promised;

  ExtraAttempts(DialLimiterOptions options) {
    perSecond = options.extraAttemptsPerSecond();
    share = options.extraAttemptsShare();
    tokens = capacity();
  }

  void first(long now) {
    advance(now);
    firsts[second(time)]++;
    firstsOfMinute++;
  }

  /** What was counted as a first attempt at {@code at} sent nothing. */
  void notFirst(long at, long now) {
    advance(now);
    if (time - at < MINUTE * SECOND && firsts[second(at)] > 0) {
      firsts[second(at)]--;
      firstsOfMinute--;
    }
  }

  /**
   * How long until there is a token; 0 if there is one. Who asks after others gets a later time, at
   * most a second away: they may have lost interest by then.
   */
  long delay(long now) {
    advance(now);
    if (tokens >= 1 - ROUNDING) {
      return 0;
    }
    double step = SECOND / Math.max(rate(), ROUNDING);
    double behind = promised - time > 0 ? promised - time + step : 0;
    double next = Math.max((1 - tokens) * step, behind);
    long wait = (long) Math.ceil(Math.max(1, Math.min(next, (double) SECOND)));
    promised = time + wait;
    return wait;
  }

  void take() {
    tokens--;
  }

  private double rate() {
    return perSecond + share * firstsOfMinute / MINUTE;
  }

  /** At least one token, so that a slow refill ever comes to one; none if there is no refill. */
  private double capacity() {
    return rate() > 0 || share > 0 ? Math.max(1, HELD_SECONDS * rate()) : 0;
  }

  private void advance(long now) {
    if (!begun) {
      begun = true;
      begin = now;
      time = now;
      promised = now;
    }
    if (now - time > 0) {
      tokens = Math.min(capacity(), tokens + rate() * (now - time) / SECOND);
      forget(now);
      time = now;
    }
  }

  /** Seconds that are over a minute old. */
  private void forget(long now) {
    long seconds = (now - begin) / SECOND - (time - begin) / SECOND;
    if (seconds >= MINUTE) {
      Arrays.fill(firsts, 0);
      firstsOfMinute = 0;
      return;
    }
    for (int i = 1; i <= seconds; i++) {
      int second = second(time + i * SECOND);
      firstsOfMinute -= firsts[second];
      firsts[second] = 0;
    }
  }

  private int second(long at) {
    return (int) Math.floorMod(Math.floorDiv(at - begin, SECOND), (long) MINUTE);
  }
}

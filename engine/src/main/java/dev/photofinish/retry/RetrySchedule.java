package dev.photofinish.retry;

import dev.photofinish.clientlimit.Cooldown;
import dev.photofinish.race.RaceReport;
import dev.photofinish.race.Strategy;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A schedule of retries: says when to try again after a try that failed or a stream that dropped,
 * and when to stop. A try is one race and the dialogue after it; it succeeds when media comes.
 *
 * <p>A pure machine: the caller reports what happened and when, and waits itself. Times are
 * nanoseconds of the caller's ticker, compared by subtraction. Not safe for use by several threads.
 */
public final class RetrySchedule {
  /** How long a host that refuses at once is expected to be starting its server. */
  private static final long RESTART = Duration.ofSeconds(10).toNanos();

  /** How long after a drop a device may still accept what it will not serve. */
  private static final long GOING_DOWN = Duration.ofMillis(250).toNanos();

  /** How long a device may take to start, or a name server to learn a name. */
  private static final long A_WHILE = Duration.ofMinutes(1).toNanos();

  private static final int SHARE_OF_TROUBLE = 20;

  /** The pace of a retry. */
  private enum Pace {
    AT_ONCE,
    /** The host is up, its server is not yet: the delay does not grow. */
    RESTARTING,
    /** What the strategy says. */
    GROWING,
    /** What no retry will change: as long as a delay may be. */
    SLOW
  }

  private final RetryOptions options;
  private final Backoff backoff;
  private final AutoChoice auto;

  private int retries;
  private int delays;
  private boolean mediaCameOnce;
  private @Nullable Long mediaSince;
  private @Nullable Long droppedAt;
  private @Nullable Cooldown rest;
  private @Nullable Long troubleSince;
  private @Nullable Long lastingSince;
  private RetryDecision.@Nullable GiveUp gaveUp;

  /**
   * A schedule of one endpoint, which draws its jitter from {@code random}.
   *
   * @param connectionRacing as configured: what {@link #racing} says unless it is {@code auto}
   */
  public RetrySchedule(RetryOptions options, Strategy connectionRacing, RandomGenerator random) {
    this.options = options;
    this.backoff = new Backoff(options, random);
    this.auto = new AutoChoice(options.retryStrategy(), connectionRacing);
  }

  /** A schedule of one endpoint whose {@code connection-racing} is {@code auto}. */
  public RetrySchedule(RetryOptions options, RandomGenerator random) {
    this(options, Strategy.AUTO, random);
  }

  /** How to race next; never {@link Strategy#AUTO}. */
  public Strategy racing() {
    return auto.racing();
  }

  /** A try succeeded: its first media came. More calls while the stream is up change nothing. */
  public void mediaCame(long now) {
    mediaCameOnce = true;
    lastingSince = null;
    if (mediaSince == null) {
      mediaSince = now;
    }
  }

  /**
   * A race was won: what it took to connect shows {@code auto} whether the path loses SYNs.
   * Reported before the first media of the try.
   */
  public void raced(RaceReport report) {
    auto.raced(report);
  }

  /** A try ended without media. While a stream is up it leaves that stream's record alone. */
  public RetryDecision tryFailed(long now, TryFailure failure) {
    if (failure == TryFailure.WRONG_CREDENTIALS) {
      return giveUp(failure.words() + ", and cameras lock accounts");
    }
    if (failure == TryFailure.CREDENTIALS_NEEDED || failure == TryFailure.LOGIN_UNKNOWN) {
      return giveUp(failure.words());
    }
    if (failure == TryFailure.NOT_TRUSTED && isNew()) {
      return giveUp(failure.words());
    }
    boolean reset = failure == TryFailure.RESET_AFTER_ACCEPT;
    if (failure == TryFailure.AT_CAPACITY || (reset && !mayBeGoingDown(now))) {
      full(now, Duration.ZERO);
    }
    auto.add(TryOutcome.FAILED, now);
    if (isSlow(failure, now)) {
      return retry(now, Pace.SLOW, failure.words() + "; retried slowly");
    }
    boolean restarting = failure == TryFailure.REFUSED_AT_ONCE && isWithin(RESTART, now);
    boolean goingDown = reset && mayBeGoingDown(now);
    return retry(now, restarting || goingDown ? Pace.RESTARTING : Pace.GROWING, failure.words());
  }

  /**
   * Whether a stream dropped less than 250 ms ago. A server that ends closes its connections a
   * little before it stops to listen: what it accepts and resets meanwhile does not mean that it is
   * full.
   */
  public boolean mayBeGoingDown(long now) {
    return isWithin(GOING_DOWN, now);
  }

  private boolean isWithin(long time, long now) {
    return droppedAt != null && now - droppedAt < time;
  }

  /** Whether nothing says that the stream has to be kept up: neither the user nor media of it. */
  private boolean isNew() {
    return !mediaCameOnce && options.maxReconnectionAttempts() == null;
  }

  /**
   * What no retry will change is retried slowly; but a device that streamed a while ago may be
   * starting, and a name may be missing for a moment.
   */
  private boolean isSlow(TryFailure failure, long now) {
    if (!failure.isLasting()) {
      lastingSince = null;
      return false;
    }
    if (lastingSince == null) {
      lastingSince = now;
    }
    boolean starting = isWithin(A_WHILE, now);
    boolean recent = failure == TryFailure.NO_SUCH_NAME && now - lastingSince < A_WHILE;
    return !starting && !recent;
  }

  /**
   * The device said that it is full: no retry comes sooner than 5 s after it, nor sooner than it
   * asked for as long as that is within {@code reconnection-timeout}. It is no outcome; what came
   * of the try is reported beside it.
   *
   * @param retryAfter for how long it asked to be left alone, zero if it did not say
   */
  public void full(long now, Duration retryAfter) {
    Cooldown next = new Cooldown(now, retryAfter);
    if (next.left(now, options.reconnectionTimeout()) > pauseOfFull(now)) {
      rest = next;
    }
  }

  /**
   * A stream that had media dropped: closed, reset, dead or stalled. Without media before it, it is
   * a failed try.
   *
   * @param lastMediaAt when its last media came: silence before the drop makes no stream stable. Of
   *     a stream whose media came all at once, that may be a moment before the first was reported
   */
  public RetryDecision streamDropped(long now, long lastMediaAt) {
    if (mediaSince == null) {
      return tryFailed(now, TryFailure.OTHER);
    }
    long streamed = Math.max(0, lastMediaAt - mediaSince);
    boolean stable = streamed >= options.stableAfter().toNanos();
    auto.add(TryOutcome.streamed(now - mediaSince), now);
    mediaSince = null;
    droppedAt = now;
    if (stable) {
      retries = 0;
      delays = 0;
    }
    if (stable || troubleSince == null) {
      troubleSince = now;
    }
    return retry(
        now,
        stable ? Pace.AT_ONCE : Pace.GROWING,
        stable ? "a stable stream dropped" : "the stream dropped before it was stable");
  }

  private RetryDecision retry(long now, Pace pace, String reason) {
    RetryStrategy strategy = auto.delays();
    if (strategy == RetryStrategy.NONE) {
      return giveUp(reason + ", and retry-strategy is none");
    }
    if (gaveUp != null || options.exhausted(retries, mediaCameOnce)) {
      return giveUp(reason + ", after " + retries + " retries (max-reconnection-attempts)");
    }
    retries = increment(retries);
    long delay = Math.max(delay(now, pace, strategy), pauseOfFull(now));
    return new RetryDecision.Retry(retries, delay, strategy, auto.racing(), reason, auto.change());
  }

  private long delay(long now, Pace pace, RetryStrategy strategy) {
    return switch (pace) {
      case AT_ONCE -> 0;
      case RESTARTING -> restartDelay();
      case GROWING -> growing(now, strategy);
      case SLOW -> options.reconnectionTimeout().toNanos();
    };
  }

  /** While {@code auto} holds a choice that suits no longer, the longer of both delays. */
  private long growing(long now, RetryStrategy strategy) {
    long delay = backoff.delay(strategy, delays, mostDelay(now));
    RetryStrategy suits = auto.suitableDelays();
    if (suits != strategy) {
      delay = Math.max(delay, backoff.delay(suits, delays, mostDelay(now)));
    }
    delays = increment(delays);
    return delay;
  }

  /**
   * {@code auto} waits, with {@code exponential-jitter}, a twentieth of the time that the trouble
   * lasts, so that waiting adds little to the time without picture; before media came once, and
   * with a strategy that was asked for, as long as the strategy says.
   */
  private long mostDelay(long now) {
    return options.retryStrategy() == RetryStrategy.AUTO && troubleSince != null
        ? Math.max(options.initialRetryDelay().toNanos(), (now - troubleSince) / SHARE_OF_TROUBLE)
        : Long.MAX_VALUE;
  }

  /** Who asked for {@code immediate} is not slowed down; {@code auto} is. */
  private long restartDelay() {
    return options.retryStrategy() == RetryStrategy.IMMEDIATE
        ? Backoff.FLOOR
        : options.initialRetryDelay().toNanos();
  }

  private long pauseOfFull(long now) {
    return rest == null ? 0 : rest.left(now, options.reconnectionTimeout());
  }

  private RetryDecision giveUp(String reason) {
    if (gaveUp == null) {
      gaveUp = new RetryDecision.GiveUp(reason);
    }
    return gaveUp;
  }

  private static int increment(int count) {
    return count == Integer.MAX_VALUE ? count : count + 1;
  }
}

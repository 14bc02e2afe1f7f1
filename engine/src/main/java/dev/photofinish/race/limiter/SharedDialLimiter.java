package dev.photofinish.race.limiter;

import dev.photofinish.race.DialLimiter;
import dev.photofinish.race.address.Candidate;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A {@link DialLimiter} with limits: a cap on dials in progress, a token bucket for attempts beyond
 * each race's first and its {@linkplain Turn#SUCCESSOR successors}, a gap between dials of one
 * host.
 *
 * <p>Races that find no place wait: those of one host in their order, hosts in turn. An extra
 * attempt never takes a place that a race waits for. When many hosts fall silent and nobody at all
 * answers, the cap shrinks ({@link DialWindow}): a dead network is probed, not stormed.
 */
public final class SharedDialLimiter implements DialLimiter {
  /** How soon an extra attempt asks again that found no place: nobody knows when there is one. */
  private static final long NEXT_LOOK = Duration.ofMillis(100).toNanos();

  /** What all views of one limiter share; also their lock. */
  private static final class Shared {
    final DialWindow window;
    final ExtraAttempts extras;
    final HostGaps gaps = new HostGaps();
    final WaitingRaces waiting = new WaitingRaces();
    int taken;

    Shared(DialLimiterOptions options) {
      window = new DialWindow(options.maxDials());
      extras = new ExtraAttempts(options);
    }

    boolean hasPlace(long now) {
      return waiting.isEmpty() && taken < window.size(now);
    }

    /** The race that gets a place now, null if there is none or none waits. */
    synchronized @Nullable Racer next(long now) {
      if (waiting.isEmpty() || taken >= window.size(now)) {
        return null;
      }
      taken++;
      return waiting.next();
    }
  }

  private final DialLimiterOptions options;
  private final Shared shared;
  private final long gap;

  public SharedDialLimiter(DialLimiterOptions options) {
    this(options, new Shared(options), Duration.ZERO);
  }

  private SharedDialLimiter(DialLimiterOptions options, Shared shared, Duration gap) {
    this.options = options;
    this.shared = shared;
    this.gap = (options.sameHostGap() == null ? gap : options.sameHostGap()).toNanos();
  }

  /** For races that need none: tests, benchmarks. */
  public static DialLimiter unlimited() {
    return UNLIMITED;
  }

  /**
   * The same limiter for those who keep the dials of one host {@code gap} apart, unless its options
   * give a {@code same-host-gap-ms}.
   */
  public SharedDialLimiter withSameHostGap(Duration gap) {
    return new SharedDialLimiter(options, shared, gap);
  }

  /** Dials in progress, and places kept for races that began and have not dialled yet. */
  public int taken() {
    synchronized (shared) {
      return shared.taken;
    }
  }

  /** Races that wait for a place. */
  public int waiting() {
    synchronized (shared) {
      return shared.waiting.size();
    }
  }

  /**
   * Hosts that it remembers: at most 10,000 that fell silent and did not answer since, and those
   * dialled within the last gap.
   */
  public int remembered() {
    synchronized (shared) {
      return shared.window.remembered() + shared.gaps.size();
    }
  }

  /**
   * How many dials may be in progress, as of the latest that began or ended: for those who only
   * look, and need not know the races' clock.
   */
  public int limit() {
    synchronized (shared) {
      return shared.window.size();
    }
  }

  /** How many dials may be in progress now: {@code max-dials}, or less while nobody answers. */
  public int limit(long now) {
    synchronized (shared) {
      return shared.window.size(now);
    }
  }

  private void admit(long now) {
    for (Racer next = shared.next(now); next != null; next = shared.next(now)) {
      if (!next.admitted()) {
        synchronized (shared) {
          shared.taken--;
        }
      }
    }
  }

  @Override
  public boolean enter(Racer racer, long now) {
    synchronized (shared) {
      if (shared.hasPlace(now)) {
        shared.taken++;
        return true;
      }
      shared.waiting.add(racer);
      return false;
    }
  }

  @Override
  public void leave(Racer racer, long now) {
    synchronized (shared) {
      if (!shared.waiting.remove(racer)) {
        shared.taken--;
      }
    }
    admit(now);
  }

  @Override
  public @Nullable Refusal ask(Candidate candidate, Turn turn, long now) {
    boolean extra = turn == Turn.EXTRA;
    synchronized (shared) {
      if (extra && !shared.hasPlace(now)) {
        return new Refusal(Reason.MAX_DIALS, now + NEXT_LOOK);
      }
      long wait = gap == 0 ? 0 : shared.gaps.delay(candidate.remote().getAddress(), gap, now);
      if (wait > 0) {
        return new Refusal(Reason.SAME_HOST_GAP, now + wait);
      }
      wait = extra ? shared.extras.delay(now) : 0;
      if (wait > 0) {
        return new Refusal(Reason.EXTRA_ATTEMPTS, now + wait);
      }
      granted(candidate, turn, now);
      return null;
    }
  }

  private void granted(Candidate candidate, Turn turn, long now) {
    if (gap > 0) {
      shared.gaps.dialled(candidate.remote().getAddress(), gap, now);
    }
    if (turn == Turn.FIRST) {
      shared.extras.first(now);
    } else if (turn == Turn.EXTRA) {
      shared.extras.take();
      shared.taken++;
    }
  }

  @Override
  public void ended(
      Candidate candidate, long startedAt, Heard heard, boolean keepsPlace, long now) {
    synchronized (shared) {
      switch (heard) {
        case SOMETHING -> shared.window.heard(candidate.remote().getAddress(), now);
        case NOTHING -> shared.window.silent(candidate.remote().getAddress(), startedAt, now);
        case UNSENT -> shared.extras.notFirst(startedAt, now);
        case UNKNOWN -> {}
      }
      shared.taken -= keepsPlace ? 0 : 1;
    }
    admit(now);
  }

  @Override
  public void unused(long now) {
    synchronized (shared) {
      shared.taken--;
    }
    admit(now);
  }
}

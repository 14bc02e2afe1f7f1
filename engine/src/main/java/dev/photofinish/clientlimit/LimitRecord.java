package dev.photofinish.clientlimit;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The memory of one device: what is concluded about it, and what the next fact is compared with.
 *
 * @param closed a winner that was closed soon, the last thing that became of a winner; else null
 */
record LimitRecord(
    @Nullable ClosedWinner closed, @Nullable ClientLimit profile, @Nullable Cooldown rest) {
  static final LimitRecord UNKNOWN = new LimitRecord(null, null, null);

  private static final long LASTS = Duration.ofMinutes(10).toNanos();

  /**
   * A winner that the device closed soon.
   *
   * @param request what it did not answer, null when nothing was open
   */
  record ClosedWinner(long at, @Nullable String request) {}

  private static boolean isFresh(long at, long now) {
    return now - at < LASTS;
  }

  /** Without what is forgotten by now. */
  LimitRecord at(long now) {
    return new LimitRecord(
        closed != null && isFresh(closed.at(), now) ? closed : null,
        profile != null && isFresh(profile.seenAt(), now) ? profile : null,
        rest != null && (isFresh(rest.at(), now) || rest.left(now, rest.retryAfter()) > 0)
            ? rest
            : null);
  }

  /** Conflicting evidence: the newest wins. */
  LimitRecord after(LimitEvidence fact, long now) {
    return fact.handle(new Conclusions(this, now));
  }

  boolean hasPolicy(LimitPolicy policy) {
    return profile != null && profile.policy() == policy;
  }

  LimitRecord with(@Nullable ClosedWinner next) {
    return new LimitRecord(next, profile, rest);
  }

  LimitRecord with(@Nullable ClientLimit next) {
    return new LimitRecord(closed, next, rest);
  }

  /** A shorter rest does not end a longer one. */
  LimitRecord with(Cooldown next, long now) {
    boolean longer =
        rest == null || next.left(now, next.retryAfter()) >= rest.left(now, rest.retryAfter());
    return longer ? new LimitRecord(closed, profile, next) : this;
  }
}

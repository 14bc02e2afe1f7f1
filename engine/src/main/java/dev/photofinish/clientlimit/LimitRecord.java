package dev.photofinish.clientlimit;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The memory of one device: what is concluded about it, and what the next fact is compared with.
 *
 * @param closed a winner that was closed soon, the last thing that became of a winner; else null
 * @param refused the first streams that were answered that it is full, as long as that is what is
 *     known of it; two at most
 */
record LimitRecord(
    @Nullable ClosedWinner closed,
    @Nullable ClientLimit profile,
    @Nullable Cooldown rest,
    List<String> refused) {
  static final LimitRecord UNKNOWN = new LimitRecord(null, null, null, List.of());

  /** What is refused to so many streams is refused to all. */
  private static final int SEVERAL = 2;

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
                : null,
            refused)
        .checked();
  }

  /** Streams were refused by a limit: without it, or by another one, they were not. */
  private LimitRecord checked() {
    return refused.isEmpty() || hasPolicy(LimitPolicy.ANSWERS_FULL)
        ? this
        : new LimitRecord(closed, profile, rest, List.of());
  }

  /** One stream more was answered that the device is full. */
  LimitRecord withRefused(String stream) {
    boolean counts = !stream.isEmpty() && refused.size() < SEVERAL && !refused.contains(stream);
    return counts
        ? new LimitRecord(
            closed, profile, rest, Stream.concat(refused.stream(), Stream.of(stream)).toList())
        : this;
  }

  /** Whether it was one other stream alone that was refused, and not {@code stream}. */
  boolean refusedAnotherAlone(String stream) {
    return refused.size() == 1 && !refused.contains(stream);
  }

  /** Conflicting evidence: the newest wins. */
  LimitRecord after(LimitEvidence fact, long now) {
    return fact.handle(new Conclusions(this, now));
  }

  boolean hasPolicy(LimitPolicy policy) {
    return profile != null && profile.policy() == policy;
  }

  LimitRecord with(@Nullable ClosedWinner next) {
    return new LimitRecord(next, profile, rest, refused);
  }

  LimitRecord with(@Nullable ClientLimit next) {
    return new LimitRecord(closed, next, rest, refused).checked();
  }

  /** A shorter rest does not end a longer one. */
  LimitRecord with(Cooldown next, long now) {
    boolean longer =
        rest == null || next.left(now, next.retryAfter()) >= rest.left(now, rest.retryAfter());
    return longer ? new LimitRecord(closed, profile, next, refused) : this;
  }
}

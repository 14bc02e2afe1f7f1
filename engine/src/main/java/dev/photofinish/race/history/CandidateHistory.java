package dev.photofinish.race.history;

import dev.photofinish.race.Cause;
import dev.photofinish.race.PathStats;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The knowledge of one candidate, with the time of each part. Each part lasts 10 minutes; moments
 * are nanoseconds of a ticker, compared by subtraction.
 */
final class CandidateHistory {
  private static final long LASTS = Duration.ofMinutes(10).toNanos();

  private @Nullable ConnectTimes times;
  private long timedAt;
  private boolean used;
  private long goodAt;
  private @Nullable Cause failure;
  private long failedAt;
  private @Nullable PathStats experience;

  /**
   * Karn's rule (RFC 6298 section 3): a time that may be that of a retransmission is none, but the
   * candidate was good.
   *
   * @param took until it was connected
   * @param at the last moment at which it was good
   */
  void connected(long took, long connectedAt, long at) {
    if (took < ConnectTimes.RETRANSMISSION) {
      if (times == null || connectedAt - timedAt >= LASTS) {
        times = new ConnectTimes();
      }
      times.add(took);
      timedAt = connectedAt;
    }
    if (!used || at - goodAt > 0) {
      used = true;
      goodAt = at;
    }
    experience = null;
  }

  void failed(Cause cause, long at) {
    if (failure == null || at - failedAt > 0) {
      failure = cause;
      failedAt = at;
      experience = null;
    }
  }

  /** What a race may know at {@code now}; null when all is too old. */
  @Nullable PathStats at(long now) {
    boolean isUsed = used && now - goodAt < LASTS;
    boolean isFailed = isFailed(now);
    boolean isTimed = isTimed(now);
    if (!isUsed && !isFailed && !isTimed) {
      return null;
    }
    PathStats known = experience;
    if (known == null
        || known.used() != isUsed
        || known.failed() != isFailed
        || known.isTimed() != isTimed) {
      known = experience(isTimed ? times : null, isUsed, isFailed);
      experience = known;
    }
    return known;
  }

  private static PathStats experience(@Nullable ConnectTimes times, boolean used, boolean failed) {
    long unknown = PathStats.UNKNOWN;
    return times == null
        ? new PathStats(unknown, unknown, unknown, used, failed)
        : new PathStats(times.smoothed(), times.deviation(), times.percentile95(), used, failed);
  }

  private boolean isFailed(long now) {
    return failure != null && now - failedAt < LASTS && (!used || failedAt - goodAt > 0);
  }

  /** After silence the path may have become slow: the times wait until it was connected again. */
  private boolean isTimed(long now) {
    boolean silent = failure == Cause.TIMEOUT && isFailed(now);
    return times != null && now - timedAt < LASTS && !silent;
  }

  HistoryEntry remembered(InetSocketAddress remote, @Nullable InetAddress local, long now) {
    return new HistoryEntry(
        remote,
        local,
        times == null ? List.of() : times.list(),
        times == null ? 0 : times.smoothed(),
        times == null ? 0 : times.deviation(),
        times == null ? HistoryEntry.NEVER : now - timedAt,
        used ? now - goodAt : HistoryEntry.NEVER,
        failure,
        failure == null ? HistoryEntry.NEVER : now - failedAt);
  }

  static CandidateHistory of(HistoryEntry remembered, long now) {
    CandidateHistory knowledge = new CandidateHistory();
    if (!remembered.times().isEmpty()) {
      knowledge.times =
          ConnectTimes.of(remembered.times(), remembered.smoothed(), remembered.deviation());
      knowledge.timedAt = now - remembered.timedAgo();
    }
    knowledge.used = remembered.goodAgo() != HistoryEntry.NEVER;
    knowledge.goodAt = now - remembered.goodAgo();
    knowledge.failure = remembered.failure();
    knowledge.failedAt = now - remembered.failedAgo();
    return knowledge;
  }

  /** How long ago something was learnt for the last time. */
  long age(long now) {
    long age = Long.MAX_VALUE;
    age = times == null ? age : Math.min(age, now - timedAt);
    age = used ? Math.min(age, now - goodAt) : age;
    return failure == null ? age : Math.min(age, now - failedAt);
  }
}

package dev.photofinish.clientlimit;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of one device: facts in, conclusions out.
 *
 * @param closedAt when a winner was closed soon, the last thing that became of a winner; else null
 */
record LimitRecord(
    @Nullable Long closedAt, @Nullable ClientLimit profile, @Nullable Cooldown rest) {
  static final LimitRecord UNKNOWN = new LimitRecord(null, null, null);

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final long LASTS = Duration.ofMinutes(10).toNanos();

  private static boolean isFresh(@Nullable Long at, long now) {
    return at != null && now - at < LASTS;
  }

  /** Without what is forgotten by now. */
  LimitRecord at(long now) {
    return new LimitRecord(
        isFresh(closedAt, now) ? closedAt : null,
        profile != null && isFresh(profile.seenAt(), now) ? profile : null,
        rest != null && (isFresh(rest.at(), now) || rest.left(now, rest.retryAfter()) > 0)
            ? rest
            : null);
  }

  /** Conflicting evidence: the newest wins. */
  LimitRecord after(LimitEvidence fact, long now) {
    if (fact instanceof LimitEvidence.WinnerClosed closed) {
      return winnerClosed(closed.wonAt(), now);
    } else if (fact instanceof LimitEvidence.WinnerLasted) {
      return new LimitRecord(null, profile, rest);
    } else if (fact instanceof LimitEvidence.Evicted evicted) {
      return concluding(
          LimitPolicy.DROPS_OLDEST,
          evicted.open() - 1,
          "closed one of " + evicted.open() + " connections as a newer one came",
          now);
    } else if (fact instanceof LimitEvidence.ResetAfterAccept reset) {
      return concluding(
              LimitPolicy.REJECTS_NEW,
              reset.others(),
              "reset a connection" + besides(reset.others()),
              now)
          .resting(new Cooldown(now, Duration.ZERO), now);
    } else if (fact instanceof LimitEvidence.AnsweredAtCapacity full) {
      return answered(full, now);
    } else if (fact instanceof LimitEvidence.NeverAnswered silent) {
      return concluding(
          LimitPolicy.STAYS_SILENT,
          silent.served(),
          "never answered a connection" + besides(silent.served()),
          now);
    } else {
      return served((LimitEvidence.Served) fact);
    }
  }

  private LimitRecord winnerClosed(long wonAt, long now) {
    if (now - wonAt > SOON.toNanos()) {
      return new LimitRecord(null, profile, rest);
    }
    boolean known = profile != null && profile.policy() == LimitPolicy.DROPS_OLDEST;
    LimitRecord noted = new LimitRecord(now, profile, rest);
    return closedAt == null && !known
        ? noted
        : noted.concluding(
            LimitPolicy.DROPS_OLDEST, 0, "closed a winner within 30 s, twice in a row", now);
  }

  private LimitRecord answered(LimitEvidence.AnsweredAtCapacity full, long now) {
    String seen = "answered " + full.status() + besides(full.others());
    Integer limit = limit(LimitPolicy.ANSWERS_AT_CAPACITY, full.others());
    ClientLimit told =
        new ClientLimit(limit, LimitPolicy.ANSWERS_AT_CAPACITY, full.status(), seen, now);
    return new LimitRecord(closedAt, told, rest).resting(new Cooldown(now, full.retryAfter()), now);
  }

  private LimitRecord concluding(LimitPolicy policy, int served, String seen, long now) {
    return new LimitRecord(
        closedAt, new ClientLimit(limit(policy, served), policy, 0, seen, now), rest);
  }

  private static String besides(int ours) {
    return ours == 0 ? " without another of ours" : " beside " + ours + " of ours";
  }

  /** Without one of ours served beside, others hold the places; what was known of them stays. */
  private @Nullable Integer limit(LimitPolicy policy, int served) {
    if (served > 0) {
      return served;
    }
    return profile != null && profile.policy() == policy ? profile.limit() : null;
  }

  /** A shorter rest does not end a longer one. */
  private LimitRecord resting(Cooldown next, long now) {
    boolean longer =
        rest == null || next.left(now, next.retryAfter()) >= rest.left(now, rest.retryAfter());
    return longer ? new LimitRecord(closedAt, profile, next) : this;
  }

  /** A contradiction: what serves more than the limit has another, or none. */
  private LimitRecord served(LimitEvidence.Served fact) {
    return profile != null && fact.together() > profile.places()
        ? new LimitRecord(closedAt, null, rest)
        : this;
  }
}

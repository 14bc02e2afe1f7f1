package dev.photofinish.retry;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of one device: facts in, conclusions out.
 *
 * @param closedAt when a winner was closed soon, the last thing that became of a winner; else null
 */
record Device(@Nullable Long closedAt, @Nullable DeviceProfile profile, @Nullable Rest rest) {
  static final Device UNKNOWN = new Device(null, null, null);

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final long LASTS = Duration.ofMinutes(10).toNanos();

  private static boolean isFresh(@Nullable Long at, long now) {
    return at != null && now - at < LASTS;
  }

  /** Without what is forgotten by now. */
  Device at(long now) {
    return new Device(
        isFresh(closedAt, now) ? closedAt : null,
        profile != null && isFresh(profile.seenAt(), now) ? profile : null,
        rest != null && (isFresh(rest.at(), now) || rest.left(now, rest.retryAfter()) > 0)
            ? rest
            : null);
  }

  /** Conflicting evidence: the newest wins. */
  Device after(DeviceFact fact, long now) {
    if (fact instanceof DeviceFact.WinnerClosed closed) {
      return winnerClosed(closed.wonAt(), now);
    } else if (fact instanceof DeviceFact.WinnerLasted) {
      return new Device(null, profile, rest);
    } else if (fact instanceof DeviceFact.Evicted evicted) {
      return concluding(
          DevicePolicy.DROPS_OLDEST,
          evicted.open() - 1,
          "closed one of " + evicted.open() + " connections as a newer one came",
          now);
    } else if (fact instanceof DeviceFact.ResetAfterAccept reset) {
      return concluding(
              DevicePolicy.REJECTS_NEW,
              reset.others(),
              "reset a connection" + besides(reset.others()),
              now)
          .resting(new Rest(now, Duration.ZERO), now);
    } else if (fact instanceof DeviceFact.AnsweredFull full) {
      return answered(full, now);
    } else if (fact instanceof DeviceFact.NeverAnswered silent) {
      return concluding(
          DevicePolicy.STAYS_SILENT,
          silent.served(),
          "never answered a connection" + besides(silent.served()),
          now);
    } else {
      return served((DeviceFact.Served) fact);
    }
  }

  private Device winnerClosed(long wonAt, long now) {
    if (now - wonAt > SOON.toNanos()) {
      return new Device(null, profile, rest);
    }
    boolean known = profile != null && profile.policy() == DevicePolicy.DROPS_OLDEST;
    Device noted = new Device(now, profile, rest);
    return closedAt == null && !known
        ? noted
        : noted.concluding(
            DevicePolicy.DROPS_OLDEST, 0, "closed a winner within 30 s, twice in a row", now);
  }

  private Device answered(DeviceFact.AnsweredFull full, long now) {
    String seen = "answered " + full.status() + besides(full.others());
    Integer limit = limit(DevicePolicy.ANSWERS_FULL, full.others());
    DeviceProfile told =
        new DeviceProfile(limit, DevicePolicy.ANSWERS_FULL, full.status(), seen, now);
    return new Device(closedAt, told, rest).resting(new Rest(now, full.retryAfter()), now);
  }

  private Device concluding(DevicePolicy policy, int served, String seen, long now) {
    return new Device(
        closedAt, new DeviceProfile(limit(policy, served), policy, 0, seen, now), rest);
  }

  private static String besides(int ours) {
    return ours == 0 ? " without another of ours" : " beside " + ours + " of ours";
  }

  /** Without one of ours served beside, others hold the places; what was known of them stays. */
  private @Nullable Integer limit(DevicePolicy policy, int served) {
    if (served > 0) {
      return served;
    }
    return profile != null && profile.policy() == policy ? profile.limit() : null;
  }

  /** A shorter rest does not end a longer one. */
  private Device resting(Rest next, long now) {
    boolean longer =
        rest == null || next.left(now, next.retryAfter()) >= rest.left(now, rest.retryAfter());
    return longer ? new Device(closedAt, profile, next) : this;
  }

  /** A contradiction: what serves more than the limit has another, or none. */
  private Device served(DeviceFact.Served fact) {
    return profile != null && fact.together() > profile.places()
        ? new Device(closedAt, null, rest)
        : this;
  }
}

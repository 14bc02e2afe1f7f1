package dev.photofinish.clientlimit;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The rules by which evidence changes what is remembered of a device. */
final class Conclusions implements LimitEvidence.Handler<LimitRecord> {
  private static final long SOON = Duration.ofSeconds(30).toNanos();

  private final LimitRecord known;
  private final long now;

  Conclusions(LimitRecord known, long now) {
    this.known = known;
    this.now = now;
  }

  /**
   * Evidence only together with another close: the one before in a row, or what made the device
   * known. Winners that were closed together are one close: the device started again, or its
   * network did. Two closes at one request are a quirk of that request.
   */
  @Override
  public LimitRecord winnerClosed(LimitEvidence.WinnerClosed closed) {
    if (now - closed.wonAt() > SOON) {
      return winnerLasted(new LimitEvidence.WinnerLasted());
    }
    LimitRecord noted = known.with(new LimitRecord.ClosedWinner(now, closed.request()));
    return (isInARow(closed) || known.hasPolicy(LimitPolicy.DROPS_OLDEST))
            && !isAtSameRequest(closed.request())
        ? noted.with(
            limit(LimitPolicy.DROPS_OLDEST, 0, "closed a winner within 30 s, twice in a row"))
        : noted;
  }

  private boolean isInARow(LimitEvidence.WinnerClosed closed) {
    return known.closed() != null && closed.wonAt() - known.closed().at() >= 0;
  }

  private boolean isAtSameRequest(@Nullable String request) {
    return request != null && known.closed() != null && request.equals(known.closed().request());
  }

  @Override
  public LimitRecord winnerLasted(LimitEvidence.WinnerLasted lasted) {
    return known.with((LimitRecord.ClosedWinner) null);
  }

  @Override
  public LimitRecord evicted(LimitEvidence.Evicted evicted) {
    String seen = "closed one of " + evicted.open() + " connections as a newer one came";
    return known.with(limit(LimitPolicy.DROPS_OLDEST, evicted.open() - 1, seen));
  }

  /** Without another of ours the device may as well be starting: it is left alone, no more. */
  @Override
  public LimitRecord resetAfterAccept(LimitEvidence.ResetAfterAccept reset) {
    LimitRecord left = known.with(new Cooldown(now, Duration.ZERO), now);
    String seen = "reset a connection" + besides(reset.others());
    return reset.others() > 0 || known.hasPolicy(LimitPolicy.REJECTS_NEW)
        ? left.with(limit(LimitPolicy.REJECTS_NEW, reset.others(), seen))
        : left;
  }

  /**
   * A device that serves other streams meanwhile is not to be left alone: the camera behind this
   * one may be away, and whoever was refused waits by itself.
   */
  @Override
  public LimitRecord answeredAtCapacity(LimitEvidence.AnsweredAtCapacity full) {
    String seen = "answered " + full.status() + besides(full.others());
    Integer clients = clients(LimitPolicy.ANSWERS_FULL, full.others());
    LimitRecord limited =
        known
            .with(new ClientLimit(clients, LimitPolicy.ANSWERS_FULL, full.status(), seen, now))
            .withRefused(full.stream());
    return full.servesOthers() ? limited : limited.with(new Cooldown(now, full.retryAfter()), now);
  }

  @Override
  public LimitRecord neverAnswered(LimitEvidence.NeverAnswered silent) {
    String seen = "never answered a connection" + besides(silent.served());
    return known.with(limit(LimitPolicy.STAYS_SILENT, silent.served(), seen));
  }

  /** A contradiction: what serves more than the limit has another, or none. */
  @Override
  public LimitRecord served(LimitEvidence.Served served) {
    ClientLimit profile = known.profile();
    return profile != null && served.together() > profile.places()
        ? known.with((ClientLimit) null)
        : known;
  }

  private ClientLimit limit(LimitPolicy policy, int served, String seen) {
    return new ClientLimit(clients(policy, served), policy, 0, seen, now);
  }

  private static String besides(int ours) {
    return ours == 0 ? " without another of ours" : " beside " + ours + " of ours";
  }

  /** Without one of ours served beside, others hold the places; what was known of them stays. */
  private @Nullable Integer clients(LimitPolicy policy, int served) {
    if (served > 0) {
      return served;
    }
    ClientLimit profile = known.profile();
    return profile != null && profile.policy() == policy ? profile.limit() : null;
  }
}

package dev.photofinish.clientlimit;

import org.jspecify.annotations.Nullable;

/**
 * The limit of a device that takes few clients, as far as it is concluded.
 *
 * @param limit how many clients it takes, as far as this host can see: places that others hold are
 *     not counted. Null when it showed that it has a limit, but not which
 * @param policy what it does with a client too many
 * @param status what it answered to one, 453 or 503; 0 with any other policy
 * @param evidence human-readable: what was seen last, such as {@code answered 453 beside 1 of ours}
 * @param seenAt when, in nanoseconds of the memory's ticker
 */
public record ClientLimit(
    @Nullable Integer limit, LimitPolicy policy, int status, String evidence, long seenAt) {

  /** How many clients to count on: a limit that is not known counts as one. */
  public int places() {
    return limit == null ? 1 : limit;
  }

  /** Whether an old session has to be over before a new one can begin. */
  public boolean takesOne() {
    return places() == 1;
  }

  boolean concludesAs(@Nullable ClientLimit other) {
    return other != null
        && places() == other.places()
        && (limit == null) == (other.limit == null)
        && policy == other.policy
        && status == other.status;
  }

  /**
   * For a sentence about a device: {@code takes one client and drops the older (seen: closed one of
   * 2 connections as a newer one came)}.
   */
  @Override
  public String toString() {
    String clients = takesOne() ? "one client" : limit + " clients";
    String sure = limit == null ? "seems to take " : "takes ";
    String answer = status == 0 ? "" : " with " + status;
    return sure + clients + " and " + policy.words() + answer + " (seen: " + evidence + ")";
  }
}

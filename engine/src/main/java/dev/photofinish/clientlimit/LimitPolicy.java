package dev.photofinish.clientlimit;

/** The policy of a device towards a client too many. */
public enum LimitPolicy {
  /** It closes an older connection in the instant in which the newer one arrives. */
  DROPS_OLDEST("drops the older"),
  /** It accepts the new connection and resets it. */
  REJECTS_NEW("rejects the newer"),
  /** It accepts the new connection and never answers on it. */
  STAYS_SILENT("leaves the newer in silence"),
  /** It says so, with {@link ClientLimit#status}. */
  ANSWERS_FULL("answers the newer that it is full");

  private final String words;

  LimitPolicy(String words) {
    this.words = words;
  }

  /** For a sentence about a device: {@code drops the older}. */
  String words() {
    return words;
  }
}

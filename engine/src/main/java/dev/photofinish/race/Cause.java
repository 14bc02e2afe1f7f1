package dev.photofinish.race;

/** The reason for the end of an attempt that the network or the peer ended. */
public enum Cause {
  /** The host answered the SYN with a reset. */
  REFUSED,
  /** The peer reset the connection. */
  RESET,
  /** The network said that there is no way to the host (ICMP, or the neighbour did not answer). */
  UNREACHABLE,
  /** The TLS handshake failed or the certificate did not verify. */
  TLS,
  /** Nothing was sent: no such address family, no route, no socket. */
  LOCAL,
  /** The peer closed the connection. */
  CLOSED,
  /** The peer answered something that the finish line's protocol does not allow. */
  PROTOCOL,
  /** Silence. */
  TIMEOUT;

  /**
   * Rule 5: whether a candidate is never dialled again after an attempt that ended like this.
   *
   * @param connected whether the attempt was connected before it ended
   * @param toleratesClose last-wins, and hybrid once there is evidence: a device that closes older
   *     connections is expected, so being closed after connecting says nothing about the candidate
   */
  boolean isDefinitive(boolean connected, boolean toleratesClose) {
    return switch (this) {
      case TIMEOUT -> false;
      case CLOSED -> !(connected && toleratesClose);
      default -> true;
    };
  }

  /**
   * How an attempt is over that ended like this: evicted when the peer closed or reset it after it
   * was connected, else failed.
   */
  public Outcome outcome(boolean connected) {
    boolean byPeer = this == CLOSED || this == RESET;
    return byPeer && connected ? Outcome.EVICTED : Outcome.FAILED;
  }
}

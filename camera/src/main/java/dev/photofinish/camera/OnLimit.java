package dev.photofinish.camera;

/** The treatment of clients beyond a camera's limit. */
public enum OnLimit {
  /** The oldest connection is closed (FIN) in the instant in which a newer one arrives. */
  DROP_OLDEST,
  /** As before, but of the same address alone; a client of another address is reset. */
  DROP_OLDEST_OF_SOURCE,
  /** The new connection is accepted by the kernel and reset at once. */
  REJECT_NEW,
  /** The new connection stays open and is never answered, also not when a slot becomes free. */
  SILENT,
  /** Counts sessions: one beyond the limit is answered 453 Not Enough Bandwidth. */
  STATUS_453,
  /** Counts sessions: one beyond the limit is answered 503 Service Unavailable. */
  STATUS_503,
  /**
   * Counts sessions: the first beyond the limit gets key frames only, the next is answered 453, and
   * a connection beyond those two is closed (FIN) at once.
   */
  DEGRADE;

  /** Whether sessions are counted, and not connections. */
  public boolean countsSessions() {
    return this == STATUS_453 || this == STATUS_503 || this == DEGRADE;
  }
}

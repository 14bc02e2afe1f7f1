package dev.photofinish.relay.web.live;

/** Bounds what waits for a viewer: the decision for each fragment. */
final class SlowViewer {
  private final long most;
  private final long patienceNanos;
  private long waiting;
  private boolean skipping;
  private long skippingSince;

  /** The fate of a fragment. */
  enum Decision {
    SEND,
    /** It is left out, and all up to a key frame that has room. */
    SKIP,
    /** The viewer has not caught up. */
    CLOSE
  }

  /**
   * @param most bytes that may wait
   * @param patienceNanos after which a viewer that still has no room is closed
   */
  SlowViewer(long most, long patienceNanos) {
    this.most = most;
    this.patienceNanos = patienceNanos;
  }

  /** Where it says {@link Decision#SEND}, {@link #sent} must follow. */
  synchronized Decision next(int bytes, boolean keyFrame, long now) {
    if (skipping && keyFrame && waiting <= most / 2) {
      skipping = false;
    } else if (!skipping && waiting > most) {
      skipping = true;
      skippingSince = now;
    }
    if (!skipping) {
      waiting += bytes;
      return Decision.SEND;
    }
    boolean hopeless = waiting > most / 2 && now - skippingSince >= patienceNanos;
    return hopeless ? Decision.CLOSE : Decision.SKIP;
  }

  /** Bytes that no longer wait, sent or not. */
  synchronized void sent(int bytes) {
    waiting -= bytes;
  }
}

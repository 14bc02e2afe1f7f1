package dev.photofinish.relay.fanout;

/**
 * The need of readers for a key frame, which the camera is asked for until one comes: at most each
 * second where nobody can be shown anything before it, and more rarely where one reader has missed
 * something, since the larger picture goes to all the others too.
 *
 * <p>Not safe for use by several threads. Times are nanoseconds of the caller's clock.
 */
public final class KeyFrameDemand {
  private static final long SECOND = 1_000_000_000L;
  private static final long FOR_ONE = 5 * SECOND;

  private final Runnable ask;
  private boolean needed;
  private boolean missed;
  private boolean asked;
  private long askedAt;

  /**
   * @param ask asks the camera
   */
  public KeyFrameDemand(Runnable ask) {
    this.ask = ask;
  }

  /** Someone can be shown nothing before a key frame comes. */
  void need(long now) {
    needed = true;
    tick(now);
  }

  /** One reader goes on with the next key frame. */
  void missed(long now) {
    missed = true;
    tick(now);
  }

  /** A key frame came. */
  void came() {
    needed = false;
    missed = false;
  }

  /** Asks, if something is needed and it may be asked for again. */
  void tick(long now) {
    if ((needed && isRested(SECOND, now)) || (missed && isRested(FOR_ONE, now))) {
      asked = true;
      askedAt = now;
      ask.run();
    }
  }

  private boolean isRested(long interval, long now) {
    return !asked || now - askedAt >= interval;
  }
}

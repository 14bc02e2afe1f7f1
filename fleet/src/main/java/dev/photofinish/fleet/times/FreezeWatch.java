package dev.photofinish.fleet.times;

/**
 * Notices that its process stood still: what a node knew before a long pause no longer holds, since
 * others may have taken over its cameras meanwhile.
 */
public final class FreezeWatch {
  private final long limit;
  private long last;

  /**
   * Begins to watch.
   *
   * @param limit of a pause that changes nothing, nanoseconds
   * @param now nanoseconds
   */
  public FreezeWatch(long limit, long now) {
    this.limit = limit;
    this.last = now;
  }

  /**
   * Takes the present time, often; true if too much of it has passed since the last call.
   *
   * @param now nanoseconds
   */
  public boolean isFrozen(long now) {
    boolean frozen = now - last > limit;
    last = now;
    return frozen;
  }
}

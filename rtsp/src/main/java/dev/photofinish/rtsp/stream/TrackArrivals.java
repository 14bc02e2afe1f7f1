package dev.photofinish.rtsp.stream;

/**
 * The times at which the media of one track came: the only record of them. One thread writes it,
 * any may ask. Times are nanoseconds of the driver's clock.
 */
public final class TrackArrivals {
  private volatile boolean any;
  private volatile long first;
  private volatile long last;

  /** A packet of a described payload type came. */
  public void packet(long now) {
    last = now;
    if (!any) {
      first = now;
      any = true;
    }
  }

  boolean any() {
    return any;
  }

  long first() {
    return first;
  }

  long last() {
    return last;
  }
}

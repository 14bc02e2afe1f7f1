package dev.photofinish.rtsp.stream;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The times at which the media of one track came: the only record of them. One thread writes it,
 * any may ask. Times are nanoseconds of the driver's clock.
 */
public final class TrackArrivals {
  private static final VarHandle LAST = lastField();

  private volatile boolean any;
  private volatile long first;

  /** Written with each packet: opaque, since a volatile write waits for all writes before it. */
  @SuppressWarnings("UnusedVariable") // it is read by its handle
  private long last;

  private static VarHandle lastField() {
    try {
      return MethodHandles.lookup().findVarHandle(TrackArrivals.class, "last", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** A packet of a described payload type came. */
  public void packet(long now) {
    LAST.setOpaque(this, now);
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
    return (long) LAST.getOpaque(this);
  }
}

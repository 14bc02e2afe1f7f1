package dev.photofinish.rtsp.stream;

import java.util.ArrayList;
import java.util.List;

/**
 * The times at which media came on one connection, as its tracks say. One thread assigns the
 * tracks, any may ask.
 */
public final class MediaArrivals {
  private volatile List<TrackArrivals> tracks = List.of();

  /** What comes from now on is of {@code next}; what came before on other tracks still counts. */
  public void assign(List<TrackArrivals> next) {
    List<TrackArrivals> asked = new ArrayList<>(next);
    if (any()) {
      TrackArrivals before = new TrackArrivals();
      before.packet(first());
      before.packet(last());
      asked.add(before);
    }
    tracks = List.copyOf(asked);
  }

  /** Whether any media came. */
  public boolean any() {
    for (TrackArrivals track : tracks) {
      if (track.any()) {
        return true;
      }
    }
    return false;
  }

  /** When the first came; without media, 0. */
  public long first() {
    boolean found = false;
    long first = 0;
    for (TrackArrivals track : tracks) {
      if (track.any() && (!found || track.first() - first < 0)) {
        found = true;
        first = track.first();
      }
    }
    return first;
  }

  /** When the last came; without media, 0. */
  public long last() {
    boolean found = false;
    long last = 0;
    for (TrackArrivals track : tracks) {
      if (track.any() && (!found || track.last() - last > 0)) {
        found = true;
        last = track.last();
      }
    }
    return last;
  }

  /** Whether media came within {@code nanos} before {@code now}. */
  public boolean within(long nanos, long now) {
    return any() && now - last() <= nanos;
  }
}

package dev.photofinish.rtsp.stream;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The one clock on which the frames of all media of a stream are due, over all its connections.
 *
 * <p>It is 0 at the first frame and never goes back for a media from one connection to the next.
 * {@link ConnectionClock} says how a connection's RTP timestamps become times of it.
 *
 * <p>Pure: times of arrival are nanoseconds of the caller's clock. Not safe for use by several
 * threads.
 */
public final class FrameClock {
  private boolean started;
  private long lastTime;
  private long lastArrival;

  /** The latest time of each media, by its number; bounded as the media of a session are. */
  private final Map<Integer, Long> latest = new HashMap<>();

  private @Nullable ConnectionClock current;

  /** Whether a frame had its time already. */
  boolean isStarted() {
    return started;
  }

  /** The connection whose frames are the stream's from now on; what its predecessor knew of. */
  Optional<ConnectionClock> take(ConnectionClock next) {
    Optional<ConnectionClock> before = Optional.ofNullable(current);
    current = next;
    return before;
  }

  boolean isCurrent(ConnectionClock connection) {
    return current == connection;
  }

  /** When something is due that came at {@code arrival}, as far as arrival says it. */
  long byArrival(long arrival) {
    return started ? lastTime + (arrival - lastArrival) : 0;
  }

  /** The latest time of the media with this number. */
  OptionalLong latest(int track) {
    Long time = latest.get(track);
    return time == null ? OptionalLong.empty() : OptionalLong.of(time);
  }

  void emitted(int track, long time, long arrival) {
    latest.merge(track, time, Math::max);
    if (!started || time >= lastTime) {
      lastTime = time;
      lastArrival = arrival;
    }
    started = true;
  }
}

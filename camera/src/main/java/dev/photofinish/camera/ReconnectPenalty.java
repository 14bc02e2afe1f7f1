package dev.photofinish.camera;

import java.net.InetAddress;
import java.util.Map;

/**
 * The treatment of clients that come back too soon: for {@link Knob#RECONNECT_PENALTY} each of
 * their requests is answered 503, twice as long with each time. One that waits is forgiven.
 */
final class ReconnectPenalty {

  private static final long TOO_SOON_NANOS = 5_000_000_000L;
  private static final int MOST_DOUBLINGS = 6;

  private static final class Source {
    private long end;
    private long until;
    private int times;

    private Source(long now) {
      this.end = now;
      this.until = now;
    }
  }

  private final long penalty;
  private final Map<InetAddress, Source> sources = new BoundedMap<>();

  ReconnectPenalty(CameraOptions options) {
    this.penalty = options.get(Knob.RECONNECT_PENALTY).toNanos();
  }

  /** Whether this connection of {@code address} begins a penalty. */
  boolean connected(InetAddress address, long now) {
    Source source = sources.get(address);
    if (source == null) {
      return false;
    }
    if (now - source.end >= TOO_SOON_NANOS) {
      source.times = now - source.until < 0 ? source.times : 0;
      return false;
    }
    source.until = now + (penalty << Math.min(source.times, MOST_DOUBLINGS));
    source.times++;
    return true;
  }

  void closed(InetAddress address, long now) {
    if (penalty > 0) {
      sources.computeIfAbsent(address, key -> new Source(now)).end = now;
    }
  }

  boolean applies(InetAddress address, long now) {
    Source source = sources.get(address);
    return source != null && now - source.until < 0;
  }

  void clear() {
    sources.clear();
  }
}

package dev.photofinish.retry;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which endpoints are connection-limited devices, learnt after the race: a winner that the peer
 * closed within 30 s of winning, twice in a row. Hybrid races such an endpoint as last-wins from
 * the start.
 *
 * <p>Kept per endpoint and local network, since the same name can be another device elsewhere. A
 * memory lasts 10 minutes without new evidence. Holds at most {@code capacity} endpoints; the one
 * that was longest not used goes first. Times are nanoseconds of one ticker, compared by
 * subtraction. Safe for use by several threads.
 */
public final class EndpointMemory {
  private static final long EARLY = Duration.ofSeconds(30).toNanos();
  private static final long LASTS = Duration.ofMinutes(10).toNanos();

  /**
   * What is remembered together.
   *
   * @param endpoint such as {@code camera.example:554}
   * @param network what tells one local network from another, such as the local address
   */
  public record Key(String endpoint, String network) {}

  private record Evidence(boolean twice, long at) {
    boolean isFresh(long now) {
      return now - at < LASTS;
    }
  }

  private final int capacity;
  private final Map<Key, Evidence> evidence = new LinkedHashMap<>(16, 0.75f, true);

  /** Remembers at most {@code capacity} endpoints, 1 or more. */
  public EndpointMemory(int capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException(
          "capacity: " + capacity + " is not valid; expected 1 or more");
    }
    this.capacity = capacity;
  }

  /** The peer closed or reset a race's winner. */
  public synchronized void winnerClosed(Key key, long wonAt, long now) {
    if (now - wonAt > EARLY) {
      winnerLasted(key, now);
      return;
    }
    evidence.put(key, new Evidence(fresh(key, now) != null, now));
    if (evidence.size() > capacity) {
      evidence.remove(evidence.keySet().iterator().next());
    }
  }

  /**
   * A winner was still open 30 s after winning, or ended earlier for another reason than the peer's
   * close: closes before it are not in a row with later ones. What is remembered already stays.
   */
  public synchronized void winnerLasted(Key key, long now) {
    if (!isConnectionLimited(key, now)) {
      evidence.remove(key);
    }
  }

  public synchronized boolean isConnectionLimited(Key key, long now) {
    Evidence known = fresh(key, now);
    return known != null && known.twice;
  }

  /** The network changed: forgets everything. */
  public synchronized void forget() {
    evidence.clear();
  }

  private @Nullable Evidence fresh(Key key, long now) {
    Evidence known = evidence.get(key);
    if (known == null || known.isFresh(now)) {
      return known;
    }
    evidence.remove(key);
    return null;
  }
}

package dev.photofinish.clientlimit;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The memory of devices that take few clients, made from evidence: their {@link ClientLimit}s, and
 * which are to be left alone for now. Hybrid races such a device as last-wins from the start.
 *
 * <p>Kept per endpoint and local network, since the same name can be another device elsewhere. A
 * memory lasts 10 minutes without new evidence; the newest evidence wins. Holds at most {@code
 * capacity} endpoints; the one that was longest not used goes first. Times are nanoseconds of one
 * ticker, compared by subtraction. Safe for use by several threads.
 */
public final class LimitMemory {
  /**
   * A device on a local network.
   *
   * @param endpoint such as {@code camera.example:554}
   * @param network what sets one local network apart from another, such as the local address
   */
  public record Key(String endpoint, String network) {}

  private final int capacity;
  private final Map<Key, LimitRecord> devices = new LinkedHashMap<>(16, 0.75f, true);

  /** Remembers at most {@code capacity} endpoints, 1 or more. */
  public LimitMemory(int capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException(
          "capacity: " + capacity + " is not valid; expected 1 or more");
    }
    this.capacity = capacity;
  }

  /** Takes note of a fact; true when the {@link #profile} says something else now. */
  public synchronized boolean learn(Key key, LimitEvidence fact, long now) {
    LimitRecord before = device(key, now);
    LimitRecord after = before.after(fact, now);
    remember(key, after);
    ClientLimit profile = after.profile();
    return profile == null ? before.profile() != null : !profile.concludesAs(before.profile());
  }

  /**
   * Takes in what another memory has concluded, unless it is forgotten by now, or what is known
   * here was seen as late. It is newer evidence's to change.
   *
   * @param limit whose {@link ClientLimit#seenAt} is by this memory's ticker
   */
  public synchronized void restore(Key key, ClientLimit limit, long now) {
    LimitRecord known = device(key, now);
    ClientLimit profile = known.profile();
    if (profile == null || profile.seenAt() - limit.seenAt() < 0) {
      remember(key, known.with(limit).at(now));
    }
  }

  /** What is known of a device that takes few clients; null when nothing says that it does. */
  public synchronized @Nullable ClientLimit profile(Key key, long now) {
    return device(key, now).profile();
  }

  /**
   * For how many nanoseconds a device that said that it is full (453, 503, reset after accept) is
   * still to be left alone: 5 s from then, or for as long as it asked; 0 when it is not.
   *
   * @param cap {@code reconnection-timeout}: what it asked for holds within this
   */
  public synchronized long rest(Key key, long now, Duration cap) {
    Cooldown rest = device(key, now).rest();
    return rest == null ? 0 : Math.max(0, rest.left(now, cap));
  }

  /**
   * Whether what is known of a device may be about one stream of it alone: that was the only one
   * that it answered that it is full. An attempt of another one shows whether it is.
   *
   * @param stream that other one's name
   */
  public synchronized boolean refusedAnotherAlone(Key key, String stream, long now) {
    return device(key, now).refusedAnotherAlone(stream);
  }

  /** The network changed: forgets everything. */
  public synchronized void forget() {
    devices.clear();
  }

  private LimitRecord device(Key key, long now) {
    LimitRecord known = devices.get(key);
    if (known == null) {
      return LimitRecord.UNKNOWN;
    }
    LimitRecord fresh = known.at(now);
    remember(key, fresh);
    return fresh;
  }

  private void remember(Key key, LimitRecord device) {
    if (device.equals(LimitRecord.UNKNOWN)) {
      devices.remove(key);
      return;
    }
    devices.put(key, device);
    if (devices.size() > capacity) {
      devices.remove(devices.keySet().iterator().next());
    }
  }
}

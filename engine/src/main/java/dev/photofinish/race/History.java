package dev.photofinish.race;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What earlier races learnt of addresses: how long connecting took. {@code racing-delay-ms=auto},
 * the patience of rule 4 and the order of RFC 8305 section 4 use it.
 *
 * <p>Kept per address and local network: another network is another path. Lasts 10 minutes without
 * a new connect time, and holds at most {@code capacity} addresses; the one that was longest not
 * used goes first. Times are nanoseconds of one ticker, compared by subtraction. Safe for use by
 * several threads.
 */
public final class History {
  /** What an application keeps unless it says otherwise. */
  public static final int DEFAULT_CAPACITY = 10_000;

  private static final long LASTS = Duration.ofMinutes(10).toNanos();

  private record Key(String network, InetSocketAddress remote) {}

  private record Entry(Experience experience, long at) {}

  private final int capacity;
  private final Map<Key, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);

  /** Remembers at most {@code capacity} addresses, 1 or more. */
  public History(int capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException(
          "capacity: " + capacity + " is not valid; expected 1 or more");
    }
    this.capacity = capacity;
  }

  /** Learns the connect time of every attempt of {@code report} that was connected. */
  public synchronized void learn(String network, RaceReport report, long now) {
    for (RaceReport.Attempt attempt : report.attempts()) {
      if (attempt.connected() >= 0) {
        learn(
            new Key(network, attempt.candidate().remote()),
            attempt.connected() - attempt.start(),
            now);
      }
    }
  }

  private void learn(Key key, long time, long now) {
    Experience before = fresh(key, now);
    entries.put(key, new Entry(before == null ? Experience.first(time) : before.with(time), now));
    if (entries.size() > capacity) {
      entries.remove(entries.keySet().iterator().next());
    }
  }

  /** What is known of {@code remote}, null if nothing is. */
  public synchronized @Nullable Experience of(String network, InetSocketAddress remote, long now) {
    return fresh(new Key(network, remote), now);
  }

  /** The network changed: what was learnt through the old one is gone. */
  public synchronized void forget() {
    entries.clear();
  }

  private @Nullable Experience fresh(Key key, long now) {
    Entry entry = entries.get(key);
    if (entry == null || now - entry.at() < LASTS) {
      return entry == null ? null : entry.experience();
    }
    entries.remove(key);
    return null;
  }
}

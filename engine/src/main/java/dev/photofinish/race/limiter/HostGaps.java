package dev.photofinish.race.limiter;

import java.net.InetAddress;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The times at which hosts were dialled last, for as long as it matters: the hosts of the last gap,
 * at most 10,000 of them.
 */
final class HostGaps {
  private static final int MOST_HOSTS = 10_000;

  private static final class Entry {
    long dialled;

    /** The latest time that was given to somebody to ask again at. */
    long promised;
  }

  private final Map<InetAddress, Entry> hosts = new LinkedHashMap<>();

  /** How long until {@code host} may be dialled; who asks after others gets a later time. */
  long delay(InetAddress host, long gap, long now) {
    Entry entry = hosts.get(host);
    if (entry == null || now - entry.dialled >= gap) {
      return 0;
    }
    entry.promised = entry.promised - now > 0 ? entry.promised + gap : entry.dialled + gap;
    return entry.promised - now;
  }

  void dialled(InetAddress host, long gap, long now) {
    Entry entry = hosts.remove(host);
    if (entry == null) {
      entry = new Entry();
      entry.promised = now;
    }
    entry.dialled = now;
    hosts.put(host, entry);
    forgetBefore(now - gap);
  }

  private void forgetBefore(long time) {
    Iterator<Entry> oldest = hosts.values().iterator();
    while (oldest.hasNext()) {
      if (oldest.next().dialled - time > 0 && hosts.size() <= MOST_HOSTS) {
        return;
      }
      oldest.remove();
    }
  }

  int size() {
    return hosts.size();
  }
}

package dev.photofinish.race.limiter;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The number of dials that may be in progress: {@code max-dials} as long as somebody answers. When
 * many hosts fall silent at once and nobody answers, it is the network that is gone: the window is
 * halved, once for the dials that are under way, and grows again by one with each answer. Without
 * either it grows by one a second.
 *
 * <p>A host that was silent the last time is no news: cameras that are gone for good do not make
 * the others wait.
 */
final class DialWindow {
  /** So many hosts that fall silent are not a few dead cameras. */
  static final int MANY_HOSTS = 8;

  private static final int SMALLEST_SHARE = 16;
  private static final int MOST_HOSTS = 10_000;
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final int max;
  private final int min;
  private final Set<InetAddress> knownSilent = new LinkedHashSet<>();
  private int size;
  private int news;
  private boolean begun;
  private long lastHeard;
  private long lastShrunk;
  private long lastGrown;

  DialWindow(int max) {
    this.max = max;
    min = Math.max(1, max / SMALLEST_SHARE);
    size = max;
  }

  /** As of the last time that was given. */
  int size() {
    return size;
  }

  int size(long now) {
    if (size < max && now - lastGrown >= SECOND) {
      long seconds = (now - lastGrown) / SECOND;
      size = (int) Math.min(max, size + seconds);
      lastGrown += seconds * SECOND;
    }
    return size;
  }

  /** Hosts that were silent the last time. */
  int remembered() {
    return knownSilent.size();
  }

  /** {@code host} answered a dial, be it by refusing it. */
  void heard(InetAddress host, long now) {
    begun = true;
    lastHeard = now;
    news = 0;
    knownSilent.remove(host);
    size = Math.min(max, size + 1);
  }

  /** Nobody answered the dial of {@code host} that started at {@code startedAt}. */
  void silent(InetAddress host, long startedAt, long now) {
    boolean isNews = remember(host);
    if (!begun) {
      begun = true;
      lastHeard = startedAt;
      lastShrunk = startedAt;
    }
    if (isNews && startedAt - lastHeard >= 0 && startedAt - lastShrunk >= 0) {
      news++;
    }
    if (news >= MANY_HOSTS) {
      size = Math.max(min, size(now) / 2);
      news = 0;
      lastShrunk = now;
      lastGrown = now;
    }
  }

  private boolean remember(InetAddress host) {
    boolean added = knownSilent.add(host);
    if (knownSilent.size() > MOST_HOSTS) {
      Iterator<InetAddress> oldest = knownSilent.iterator();
      oldest.next();
      oldest.remove();
    }
    return added;
  }
}

package dev.photofinish.relay.rtsp;

import java.util.HashMap;
import java.util.Map;

/**
 * Counts of what is open, in all and by a key, each with a limit. A key is forgotten with its last
 * one. Any thread uses it.
 */
final class LimitedCounts<K> {
  /** An answer of {@link #enter}. */
  enum Entry {
    ENTERED,
    FULL,
    FULL_OF_KEY
  }

  private final int most;
  private final int mostOfKey;
  private final Map<K, Integer> counts = new HashMap<>();
  private int all;

  LimitedCounts(int most, int mostOfKey) {
    this.most = most;
    this.mostOfKey = mostOfKey;
  }

  /** Counts one more, unless a limit is reached. */
  synchronized Entry enter(K key) {
    int ofKey = counts.getOrDefault(key, 0);
    if (all >= most) {
      return Entry.FULL;
    }
    if (ofKey >= mostOfKey) {
      return Entry.FULL_OF_KEY;
    }
    all++;
    counts.put(key, ofKey + 1);
    return Entry.ENTERED;
  }

  /** Counts one less, which has entered. */
  synchronized void leave(K key) {
    all--;
    counts.computeIfPresent(key, (same, count) -> count == 1 ? null : count - 1);
  }
}

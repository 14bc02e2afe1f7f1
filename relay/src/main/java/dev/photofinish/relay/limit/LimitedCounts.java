package dev.photofinish.relay.limit;

import java.util.HashMap;
import java.util.Map;

/**
 * Counts of what is open, in all and by a key, each with a limit. A key is forgotten with its last
 * one. Any thread uses it.
 */
public final class LimitedCounts<K> {
  /** An answer of {@link #enter}. */
  public enum Entry {
    ENTERED,
    FULL,
    FULL_OF_KEY
  }

  private final int most;
  private final int mostOfKey;
  private final Map<K, Integer> counts = new HashMap<>();
  private int all;

  /**
   * Counts of nothing.
   *
   * @param most in all
   * @param mostOfKey of one key
   */
  public LimitedCounts(int most, int mostOfKey) {
    this.most = most;
    this.mostOfKey = mostOfKey;
  }

  /** Counts one more, unless a limit is reached. */
  public synchronized Entry enter(K key) {
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
  public synchronized void leave(K key) {
    all--;
    counts.computeIfPresent(key, (same, count) -> count == 1 ? null : count - 1);
  }
}

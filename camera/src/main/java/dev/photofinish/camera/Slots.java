package dev.photofinish.camera;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** The slots that a camera has for clients; the first to take one is the oldest. */
final class Slots<T> {

  private final int limit;
  private final Set<T> taken = new LinkedHashSet<>();

  /**
   * @param limit 0 is no limit
   */
  Slots(int limit) {
    this.limit = limit;
  }

  boolean full() {
    return limit > 0 && taken.size() >= limit;
  }

  Optional<T> oldest() {
    return oldest(holder -> true);
  }

  Optional<T> oldest(Predicate<T> condition) {
    return taken.stream().filter(condition).findFirst();
  }

  boolean holds(T holder) {
    return taken.contains(holder);
  }

  void take(T holder) {
    taken.add(holder);
  }

  void release(T holder) {
    taken.remove(holder);
  }

  void clear() {
    taken.clear();
  }
}

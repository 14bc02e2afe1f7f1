package dev.photofinish.race.limiter;

import dev.photofinish.race.DialLimiter;
import dev.photofinish.race.Permit;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The queue of races that wait for a slot: those of one host in their order, hosts in turn. */
final class WaitingRaces {
  /** The next in the queue and the permit that it gets. */
  record Next(DialLimiter.Waiter waiter, Permit permit) {}

  private final Map<String, Map<DialLimiter.Waiter, Permit>> byHost = new LinkedHashMap<>();
  private int size;

  boolean isEmpty() {
    return size == 0;
  }

  int size() {
    return size;
  }

  void add(DialLimiter.Waiter waiter, Permit permit) {
    Map<DialLimiter.Waiter, Permit> ofHost =
        byHost.computeIfAbsent(waiter.host(), host -> new LinkedHashMap<>());
    size += ofHost.put(waiter, permit) == null ? 1 : 0;
  }

  /** Without effect if it does not wait. */
  void remove(DialLimiter.Waiter waiter) {
    Map<DialLimiter.Waiter, Permit> ofHost = byHost.get(waiter.host());
    if (ofHost == null || ofHost.remove(waiter) == null) {
      return;
    }
    size--;
    if (ofHost.isEmpty()) {
      byHost.remove(waiter.host());
    }
  }

  /** The next in turn, null if none waits. Its host goes to the end of the queue. */
  @Nullable Next next() {
    if (isEmpty()) {
      return null;
    }
    Iterator<Map.Entry<String, Map<DialLimiter.Waiter, Permit>>> hosts =
        byHost.entrySet().iterator();
    Map.Entry<String, Map<DialLimiter.Waiter, Permit>> entry = hosts.next();
    String host = entry.getKey();
    Map<DialLimiter.Waiter, Permit> ofHost = entry.getValue();
    hosts.remove();
    var first = ofHost.entrySet().iterator().next();
    Next next = new Next(first.getKey(), first.getValue());
    ofHost.remove(next.waiter());
    size--;
    if (!ofHost.isEmpty()) {
      byHost.put(host, ofHost);
    }
    return next;
  }
}

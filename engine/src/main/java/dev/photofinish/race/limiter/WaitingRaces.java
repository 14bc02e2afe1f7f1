package dev.photofinish.race.limiter;

import dev.photofinish.race.DialLimiter;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Races that wait for a place: those of one host in their order, hosts in turn. */
final class WaitingRaces {
  private final Map<String, Set<DialLimiter.Racer>> byHost = new LinkedHashMap<>();
  private int size;

  boolean isEmpty() {
    return size == 0;
  }

  int size() {
    return size;
  }

  void add(DialLimiter.Racer racer) {
    size += byHost.computeIfAbsent(racer.host(), host -> new LinkedHashSet<>()).add(racer) ? 1 : 0;
  }

  /** False if it does not wait. */
  boolean remove(DialLimiter.Racer racer) {
    Set<DialLimiter.Racer> ofHost = byHost.get(racer.host());
    if (ofHost == null || !ofHost.remove(racer)) {
      return false;
    }
    size--;
    if (ofHost.isEmpty()) {
      byHost.remove(racer.host());
    }
    return true;
  }

  /** The next in turn; there must be one. Its host goes to the end of the row. */
  DialLimiter.Racer next() {
    Iterator<Map.Entry<String, Set<DialLimiter.Racer>>> hosts = byHost.entrySet().iterator();
    Map.Entry<String, Set<DialLimiter.Racer>> entry = hosts.next();
    String host = entry.getKey();
    Set<DialLimiter.Racer> ofHost = entry.getValue();
    hosts.remove();
    DialLimiter.Racer next = ofHost.iterator().next();
    ofHost.remove(next);
    size--;
    if (!ofHost.isEmpty()) {
      byHost.put(host, ofHost);
    }
    return next;
  }
}

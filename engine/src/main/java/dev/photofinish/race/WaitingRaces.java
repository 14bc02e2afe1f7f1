package dev.photofinish.race;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Races that wait for a place: those of one host in their order, hosts in turn. */
final class WaitingRaces {
  private final Map<String, Set<Budget.Racer>> byHost = new LinkedHashMap<>();
  private int size;

  boolean isEmpty() {
    return size == 0;
  }

  int size() {
    return size;
  }

  void add(Budget.Racer racer) {
    size += byHost.computeIfAbsent(racer.host(), host -> new LinkedHashSet<>()).add(racer) ? 1 : 0;
  }

  /** False if it does not wait. */
  boolean remove(Budget.Racer racer) {
    Set<Budget.Racer> ofHost = byHost.get(racer.host());
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
  Budget.Racer next() {
    Iterator<Map.Entry<String, Set<Budget.Racer>>> hosts = byHost.entrySet().iterator();
    Map.Entry<String, Set<Budget.Racer>> entry = hosts.next();
    String host = entry.getKey();
    Set<Budget.Racer> ofHost = entry.getValue();
    hosts.remove();
    Budget.Racer next = ofHost.iterator().next();
    ofHost.remove(next);
    size--;
    if (!ofHost.isEmpty()) {
      byHost.put(host, ofHost);
    }
    return next;
  }
}

package dev.photofinish.rtsp.limit;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one client to one endpoint, and the places that its races claim there: what
 * counts against the endpoint's limit. Not safe for use by several threads.
 *
 * <p>It holds what the client itself opened, and so no more than that.
 */
final class EndpointClients {
  private final Map<Long, ConnectionFacts> connections = new LinkedHashMap<>();
  private final Map<Object, Integer> claims = new HashMap<>();

  boolean isEmpty() {
    return connections.isEmpty() && claims.isEmpty();
  }

  // ---- Connections

  void opened(long id, ConnectionFacts facts) {
    connections.put(id, facts);
  }

  void change(long id, UnaryOperator<ConnectionFacts> change) {
    connections.computeIfPresent(id, (known, facts) -> change.apply(facts));
  }

  void forget(long id) {
    connections.remove(id);
  }

  @Nullable ConnectionFacts facts(long id) {
    return connections.get(id);
  }

  /** How many connections answer to {@code condition}, {@code but} left out. */
  int count(Predicate<ConnectionFacts> condition, long but) {
    int count = 0;
    for (Map.Entry<Long, ConnectionFacts> each : connections.entrySet()) {
      count += each.getKey() != but && condition.test(each.getValue()) ? 1 : 0;
    }
    return count;
  }

  /** Whether the device closed this connection to make room for a newer one of ours. */
  boolean madeRoom(long closed) {
    ConnectionFacts facts = connections.get(closed);
    return facts != null
        && count(newer -> newer.isCounted() && madeRoomFor(facts, newer), closed) > 0;
  }

  /** Whether this connection cost another stream its own. */
  boolean evictedAnother(long newest) {
    ConnectionFacts facts = connections.get(newest);
    return facts != null
        && count(
                older -> older.isEvictedFromAnother(facts.stream()) && madeRoomFor(older, facts),
                newest)
            > 0;
  }

  private boolean madeRoomFor(ConnectionFacts older, ConnectionFacts newer) {
    return older.madeRoomFor(newer, older.closedAt()) && !hadRoom(newer);
  }

  /**
   * Whether the device had closed one of ours by itself when this one was dialled: there was a
   * place for it, and what closes then closes with the other, as when a device starts again.
   */
  private boolean hadRoom(ConnectionFacts newer) {
    for (ConnectionFacts earlier : connections.values()) {
      if (earlier.state() == ConnectionFacts.State.EVICTED
          && newer.dialledAt() - earlier.closedAt() >= 0
          && !madeRoomForAny(earlier)) {
        return true;
      }
    }
    return false;
  }

  private boolean madeRoomForAny(ConnectionFacts older) {
    for (ConnectionFacts newer : connections.values()) {
      if (older.madeRoomFor(newer, older.closedAt())) {
        return true;
      }
    }
    return false;
  }

  // ---- Places

  /** A race of {@code stream} may have so many connections. */
  void claim(Object stream, int places) {
    claims.put(stream, places);
  }

  void release(Object stream) {
    claims.remove(stream);
  }

  /** How many places the connections of {@code stream} take. */
  int own(Object stream) {
    int own = 0;
    for (ConnectionFacts facts : connections.values()) {
      own += facts.isCounted() && facts.stream() == stream ? 1 : 0;
    }
    return own;
  }

  /** How many places all other streams take: each what it has, or what its race may have. */
  int others(Object stream) {
    Map<Object, Integer> taken = new HashMap<>();
    for (ConnectionFacts facts : connections.values()) {
      if (facts.isCounted()) {
        taken.merge(facts.stream(), 1, Integer::sum);
      }
    }
    claims.forEach((of, places) -> taken.merge(of, places, Math::max));
    taken.remove(stream);
    int sum = 0;
    for (int places : taken.values()) {
      sum += places;
    }
    return sum;
  }
}

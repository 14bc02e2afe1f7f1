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
    if (!hadRoom(facts)) {
      connections.replaceAll(
          (older, closed) -> closed.madeRoomFor(facts) ? closed.withRoomMade() : closed);
    }
  }

  void change(long id, UnaryOperator<ConnectionFacts> change) {
    ConnectionFacts facts = connections.computeIfPresent(id, (known, old) -> change.apply(old));
    if (facts != null
        && count(newer -> newer.isCounted() && facts.madeRoomFor(newer) && !hadRoom(newer), id)
            > 0) {
      connections.put(id, facts.withRoomMade());
    }
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
    return facts != null && facts.madeRoom();
  }

  /** Whether this connection cost another stream its own. */
  boolean evictedAnother(long newest) {
    ConnectionFacts facts = connections.get(newest);
    return facts != null
        && count(
                older ->
                    older.madeRoom()
                        && older.stream() != facts.stream()
                        && older.madeRoomFor(facts),
                newest)
            > 0;
  }

  /**
   * Whether the device had closed one of ours by itself, and this was the first to be dialled after
   * that: there was a place for it, and what closes then closes with the other, as when a device
   * starts again.
   */
  private boolean hadRoom(ConnectionFacts newer) {
    ConnectionFacts left = null;
    for (ConnectionFacts earlier : connections.values()) {
      if (earlier.leftPlace()
          && earlier.closedAt() - newer.dialledAt() < 0
          && (left == null || earlier.closedAt() - left.closedAt() > 0)) {
        left = earlier;
      }
    }
    return left != null && isFirstAfter(left.closedAt(), newer);
  }

  private boolean isFirstAfter(long time, ConnectionFacts newer) {
    for (ConnectionFacts each : connections.values()) {
      if (each.dialledAt() - time > 0 && each.dialledAt() - newer.dialledAt() < 0) {
        return false;
      }
    }
    return true;
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

package dev.photofinish.rtsp.client;

import dev.photofinish.clientlimit.ClientLimit;
import dev.photofinish.clientlimit.LimitEvidence;
import dev.photofinish.clientlimit.LimitMemory;
import dev.photofinish.connect.Endpoint;
import dev.photofinish.host.LocalNetwork;
import dev.photofinish.race.Eviction;
import dev.photofinish.rtsp.stream.Admission;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a client's streams know together about devices that take few clients, and who of them is
 * where: so that none of them costs another its place. Safe for use by several threads.
 */
final class ClientLimits {
  private static final int REMEMBERED = 1000;
  private static final int MOST_REQUESTS = 64;

  /** Ends at one request that tell it apart from chance. */
  private static final int FATAL = 2;

  /** How a device behaves beyond how many clients it takes. */
  private static final class Habits {
    final Map<String, Integer> ends = new HashMap<>();
    Duration racingTimeout = Duration.ZERO;
  }

  private final LimitMemory memory = new LimitMemory(REMEMBERED);
  private final Map<LimitMemory.Key, Set<TrackedConnection>> connections = new HashMap<>();
  private final Map<LimitMemory.Key, Map<Object, Integer>> claims = new HashMap<>();
  private final Map<LimitMemory.Key, Habits> habits = new LinkedHashMap<>(16, 0.75f, true);
  private final Set<TrackedConnection> gone = new HashSet<>();
  private String network = "";

  /** What is learnt of an endpoint holds on the present network; a new one forgets all. */
  synchronized LimitMemory.Key key(Endpoint endpoint) {
    String present = LocalNetwork.present();
    if (!present.equals(network)) {
      memory.forget();
      habits.clear();
      network = present;
    }
    return new LimitMemory.Key(endpoint.toString(), present);
  }

  @Nullable ClientLimit profile(LimitMemory.Key key, long now) {
    return memory.profile(key, now);
  }

  /** True when the profile says something else now. */
  boolean learn(LimitMemory.Key key, LimitEvidence fact, long now) {
    return memory.learn(key, fact, now);
  }

  // ---- Requests and times

  /** The connection ended at {@code request}; true if that makes it twice. */
  synchronized boolean endedAt(LimitMemory.Key key, String request) {
    Habits habits = habits(key);
    boolean room = habits.ends.size() < MOST_REQUESTS || habits.ends.containsKey(request);
    return room && habits.ends.merge(request, 1, Integer::sum) == FATAL;
  }

  /** The requests that ended connections to the device twice. */
  synchronized Set<String> fatalRequests(LimitMemory.Key key) {
    Set<String> fatal = new HashSet<>();
    habits(key).ends.forEach((request, ends) -> addIf(ends >= FATAL, fatal, request));
    return fatal;
  }

  private static void addIf(boolean condition, Set<String> to, String text) {
    if (condition) {
      to.add(text);
    }
  }

  /** How long a race of the device may take at least; zero if nothing is known. */
  synchronized Duration racingTimeout(LimitMemory.Key key) {
    return habits(key).racingTimeout;
  }

  synchronized void racingTimeout(LimitMemory.Key key, Duration timeout) {
    habits(key).racingTimeout = timeout;
  }

  private Habits habits(LimitMemory.Key key) {
    Habits known = habits.computeIfAbsent(key, k -> new Habits());
    if (habits.size() > REMEMBERED) {
      habits.remove(habits.keySet().iterator().next());
    }
    return known;
  }

  // ---- Places

  /**
   * Asks for places for a race of {@code stream}; those given are its own until {@link #release}.
   *
   * @param cap {@code reconnection-timeout}
   */
  synchronized Admission admit(Object stream, LimitMemory.Key key, long now, Duration cap) {
    ClientLimit profile = memory.profile(key, now);
    long rest = memory.rest(key, now, cap);
    if (rest > 0) {
      String why = profile == null ? "said that it is full" : profile.toString();
      return Admission.later(
          rest, false, key.endpoint() + " " + why + ": left alone for " + millis(rest));
    }
    Admission admission = profile == null ? Admission.FREE : admit(stream, key, profile);
    if (admission.places() > 0) {
      claims
          .computeIfAbsent(key, k -> new HashMap<>())
          .put(stream, profile == null ? 1 : admission.places());
    }
    return admission;
  }

  private Admission admit(Object stream, LimitMemory.Key key, ClientLimit profile) {
    String device = key.endpoint() + " " + profile;
    int left = profile.places() - others(stream, key);
    int own = own(stream, key);
    if (left - own > 0) {
      return Admission.limited(
          left - own, device + ": at most " + (left - own) + " of our attempts connected at once");
    }
    return left > 0
        ? Admission.later(
            TrackedConnection.SETTLE.toNanos(),
            true,
            device + ": the old session is torn down first")
        : Admission.refused(device + ": other streams of this client have what places there are");
  }

  private static String millis(long nanos) {
    return Duration.ofNanos(nanos).toMillis() + " ms";
  }

  /** The race is over: what it won counts by its connection. */
  synchronized void release(Object stream, LimitMemory.Key key) {
    Map<Object, Integer> claimed = claims.get(key);
    if (claimed != null) {
      claimed.remove(stream);
      if (claimed.isEmpty()) {
        claims.remove(key);
      }
    }
  }

  /** Whether a stream may have one more connection beside those that it has. */
  synchronized boolean hasRoomBeside(Object stream, LimitMemory.Key key, long now) {
    ClientLimit profile = memory.profile(key, now);
    return profile == null || profile.places() - others(stream, key) - own(stream, key) > 0;
  }

  private int own(Object stream, LimitMemory.Key key) {
    return count(key, tracked -> tracked.stream() == stream);
  }

  private int others(Object stream, LimitMemory.Key key) {
    Set<Object> streams = new HashSet<>(claims.getOrDefault(key, Map.of()).keySet());
    connections.getOrDefault(key, Set.of()).forEach(tracked -> streams.add(tracked.stream()));
    streams.remove(stream);
    int taken = 0;
    for (Object other : streams) {
      int claimed = claims.getOrDefault(key, Map.of()).getOrDefault(other, 0);
      taken += Math.max(claimed, own(other, key));
    }
    return taken;
  }

  // ---- Tracked connections

  synchronized void opened(TrackedConnection tracked) {
    connections.computeIfAbsent(tracked.key(), k -> new HashSet<>()).add(tracked);
  }

  synchronized void left(TrackedConnection tracked) {
    Set<TrackedConnection> there = connections.get(tracked.key());
    if (there != null && there.remove(tracked) && there.isEmpty()) {
      connections.remove(tracked.key());
    }
  }

  /** The device closed it: remembered until {@link #forget}, in case that made room for another. */
  synchronized void closedByPeer(TrackedConnection tracked) {
    left(tracked);
    gone.add(tracked);
  }

  synchronized void forget(TrackedConnection tracked) {
    gone.remove(tracked);
  }

  /** Whether {@code newer} cost another stream its connection. */
  synchronized boolean evictedAnother(TrackedConnection newer) {
    return gone.stream()
        .anyMatch(
            v -> v.key().equals(newer.key()) && v.stream() != newer.stream() && newer.evicted(v));
  }

  /** How many of our connections to the device answer to {@code condition}. */
  synchronized int count(LimitMemory.Key key, Predicate<TrackedConnection> condition) {
    return (int) connections.getOrDefault(key, Set.of()).stream().filter(condition).count();
  }

  /** Whether a newer connection of ours was established just before {@code closed} was closed. */
  synchronized boolean madeRoom(TrackedConnection closed, long now) {
    return List.copyOf(connections.getOrDefault(closed.key(), Set.of())).stream()
        .anyMatch(
            v ->
                v != closed
                    && v.connectedAt() - closed.connectedAt() > 0
                    && Eviction.isEvidence(now, v.connectedAt()));
  }
}

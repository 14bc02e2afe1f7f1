package dev.photofinish.rtsp.limit;

import dev.photofinish.clientlimit.ClientLimit;
import dev.photofinish.clientlimit.LimitEvidence;
import dev.photofinish.clientlimit.LimitMemory;
import dev.photofinish.connect.route.Endpoint;
import dev.photofinish.host.LocalNetwork;
import dev.photofinish.rtsp.dialogue.KnownDevice;
import dev.photofinish.rtsp.dialogue.Trait;
import dev.photofinish.rtsp.stream.Admission;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The knowledge that the streams of a client share of devices that take few clients, and of the
 * client's connections there: so that no stream costs another its place. Safe for use by several
 * threads.
 */
public final class ClientLimits {
  private static final int REMEMBERED = 1000;

  /** A device may look at who came before it looks at who left. */
  static final Duration SETTLE = Duration.ofMillis(100);

  private final LimitMemory memory = new LimitMemory(REMEMBERED);
  private final DeviceHabits habits = new DeviceHabits(REMEMBERED);
  private final Map<LimitMemory.Key, EndpointClients> clients = new HashMap<>();
  private final Supplier<String> surroundings;
  private String network = "";
  private long lastId;

  /** What is learnt holds for the local network of this host. */
  public ClientLimits() {
    this(LocalNetwork::present);
  }

  /**
   * What is learnt holds where {@code surroundings} says that this host is.
   *
   * @param surroundings names it; cheap, as it is asked for each race
   */
  public ClientLimits(Supplier<String> surroundings) {
    this.surroundings = surroundings;
  }

  /** What is learnt of an endpoint holds on the present network; a new one forgets all. */
  public synchronized LimitMemory.Key key(Endpoint endpoint) {
    String present = surroundings.get();
    if (!present.equals(network)) {
      memory.forget();
      habits.forget();
      network = present;
    }
    return new LimitMemory.Key(endpoint.toString(), present);
  }

  /** What is known of a device that takes few clients; null when nothing says that it does. */
  public @Nullable ClientLimit profile(LimitMemory.Key key, long now) {
    return memory.profile(key, now);
  }

  /** {@link #profile(LimitMemory.Key, long)} of the first endpoint of which something is known. */
  public Optional<ClientLimit> profile(List<Endpoint> endpoints, long now) {
    return endpoints.stream()
        .map(endpoint -> profile(key(endpoint), now))
        .flatMap(Stream::ofNullable)
        .findFirst();
  }

  /**
   * {@link LimitMemory#restore} for each of a device's endpoints.
   *
   * @param age since {@code limit} was seen, by another clock than ours
   */
  public void restore(List<Endpoint> endpoints, ClientLimit limit, Duration age, long now) {
    ClientLimit known =
        new ClientLimit(
            limit.limit(), limit.policy(), limit.status(), limit.evidence(), now - age.toNanos());
    endpoints.forEach(endpoint -> memory.restore(key(endpoint), known, now));
  }

  /** True when the profile says something else now. */
  boolean learn(LimitMemory.Key key, LimitEvidence fact, long now) {
    return memory.learn(key, fact, now);
  }

  // ---- Requests and times

  /** {@link DeviceHabits#endedAt}. */
  synchronized boolean endedAt(LimitMemory.Key key, String request, long now) {
    return habits.endedAt(key, request, now);
  }

  /** {@link DeviceHabits#learnt}. */
  synchronized boolean learnt(LimitMemory.Key key, Trait trait) {
    return habits.learnt(key, trait);
  }

  /** {@link DeviceHabits#known}. */
  synchronized KnownDevice device(LimitMemory.Key key, long now) {
    return habits.known(key, now);
  }

  /** {@link DeviceHabits#racingTimeout}. */
  synchronized Duration racingTimeout(LimitMemory.Key key) {
    return habits.racingTimeout(key);
  }

  synchronized void racingTimeout(LimitMemory.Key key, Duration timeout) {
    habits.racingTimeout(key, timeout);
  }

  /** {@link DeviceHabits#overUdp}. */
  synchronized boolean overUdp(LimitMemory.Key key) {
    return habits.overUdp(key);
  }

  synchronized void overUdp(LimitMemory.Key key, boolean is) {
    habits.overUdp(key, is);
  }

  /** {@link DeviceHabits#isNewsThatItMoved}. */
  synchronized boolean isNewsThatItMoved(LimitMemory.Key key) {
    return habits.isNewsThatItMoved(key);
  }

  /** {@link DeviceHabits#hasPlayedOverTcp}. */
  synchronized boolean hasPlayedOverTcp(LimitMemory.Key key) {
    return habits.hasPlayedOverTcp(key);
  }

  /** {@link DeviceHabits#playing}. */
  synchronized void playing(LimitMemory.Key key, boolean overUdp, long now) {
    habits.playing(key, overUdp, now);
  }

  /** {@link DeviceHabits#setUpUnanswered}. */
  synchronized boolean setUpUnanswered(LimitMemory.Key key) {
    return habits.setUpUnanswered(key);
  }

  // ---- Places

  /**
   * Asks for places for a race of {@code stream}; those given are its own until {@link #release}.
   *
   * @param name of the stream
   * @param cap {@code reconnection-timeout}
   */
  synchronized Admission admit(
      Object stream, String name, LimitMemory.Key key, long now, Duration cap) {
    ClientLimit profile = memory.profile(key, now);
    long rest = memory.rest(key, now, cap);
    if (rest > 0) {
      String why = profile == null ? "said that it is full" : profile.toString();
      return Admission.later(
          rest, false, key.endpoint() + " " + why + ": left alone for " + millis(rest));
    }
    if (profile == null) {
      claim(stream, key, 1);
      return Admission.FREE;
    }
    boolean unsure = profile.limit() == null || memory.refusedAnotherAlone(key, name, now);
    Admission admission = admit(stream, key, profile, unsure);
    if (admission.places() > 0) {
      claim(stream, key, admission.places());
    }
    return admission;
  }

  private void claim(Object stream, LimitMemory.Key key, int places) {
    clients.computeIfAbsent(key, k -> new EndpointClients()).claim(stream, places);
  }

  /**
   * @param unsure whether the limit may be none for this stream
   */
  private Admission admit(Object stream, LimitMemory.Key key, ClientLimit profile, boolean unsure) {
    String device = key.endpoint() + " " + profile;
    EndpointClients known = known(key);
    int left = profile.places() - known.others(stream);
    int free = left - known.own(stream);
    if (free > 0) {
      return Admission.limited(
          free, device + ": at most " + free + " of our attempts connected at once");
    }
    if (left > 0) {
      return Admission.later(
          SETTLE.toNanos(), true, device + ": the old session is torn down first");
    }
    // What was never seen must not keep a stream away for good: one attempt shows it.
    return unsure && known.own(stream) == 0
        ? Admission.limited(1, device + ": one attempt beside another stream shows its limit")
        : Admission.refused(device + ": other streams of this client have what places there are");
  }

  private static String millis(long nanos) {
    return Duration.ofNanos(nanos).toMillis() + " ms";
  }

  /** The race is over: what it won counts by its connection. */
  synchronized void release(Object stream, LimitMemory.Key key) {
    change(key, known -> known.release(stream));
  }

  /** Whether a stream may have one more connection beside those that it has. */
  synchronized boolean hasRoomBeside(Object stream, LimitMemory.Key key, long now) {
    ClientLimit profile = memory.profile(key, now);
    EndpointClients known = known(key);
    return profile == null || profile.places() - known.others(stream) - known.own(stream) > 0;
  }

  // ---- Connections

  /** A connection that is about to be dialled. */
  synchronized TrackedConnection next(LimitMemory.Key key) {
    return new TrackedConnection(key, ++lastId);
  }

  synchronized void opened(TrackedConnection tracked, ConnectionFacts facts) {
    clients.computeIfAbsent(tracked.key(), k -> new EndpointClients()).opened(tracked.id(), facts);
  }

  synchronized void change(TrackedConnection tracked, UnaryOperator<ConnectionFacts> change) {
    known(tracked.key()).change(tracked.id(), change);
  }

  synchronized void forget(TrackedConnection tracked) {
    change(tracked.key(), known -> known.forget(tracked.id()));
  }

  synchronized @Nullable ConnectionFacts facts(TrackedConnection tracked) {
    return known(tracked.key()).facts(tracked.id());
  }

  /** {@link EndpointClients#evictedAnother}. */
  synchronized boolean evictedAnother(TrackedConnection newest) {
    return known(newest.key()).evictedAnother(newest.id());
  }

  /** {@link EndpointClients#madeRoom}. */
  synchronized boolean madeRoom(TrackedConnection closed) {
    return known(closed.key()).madeRoom(closed.id());
  }

  /** How many of our connections to the device answer to {@code condition}. */
  synchronized int count(LimitMemory.Key key, Predicate<ConnectionFacts> condition) {
    return known(key).count(condition, 0);
  }

  /** How many beside {@code but}. */
  synchronized int countBeside(TrackedConnection but, Predicate<ConnectionFacts> condition) {
    return known(but.key()).count(condition, but.id());
  }

  /** For a look or a change of what is there: nothing is kept of an endpoint that is not known. */
  private EndpointClients known(LimitMemory.Key key) {
    EndpointClients known = clients.get(key);
    return known == null ? new EndpointClients() : known;
  }

  private void change(LimitMemory.Key key, Consumer<EndpointClients> change) {
    EndpointClients known = known(key);
    change.accept(known);
    if (known.isEmpty()) {
      clients.remove(key);
    }
  }
}

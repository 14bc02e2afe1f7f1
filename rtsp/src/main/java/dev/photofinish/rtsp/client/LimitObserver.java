package dev.photofinish.rtsp.client;

import dev.photofinish.clientlimit.ClientLimit;
import dev.photofinish.clientlimit.LimitEvidence;
import dev.photofinish.clientlimit.LimitMemory;
import dev.photofinish.clientlimit.LimitPolicy;
import dev.photofinish.clientlimit.RaceEvidence;
import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.RaceReport;
import dev.photofinish.rtsp.dialogue.EndReason;
import dev.photofinish.rtsp.message.Excerpt;
import dev.photofinish.rtsp.stream.Admission;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One stream's eye on the devices that it dials: tells {@link ClientLimits} what it sees of them,
 * asks before it dials, and says what it decided and why.
 */
final class LimitObserver {
  private static final Logger LOG = LoggerFactory.getLogger(LimitObserver.class);

  /** Who brought media within this time is being served. */
  private static final long SERVED = Duration.ofSeconds(1).toNanos();

  private final Camera camera;
  private final Destination destination;
  private final ClientLimits devices;
  private final Ticker clock;
  private final BiConsumer<String, @Nullable ClientLimit> news;

  private List<LimitMemory.Key> keys = List.of();
  private String said = "";

  /**
   * @param news hears the endpoint and what is now known of it, null when that was wrong
   */
  LimitObserver(
      Camera camera,
      Destination destination,
      ClientLimits devices,
      Ticker clock,
      BiConsumer<String, @Nullable ClientLimit> news) {
    this.camera = camera;
    this.destination = destination;
    this.devices = devices;
    this.clock = clock;
    this.news = news;
  }

  private long now() {
    return clock.nanoTime();
  }

  // ---- Before and in a race

  /** Asks for every endpoint of the destination; the strictest answer holds for all. */
  Admission admit() {
    lookWhere();
    Admission strictest = Admission.FREE;
    for (LimitMemory.Key key : keys) {
      Admission next = devices.admit(this, key, now(), camera.retry().reconnectionTimeout());
      strictest = stricter(strictest, next);
    }
    if (strictest.places() == 0) {
      release();
    }
    say(strictest.reason());
    return strictest;
  }

  /** The endpoints that the destination leads to now are those that are asked about. */
  void lookWhere() {
    keys = destination.target().endpoints().stream().map(devices::key).toList();
  }

  private static Admission stricter(Admission one, Admission other) {
    if (one.places() != other.places()) {
      return one.places() < other.places() ? one : other;
    }
    return one.delay() >= other.delay() ? one : other;
  }

  /** The same thing once. */
  private void say(@Nullable String what) {
    if (what != null && !what.equals(said)) {
      LOG.info("{}: {}", camera, what);
    }
    said = what == null ? "" : what;
  }

  /** Whether one of the endpoints drops older clients, so that the newest attempt has to win. */
  boolean dropsOlder() {
    return keys.stream().anyMatch(this::dropsOlder);
  }

  private boolean dropsOlder(LimitMemory.Key key) {
    ClientLimit profile = devices.profile(key, now());
    return profile != null && profile.policy() == LimitPolicy.DROPS_OLDEST;
  }

  /** What ended connections to one of the endpoints, so that it is not asked again. */
  Set<String> fatalRequests(int endpoint) {
    return devices.fatalRequests(keys.get(endpoint));
  }

  /**
   * How long the next race may take: {@code racing-timeout}, or more where a device is known to
   * connect and to need longer for its first answer.
   */
  Duration racingTimeout() {
    Duration longest = camera.race().racingTimeout();
    for (LimitMemory.Key key : keys) {
      Duration known = devices.racingTimeout(key);
      longest = known.compareTo(longest) > 0 ? known : longest;
    }
    return longest;
  }

  /**
   * A race ran out of time with a connection that was not answered: unless its user set {@code
   * racing-timeout}, the next one of these devices has twice the time, up to {@code
   * response-timeout}. True if there is more.
   */
  boolean allowMoreTime() {
    Duration now = racingTimeout();
    Duration most = camera.options().responseTimeout();
    boolean ours = camera.race().racingTimeout().equals(RaceOptions.defaults().racingTimeout());
    if (!ours || most.compareTo(now) <= 0) {
      return false;
    }
    Duration twice = now.multipliedBy(2);
    Duration next = twice.compareTo(most) < 0 ? twice : most;
    keys.forEach(key -> devices.racingTimeout(key, next));
    return true;
  }

  /** The tracked connection of an attempt to one of the endpoints. */
  TrackedConnection tracked(int endpoint) {
    return new TrackedConnection(devices, keys.get(endpoint), this, clock, this::established);
  }

  private void established(TrackedConnection tracked) {
    if (devices.evictedAnother(tracked)) {
      learn(tracked.key(), new LimitEvidence.Evicted(others(tracked) + 2));
    }
  }

  /** The race was decided or cancelled. */
  void release() {
    keys.forEach(key -> devices.release(this, key));
  }

  // ---- What is seen

  /**
   * A race was decided.
   *
   * @param old the stream's connection that was there before it, if it still is
   */
  void raced(RaceReport report, @Nullable CameraConnection old) {
    for (int endpoint = 0; endpoint < keys.size(); endpoint++) {
      LimitMemory.Key key = keys.get(endpoint);
      TrackedConnection before = old == null ? null : tracked(old);
      int open = devices.count(key, v -> isBeside(v, before));
      int served = devices.count(key, v -> isBeside(v, before) && v.isAnswered());
      RaceEvidence.of(report, endpoint, open, served).forEach(fact -> learn(key, fact));
    }
  }

  private boolean isBeside(TrackedConnection tracked, @Nullable TrackedConnection before) {
    return tracked.isOpen() && (tracked.stream() != this || tracked == before);
  }

  /** The first media of a connection: whoever has media a little later is served with it. */
  void playing(CameraConnection connection, EventLoop loop) {
    TrackedConnection tracked = tracked(connection);
    if (devices.count(tracked.key(), TrackedConnection::hasSession) > 1) {
      Future<?> unused = loop.schedule(() -> countServed(tracked), SERVED, TimeUnit.NANOSECONDS);
    }
  }

  private void countServed(TrackedConnection tracked) {
    int together = served(tracked.key());
    if (tracked.isOpen() && together > 1) {
      learn(tracked.key(), new LimitEvidence.Served(together));
    }
  }

  private int served(LimitMemory.Key key) {
    return devices.count(key, v -> v.isOpen() && v.hadMediaWithin(SERVED / 2, now()));
  }

  /** A connection, in a race or after one, was told that the device is full. */
  void full(CameraConnection connection, EndReason end) {
    TrackedConnection tracked = tracked(connection);
    int others = devices.count(tracked.key(), v -> v != tracked && v.isOpen() && v.hasSession());
    learn(
        tracked.key(),
        new LimitEvidence.AnsweredAtCapacity(end.status(), end.retryAfter(), others));
  }

  /** A connection that had won its race is over. */
  void ended(CameraConnection connection, EndReason end, long wonAt, boolean hadMedia) {
    TrackedConnection tracked = tracked(connection);
    boolean byPeer = end.kind() == EndReason.Kind.CLOSED || end.kind() == EndReason.Kind.RESET;
    if (end.kind() == EndReason.Kind.AT_CAPACITY) {
      full(connection, end);
    } else if (byPeer && devices.madeRoom(tracked, now())) {
      learn(tracked.key(), new LimitEvidence.Evicted(others(tracked) + 1));
    } else if (byPeer && connection.openRequest().isPresent()) {
      endedAt(tracked.key(), connection.openRequest().get());
    } else if (end.kind() == EndReason.Kind.RESET && !hadMedia) {
      learn(tracked.key(), new LimitEvidence.ResetAfterAccept(others(tracked)));
    } else if (byPeer && served(tracked.key()) == 0) {
      learn(tracked.key(), new LimitEvidence.WinnerClosed(wonAt));
    } else {
      learn(tracked.key(), new LimitEvidence.WinnerLasted());
    }
  }

  /** What ends twice at one request says something of that request, and nothing of a limit. */
  private void endedAt(LimitMemory.Key key, String request) {
    if (devices.endedAt(key, request)) {
      LOG.info(
          "{}: {} ended the connection twice at {}: from now on it is left out",
          camera,
          key.endpoint(),
          Excerpt.show(request));
    }
  }

  private int others(TrackedConnection tracked) {
    return devices.count(tracked.key(), v -> v != tracked && v.isOpen());
  }

  private void learn(LimitMemory.Key key, LimitEvidence fact) {
    if (!devices.learn(key, fact, now())) {
      return;
    }
    ClientLimit profile = devices.profile(key, now());
    LOG.info(
        "{}: {} {}",
        camera,
        key.endpoint(),
        profile == null ? "takes more clients than it seemed to" : profile);
    news.accept(key.endpoint(), profile);
  }

  private static TrackedConnection tracked(CameraConnection connection) {
    return connection.tracked();
  }

  // ---- After a race

  /** Whether the old session may stay until there is a new one; says so if not. */
  boolean hasRoomBeside(CameraConnection old) {
    LimitMemory.Key key = tracked(old).key();
    boolean room = devices.hasRoomBeside(this, key, now());
    if (!room) {
      say(
          key.endpoint()
              + " "
              + devices.profile(key, now())
              + ": the old session is torn down first");
    }
    return room;
  }
}

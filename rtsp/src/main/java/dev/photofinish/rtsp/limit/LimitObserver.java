package dev.photofinish.rtsp.limit;

import dev.photofinish.clientlimit.ClientLimit;
import dev.photofinish.clientlimit.LimitEvidence;
import dev.photofinish.clientlimit.LimitMemory;
import dev.photofinish.clientlimit.LimitPolicy;
import dev.photofinish.clientlimit.RaceEvidence;
import dev.photofinish.connect.route.Endpoint;
import dev.photofinish.race.RaceReport;
import dev.photofinish.rtsp.dialogue.EndReason;
import dev.photofinish.rtsp.message.Method;
import dev.photofinish.rtsp.stream.Admission;
import dev.photofinish.rtsp.stream.MediaArrivals;
import dev.photofinish.rtsp.stream.MediaWay;
import dev.photofinish.rtsp.stream.PlayedConnection;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One stream's view of the devices that it dials: reports to {@link ClientLimits} what it sees of
 * them, asks before it dials, and says what it decided and why.
 */
public final class LimitObserver {
  private static final Logger LOG = LoggerFactory.getLogger(LimitObserver.class);

  /** A connection that brought media within this time is being served. */
  private static final long SERVED = Duration.ofSeconds(1).toNanos();

  /** What brought media within this time still does, at a picture a second and some jitter. */
  private static final long BRINGS_MEDIA = Duration.ofSeconds(3).toNanos();

  private final LimitSettings settings;
  private final ClientLimits limits;
  private final Ticker clock;
  private final BiConsumer<String, @Nullable ClientLimit> news;

  private final ObservedHabits habits;
  private List<LimitMemory.Key> keys = List.of();
  private String said = "";

  /**
   * The view of one stream.
   *
   * @param news called with the endpoint and what is now known of it, null when that was wrong
   */
  public LimitObserver(
      LimitSettings settings,
      ClientLimits limits,
      Ticker clock,
      BiConsumer<String, @Nullable ClientLimit> news) {
    this.settings = settings;
    this.limits = limits;
    this.clock = clock;
    this.news = news;
    this.habits = new ObservedHabits(settings, limits, () -> keys, this::now);
  }

  private long now() {
    return clock.nanoTime();
  }

  // ---- Before and in a race

  /** Asks for every endpoint that the next race dials; the strictest answer holds for all. */
  public Admission admit(List<Endpoint> endpoints) {
    look(endpoints);
    Admission strictest = Admission.FREE;
    for (LimitMemory.Key key : keys) {
      Admission next =
          limits.admit(this, settings.camera(), key, now(), settings.reconnectionTimeout());
      strictest = strictest.stricter(next);
    }
    if (strictest.places() == 0) {
      release();
    }
    say(strictest.reason());
    return strictest;
  }

  /** Dials these endpoints from now on, in a race that is about to begin. */
  public void look(List<Endpoint> endpoints) {
    habits.raceBegins();
    keys = endpoints.stream().map(limits::key).toList();
  }

  /** Logs the same thing once. */
  private void say(@Nullable String what) {
    if (what != null && !what.equals(said)) {
      LOG.info("{}: {}", settings.camera(), what);
    }
    said = what == null ? "" : what;
  }

  /** Whether one of the endpoints drops older clients, so that the newest attempt has to win. */
  public boolean dropsOlder() {
    return keys.stream().anyMatch(this::dropsOlder);
  }

  private boolean dropsOlder(LimitMemory.Key key) {
    ClientLimit profile = limits.profile(key, now());
    return profile != null && profile.policy() == LimitPolicy.DROPS_OLDEST;
  }

  /** What else is known of the devices. */
  public ObservedHabits habits() {
    return habits;
  }

  /**
   * Tracks the connection of an attempt to one of the endpoints.
   *
   * @param media when its media comes
   */
  public ConnectionTracker track(int endpoint, MediaArrivals media) {
    TrackedConnection tracked = limits.next(keys.get(endpoint));
    return new ConnectionTracker(limits, tracked, this, media, clock, this::established);
  }

  private void established(TrackedConnection tracked) {
    if (limits.evictedAnother(tracked)) {
      learn(tracked.key(), new LimitEvidence.Evicted(others(tracked) + 2));
    }
  }

  /** The race was decided or cancelled. */
  public void release() {
    keys.forEach(key -> limits.release(this, key));
  }

  // ---- What is seen

  /** The connection won its race. */
  public void won(TrackedConnection connection) {
    limits.change(connection, ConnectionFacts::withWon);
  }

  /**
   * A race was decided.
   *
   * @param old the stream's connection that was there before it, if it still is
   * @param goingDown whether the device may be: what it reset then says nothing of a limit
   */
  public void raced(RaceReport report, @Nullable TrackedConnection old, boolean goingDown) {
    ConnectionFacts before = old == null ? null : limits.facts(old);
    for (int endpoint = 0; endpoint < keys.size(); endpoint++) {
      LimitMemory.Key key = keys.get(endpoint);
      int open = limits.count(key, facts -> isBeside(facts, before));
      int served = limits.count(key, facts -> isBeside(facts, before) && facts.answered());
      RaceEvidence.of(report, endpoint, open, served).stream()
          .filter(fact -> !(goingDown && fact instanceof LimitEvidence.ResetAfterAccept))
          .forEach(fact -> learn(key, fact));
    }
    habits.answered(report);
  }

  private boolean isBeside(ConnectionFacts facts, @Nullable ConnectionFacts before) {
    return facts.isOpen() && (facts.stream() != this || facts.equals(before));
  }

  /**
   * The first media of a connection: others that have media a little later are served with it.
   *
   * @param overUdp whether it came over UDP
   */
  public void playing(TrackedConnection connection, boolean overUdp, EventLoop loop) {
    limits.playing(connection.key(), overUdp, now());
    if (limits.count(connection.key(), f -> f.isCounted() && f.session()) > 1) {
      Future<?> unused = loop.schedule(() -> countServed(connection), SERVED, TimeUnit.NANOSECONDS);
    }
  }

  private void countServed(TrackedConnection connection) {
    int together = served(connection.key());
    ConnectionFacts facts = limits.facts(connection);
    if (facts != null && facts.isOpen() && together > 1) {
      learn(connection.key(), new LimitEvidence.Served(together));
    }
  }

  private int served(LimitMemory.Key key) {
    long now = now();
    return limits.count(key, facts -> facts.isOpen() && facts.media().within(SERVED / 2, now));
  }

  /** A connection, in a race or after one, was answered that the device is full. */
  public void full(TrackedConnection connection, EndReason end) {
    int others = limits.countBeside(connection, facts -> facts.isOpen() && facts.session());
    boolean servesOthers = limits.countBeside(connection, this::isServedToAnother) > 0;
    learn(
        connection.key(),
        new LimitEvidence.AnsweredAtCapacity(
            end.status(), end.retryAfter(), others, settings.camera(), servesOthers));
  }

  /** Whether it brings media of another stream than this one. */
  private boolean isServedToAnother(ConnectionFacts facts) {
    return facts.isOpen()
        && facts.media().within(BRINGS_MEDIA, now())
        && facts.stream() instanceof LimitObserver other
        && !other.settings.camera().equals(settings.camera());
  }

  /**
   * A connection that had won its race is over.
   *
   * @param openRequest the request that was not answered
   */
  public void ended(
      TrackedConnection tracked,
      PlayedConnection played,
      EndReason end,
      Optional<String> openRequest) {
    habits.ended(tracked.key(), played, end, openRequest);
    boolean byPeer = end.kind() == EndReason.Kind.CLOSED || end.kind() == EndReason.Kind.RESET;
    if (end.kind() == EndReason.Kind.AT_CAPACITY) {
      full(tracked, end);
    } else if (byPeer && limits.madeRoom(tracked)) {
      learn(tracked.key(), new LimitEvidence.Evicted(others(tracked) + 1));
    } else if (end.kind() == EndReason.Kind.RESET && !played.hadMedia() && openRequest.isEmpty()) {
      learn(tracked.key(), new LimitEvidence.ResetAfterAccept(others(tracked)));
    } else if (byPeer) {
      openRequest.ifPresent(request -> habits.endedAt(tracked.key(), request));
      String request = ObservedHabits.evidence(played, openRequest.orElse(null));
      closed(tracked, new LimitEvidence.WinnerClosed(played.wonAt(), request));
    } else {
      learn(tracked.key(), new LimitEvidence.WinnerLasted());
    }
  }

  /**
   * A device that serves others meanwhile does not close for want of places, nor does one that
   * closes what other streams have at the same time.
   */
  private void closed(TrackedConnection tracked, LimitEvidence.WinnerClosed closed) {
    long now = now();
    boolean servesOthers =
        limits.countBeside(
                tracked,
                other ->
                    (other.isOpen() || other.isEvictedFromAnother(this))
                        && other.media().within(SERVED / 2, now))
            > 0;
    learn(tracked.key(), servesOthers ? new LimitEvidence.WinnerLasted() : closed);
  }

  /**
   * The dialogue of an attempt ended in its race. Where no other connection of ours stood, a device
   * that hangs up at DESCRIBE may want OPTIONS before, or not know what is required of it.
   */
  public void endedInRace(
      TrackedConnection tracked, MediaWay way, EndReason end, Optional<String> openRequest) {
    habits.ended(tracked.key(), way, end, openRequest);
    boolean alone = end.kind() == EndReason.Kind.CLOSED && others(tracked) == 0;
    openRequest
        .filter(request -> alone && request.startsWith(Method.DESCRIBE.name()))
        .ifPresent(request -> habits.endedAt(tracked.key(), request));
  }

  private int others(TrackedConnection tracked) {
    return limits.countBeside(tracked, ConnectionFacts::isOpen);
  }

  private void learn(LimitMemory.Key key, LimitEvidence fact) {
    if (!limits.learn(key, fact, now())) {
      return;
    }
    ClientLimit profile = limits.profile(key, now());
    LOG.info(
        "{}: {} {}",
        settings.camera(),
        key.endpoint(),
        profile == null ? "takes more clients than it seemed to" : profile);
    news.accept(key.endpoint(), profile);
  }

  /** Whether the old session may stay until there is a new one; says so if not. */
  public boolean hasRoomBeside(TrackedConnection old) {
    LimitMemory.Key key = old.key();
    boolean room = limits.hasRoomBeside(this, key, now());
    if (!room) {
      say(
          key.endpoint()
              + " "
              + limits.profile(key, now())
              + ": the old session is torn down first");
    }
    return room;
  }
}

package dev.photofinish.rtsp.limit;

import dev.photofinish.clientlimit.LimitMemory;
import dev.photofinish.race.RaceReport;
import dev.photofinish.rtsp.dialogue.EndReason;
import dev.photofinish.rtsp.dialogue.KnownDevice;
import dev.photofinish.rtsp.dialogue.Trait;
import dev.photofinish.rtsp.message.Excerpt;
import dev.photofinish.rtsp.message.Method;
import dev.photofinish.rtsp.stream.MediaWay;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** One stream's view of the habits of the devices that it dials. */
public final class ObservedHabits {
  private static final Logger LOG = LoggerFactory.getLogger(ObservedHabits.class);

  /** How long after the answer to PLAY the end of a race says that no media comes. */
  private static final long PATIENCE = Duration.ofSeconds(1).toNanos();

  private record Raced(LimitMemory.Key key, MediaWay way, long since) {}

  private final LimitSettings settings;
  private final ClientLimits limits;
  private final Supplier<List<LimitMemory.Key>> keys;
  private final LongSupplier clock;

  /** The connections of the present race that play: as many as it makes attempts. */
  private final List<Raced> raced = new ArrayList<>();

  /**
   * @param keys those of the endpoints that are dialled at present
   */
  ObservedHabits(
      LimitSettings settings,
      ClientLimits limits,
      Supplier<List<LimitMemory.Key>> keys,
      LongSupplier clock) {
    this.clock = clock;
    this.settings = settings;
    this.limits = limits;
    this.keys = keys;
  }

  private LimitMemory.Key key(int endpoint) {
    return keys.get().get(endpoint);
  }

  // ---- Requests

  /** What earlier connections to one of the endpoints showed, for its next dialogue. */
  public KnownDevice known(int endpoint) {
    return limits.device(key(endpoint), clock.getAsLong());
  }

  /** A connection showed a habit of its device. */
  public void learnt(TrackedConnection tracked, Trait trait) {
    if (limits.learnt(tracked.key(), trait)) {
      Level level = trait.isUnusual() ? Level.INFO : Level.DEBUG;
      LOG.atLevel(trait.isLoss() ? Level.WARN : level)
          .log("{}: {} {}", settings.camera(), tracked.key().endpoint(), trait.meaning());
    }
  }

  /** What ends twice at one request says something of that request, and nothing of a limit. */
  void endedAt(LimitMemory.Key key, String request) {
    if (limits.endedAt(key, request, clock.getAsLong())) {
      LOG.info(
          "{}: {} ended the connection twice at {}: from now on it is avoided",
          settings.camera(),
          key.endpoint(),
          Excerpt.show(request));
    }
  }

  /**
   * The request at which a device hung up, for what is concluded of a limit: to that all that may
   * keep a session alive are one, since after two ends at one of them comes the next.
   */
  static @Nullable String evidence(MediaWay way, @Nullable String openRequest) {
    boolean keepsAlive =
        way.hadMedia() && openRequest != null && DeviceHabits.isAboutPlaying(openRequest);
    return keepsAlive ? "a keep-alive" : openRequest;
  }

  // ---- Transports

  /** Whether the last media of one of the endpoints came over UDP. */
  public boolean overUdp(int endpoint) {
    return limits.overUdp(key(endpoint));
  }

  /**
   * A connection is over. Where its media did not come by its transport though PLAY succeeded, or
   * PLAY was refused by it, the next connection asks for another first.
   *
   * @param openRequest the request that was not answered
   */
  void ended(LimitMemory.Key key, MediaWay way, EndReason end, Optional<String> openRequest) {
    if (end.kind() == EndReason.Kind.SILENT) {
      openRequest
          .filter(request -> request.startsWith(Method.SETUP.name()))
          .ifPresent(request -> setUpUnanswered(key, request, way.hasTracks()));
    }
    if (way.mayMove()) {
      switch (end.kind()) {
        case UNREACHED -> unreached(key);
        case TRANSPORT_REFUSED -> move(key, !way.isOverUdp(), end.reason());
        case STALLED, DEAD -> silent(key, way);
        default -> {}
      }
    }
  }

  /**
   * A device that has sent media over TCP before has none at present, by whichever transport: what
   * plays over TCP should not go on over UDP for that.
   */
  private void silent(LimitMemory.Key key, MediaWay way) {
    if (way.hadMedia()) {
      return;
    }
    if (way.isOverUdp()) {
      unreached(key);
    } else if (!limits.hasPlayedOverTcp(key) && !limits.overUdp(key)) {
      move(key, true, "PLAY succeeded, but no media came over the RTSP connection");
    }
  }

  /** A race begins. */
  void raceBegins() {
    raced.clear();
  }

  /** PLAY was answered on a connection whose race goes on until media comes. */
  public void playsInRace(TrackedConnection tracked, MediaWay way) {
    raced.add(new Raced(tracked.key(), way, clock.getAsLong()));
  }

  /** A race ran out of time before media came. */
  public void raceTimedOut() {
    long now = clock.getAsLong();
    raced.stream()
        .filter(one -> one.way.mayMove() && now - one.since >= PATIENCE)
        .forEach(one -> silent(one.key, one.way));
    raced.clear();
  }

  private void unreached(LimitMemory.Key key) {
    move(key, false, "no media came over UDP");
  }

  private void move(LimitMemory.Key key, boolean overUdp, String why) {
    limits.overUdp(key, overUdp);
    sayMove(key, why);
  }

  /** A SETUP was not answered. What another media was set up by is not to blame: the media is. */
  private void setUpUnanswered(LimitMemory.Key key, String request, boolean hasTracks) {
    if (hasTracks) {
      endedAt(key, request);
    } else if (limits.setUpUnanswered(key)) {
      sayMove(key, "SETUP was not answered, twice");
    }
  }

  private void sayMove(LimitMemory.Key key, String why) {
    LOG.atLevel(limits.isNewsThatItMoved(key) ? Level.INFO : Level.DEBUG)
        .log(
            "{}: {}: {}; with transport=auto media is asked for {} first from now on",
            settings.camera(),
            key.endpoint(),
            why,
            limits.overUdp(key) ? "over UDP" : "over the RTSP connection");
  }

  // ---- Times

  /**
   * How long the next race may take: {@code racing-timeout}, or more where a device is known to
   * connect and to need longer for its first answer.
   */
  public Duration racingTimeout() {
    Duration longest = settings.racingTimeout();
    for (LimitMemory.Key key : keys.get()) {
      Duration known = limits.racingTimeout(key);
      longest = known.compareTo(longest) > 0 ? known : longest;
    }
    return longest;
  }

  /**
   * A race ran out of time with a connection that was not answered: unless its user set {@code
   * racing-timeout}, the next one of these devices has twice the time, up to {@code
   * response-timeout}. True if there is more.
   */
  public boolean allowMoreTime() {
    Duration now = racingTimeout();
    Duration most = settings.responseTimeout();
    if (settings.racingTimeoutGiven() || most.compareTo(now) <= 0) {
      return false;
    }
    Duration twice = now.multipliedBy(2);
    Duration next = twice.compareTo(most) < 0 ? twice : most;
    keys.get().forEach(key -> limits.racingTimeout(key, next));
    return true;
  }

  /**
   * A race was won. Where the answer took less than half of {@code racing-timeout}, the silence of
   * an earlier race was that of a camera that was away, and the next silence is not waited for any
   * longer.
   */
  void answered(RaceReport report) {
    RaceReport.Attempt winner = report.winner();
    Duration most = settings.racingTimeout();
    if (winner != null
        && racingTimeout().compareTo(most) > 0
        && winner.ready() - winner.start() < most.toNanos() / 2) {
      keys.get().forEach(key -> limits.racingTimeout(key, Duration.ZERO));
    }
  }
}

package dev.photofinish.rtsp.stream;

import dev.photofinish.race.RaceReport;
import dev.photofinish.race.Strategy;
import dev.photofinish.retry.RetryDecision;
import dev.photofinish.retry.RetrySchedule;
import dev.photofinish.retry.TryFailure;
import dev.photofinish.rtsp.dialogue.EndReason;
import dev.photofinish.rtsp.message.RtspUrl;
import java.time.Duration;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Decides when, where to and how a stream races next, or why it gives up: the only place that
 * decides what follows from the end of a try. A try is one race and the dialogue after it.
 */
final class NextTry<C extends PlayedConnection> {
  private final StreamSettings settings;
  private final RetrySchedule schedule;
  private final StreamLimits<C> limits;
  private final StreamFacts<C> facts;
  private final Redirects redirects;
  private final OutageReasons reasons = new OutageReasons();

  private Strategy strategy = Strategy.NONE;
  private boolean racing;
  private boolean waiting;
  private @Nullable EndReason telling;
  private @Nullable Long raceAt;

  NextTry(
      StreamSettings settings,
      RetrySchedule schedule,
      StreamLimits<C> limits,
      StreamFacts<C> facts) {
    this.settings = settings;
    this.schedule = schedule;
    this.limits = limits;
    this.facts = facts;
    this.redirects = new Redirects(settings.maxRedirects());
  }

  // ---- Racing

  /** Races as soon as the device has a place. */
  void race(long now) {
    raceAt = null;
    Admission admission = limits.admit(redirects.destination());
    if (admission.ownFirst()) {
      facts.letSilentGo();
    }
    if (admission.delay() > 0) {
      raceAt = now + admission.delay();
    } else if (admission.places() == 0) {
      TryFailure full = TryFailure.AT_CAPACITY;
      tryAgain(schedule.tryFailed(now, full), full, String.valueOf(admission.reason()), now);
    } else {
      start(admission.places());
    }
  }

  private void start(int places) {
    Strategy chosen = schedule.racing();
    boolean newestWins = chosen == Strategy.HYBRID && limits.dropsOldest();
    strategy = newestWins ? Strategy.LAST_WINS : chosen;
    telling = null;
    racing = true;
    facts.command(new StreamCommand.Race<>(strategy, places, redirects.destination()));
  }

  OptionalLong deadline() {
    return raceAt == null ? OptionalLong.empty() : OptionalLong.of(raceAt);
  }

  void tick(long now) {
    if (raceAt != null && now - raceAt >= 0) {
      race(now);
    }
  }

  void stop() {
    raceAt = null;
    if (racing) {
      racing = false;
      facts.command(new StreamCommand.CancelRace<>());
    }
  }

  /** Whether the newest connection is to play, so that an older one may stand beside the race. */
  boolean newestWins() {
    return strategy == Strategy.LAST_WINS || strategy == Strategy.HYBRID;
  }

  // ---- What a race brings

  /** Of the ends of a race's attempts, the one that says most is kept. */
  void attemptEnded(EndReason end) {
    int said = telling == null ? 0 : EndMeaning.of(telling).weight();
    if (racing && EndMeaning.of(end).weight() > said) {
      telling = end;
    }
  }

  /** Takes note of a race that was won; false when it was not wanted any more. */
  boolean won(RaceReport report, long now) {
    boolean wanted = decided(report, now);
    if (wanted) {
      waiting = false;
      schedule.raced(report);
    }
    return wanted;
  }

  private boolean decided(RaceReport report, long now) {
    boolean wanted = racing;
    racing = false;
    if (wanted) {
      limits.raced(report, facts.silent(), schedule.mayBeGoingDown(now));
    }
    return wanted;
  }

  void lost(RaceReport report, String message, long now) {
    if (!decided(report, now)) {
      return;
    }
    LostRace lost = new LostRace(report, message);
    RaceReport.Attempt slow = lost.slow();
    LostRace.Held held = lost.held();
    if (telling != null) {
      tryEnded(telling, false, telling.reason(), now);
    } else if (held != null) {
      waitForUs(held, now);
    } else if (slow != null) {
      tryFailed(TryFailure.OTHER, slowness(slow) + moreTime(), now);
    } else {
      tryFailed(lost.failure(), message + lost.details(), now);
    }
  }

  void broken(String reason, long now) {
    boolean wanted = racing;
    racing = false;
    if (wanted && LostRace.lacksDescriptors(reason)) {
      waitForUs(LostRace.Held.withoutDescriptors(reason), now);
    } else if (wanted) {
      tryFailed(TryFailure.OTHER, "the race could not be run: " + reason, now);
    }
  }

  private String slowness(RaceReport.Attempt slow) {
    return "connected to "
        + slow.candidate()
        + ", but "
        + limits.undone(slow.candidate().endpoint(), slow.stage())
        + " within "
        + (slow.end() - slow.connected()) / 1_000_000
        + " ms";
  }

  private String moreTime() {
    String said = limits.allowMoreTime() ? "; the next race has up to " : "; racing-timeout is ";
    return said + limits.racingTimeout().toMillis() + " ms";
  }

  /** No retry of the schedule: the camera has nothing to do with it. */
  private void waitForUs(LostRace.Held held, long now) {
    redirects.home();
    raceAt = now + held.delay().toNanos();
    facts.unconnected(held.reason());
    if (!waiting) {
      waiting = true;
      facts.command(new StreamCommand.Waiting<>(held.delay(), held.reason()));
    }
  }

  // ---- What a connection brings

  void mediaCame(long now) {
    schedule.mediaCame(now);
    reasons.end();
  }

  /** A connection that fell silent or is closed no longer plays. */
  void dropped(C connection, EndReason end, long now) {
    String reason = connection.remote() + ": " + end.reason();
    if (connection.mediaLasted() >= settings.stableAfter().toNanos()) {
      redirects.startAgain();
    }
    if (!connection.hadMedia() || EndMeaning.of(end).isAboutCredentials()) {
      tryEnded(end, connection.wasAnswered(), reason, now);
      return;
    }
    noteFull(end, now);
    // Before a redirect is followed: for the schedule it is a drop like any other.
    RetryDecision decision = schedule.streamDropped(now, connection.lastMedia());
    if (decision instanceof RetryDecision.GiveUp || !follow(end, reason, now)) {
      tryAgain(decision, TryFailure.OTHER, reason + notFollowed(end), now);
    }
  }

  /** A try ended without media. */
  private void tryEnded(EndReason end, boolean answered, String reason, long now) {
    noteFull(end, now);
    if (follow(end, reason, now)) {
      return;
    }
    boolean elsewhere =
        end.kind() == EndReason.Kind.LOGIN_NEEDED && redirects.destination() != null;
    if (elsewhere) {
      String home = " redirected there, and the login is for that camera alone";
      tryFailed(TryFailure.OTHER, reason + "; " + settings.camera() + home, now);
    } else {
      tryFailed(EndMeaning.of(end).failure(answered), reason + notFollowed(end), now);
    }
  }

  /** Follows a redirect at once; false if this is none, or none to follow. */
  private boolean follow(EndReason end, String reason, long now) {
    RtspUrl location = end.location();
    boolean follows =
        end.kind() == EndReason.Kind.REDIRECTED
            && location != null
            && limits.canDial(location)
            && redirects.follow(location);
    if (follows) {
      facts.unconnected(reason);
      race(now);
    }
    return follows;
  }

  private String notFollowed(EndReason end) {
    return end.kind() == EndReason.Kind.REDIRECTED
        ? ", not followed: max-redirects is " + settings.maxRedirects()
        : "";
  }

  /** Whatever comes of it, the device is left alone for as long as it asked. */
  private void noteFull(EndReason end, long now) {
    if (end.kind() == EndReason.Kind.AT_CAPACITY) {
      schedule.full(now, end.retryAfter());
    }
  }

  // ---- The schedule

  private void tryFailed(TryFailure failure, String reason, long now) {
    waiting = false;
    C silent = facts.silent();
    if (silent != null && !limits.hasRoomBeside(silent)) {
      facts.letSilentGo();
    }
    tryAgain(schedule.tryFailed(now, failure), failure, reason, now);
  }

  private void tryAgain(RetryDecision decision, TryFailure failure, String reason, long now) {
    redirects.home();
    if (decision instanceof RetryDecision.Retry retry) {
      facts.unconnected(reason);
      raceAt = now + retry.delayNanos();
      boolean news = reasons.isNews(retry.reason()) || retry.change() != null;
      String why = retry.change() == null ? reason : reason + "; now " + retry.change();
      facts.command(
          new StreamCommand.RetryIn<>(
              retry.attempt(),
              Duration.ofNanos(retry.delayNanos()),
              retry.strategy(),
              retry.reason() + ": " + why,
              news));
    } else {
      stop();
      facts.finish(new StreamCommand.Failed<>(failure, decision.reason() + ": " + reason));
    }
  }
}

package dev.photofinish.simulation.year;

import dev.photofinish.race.Cause;
import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.RaceReport;
import dev.photofinish.race.Strategy;
import dev.photofinish.retry.RetryDecision;
import dev.photofinish.retry.RetryOptions;
import dev.photofinish.retry.RetrySchedule;
import dev.photofinish.retry.TryFailure;
import dev.photofinish.simulation.year.Stretch.Limit;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A client with one choice lives through a life. */
final class Year {
  /** How long a client needs to be sure that a stream is dead ({@code stall-suspect} and probe). */
  static final long NOTICED = Duration.ofMillis(2100).toNanos();

  /** {@code response-timeout}. */
  private static final long NO_RESPONSE = Duration.ofSeconds(5).toNanos();

  private static final long FIRST_PACKET = Duration.ofMillis(60).toNanos();

  /** The result of a year. {@code dark} is the time without picture, in nanoseconds. */
  record Tally(long dark, long dials, long ownDrops) {
    static final Tally NONE = new Tally(0, 0, 0);
  }

  private record Interruption(long at, long noticed) {}

  private final Life life;
  private final Scene scene;
  private final RetrySchedule schedule;
  private final Map<Strategy, RaceOptions> races = new EnumMap<>(Strategy.class);
  private long now;
  private long darkSince;
  private long dark;
  private long dials;
  private long ownDrops;

  private Year(Life life, Choice choice, long seed) {
    this.life = life;
    scene = new Scene(life, new Random(seed));
    schedule =
        new RetrySchedule(
            RetryOptions.builder()
                .retryStrategy(choice.retry())
                .maxReconnectionAttempts(-1)
                .build(),
            choice.racing(),
            new Random(seed + 1));
  }

  static Tally live(Life life, Choice choice, long seed) {
    return new Year(life, choice, seed).live();
  }

  private Tally live() {
    while (now < life.end()) {
      RetryDecision decision = attempt();
      if (decision instanceof RetryDecision.Retry retry) {
        now += retry.delayNanos();
      } else {
        throw new AssertionError("gave up: " + decision);
      }
    }
    return new Tally(dark + Math.max(0, life.end() - darkSince), dials, ownDrops);
  }

  /** One race, the dialogue, and the stream until it drops. */
  private RetryDecision attempt() {
    RaceOptions options =
        races.computeIfAbsent(
            schedule.racing(),
            strategy -> RaceOptions.builder().connectionRacing(strategy).build());
    YearRace race = new YearRace(scene, options, now);
    RaceReport report = race.run();
    now = race.now();
    dials += race.dials();
    ownDrops += race.ownDrops();
    if (race.winner() == 0) {
      return schedule.tryFailed(now, meaning(report));
    }
    schedule.raced(report);
    return dialogue(race);
  }

  private static TryFailure meaning(RaceReport report) {
    if (report.attempts().stream().anyMatch(a -> a.cause() == Cause.RESET)) {
      return TryFailure.RESET_AFTER_ACCEPT;
    }
    return report.attempts().stream().allMatch(a -> a.cause() == Cause.REFUSED)
        ? TryFailure.REFUSED_AT_ONCE
        : TryFailure.OTHER;
  }

  private RetryDecision dialogue(YearRace race) {
    long media = now + FIRST_PACKET;
    for (int i = 1; i < Scene.EXCHANGES; i++) {
      long exchange = scene.exchange(now);
      if (exchange > NO_RESPONSE) {
        return unanswered(race.winner(), media + NO_RESPONSE);
      }
      media += exchange;
    }
    Interruption cut = stray(race, media);
    if (cut == null) {
      cut = interruption(race.winner(), media, NO_RESPONSE);
    }
    if (cut != null) {
      now = cut.noticed;
      return schedule.tryFailed(now, TryFailure.OTHER);
    }
    return stream(race.winner(), media);
  }

  private RetryDecision unanswered(int attempt, long at) {
    now = at;
    scene.leave(attempt, at);
    return schedule.tryFailed(now, TryFailure.OTHER);
  }

  private RetryDecision stream(int attempt, long media) {
    dark += media - darkSince;
    now = media;
    schedule.mediaCame(now);
    Interruption cut = interruption(attempt, life.end(), NOTICED);
    darkSince = cut == null ? life.end() : cut.at;
    now = cut == null ? life.end() : cut.noticed;
    return schedule.streamDropped(now, darkSince);
  }

  /** A loser's SYN that was under way makes the camera drop the winner. */
  private @Nullable Interruption stray(YearRace race, long before) {
    long at = race.strayAt();
    if (scene.stretch(now).limit() != Limit.DROPS_OLDER || at <= now || at > before) {
      return null;
    }
    ownDrops++;
    scene.leave(race.winner(), at);
    return new Interruption(at, at);
  }

  /** What ends the connection before {@code to}; null if nothing does. */
  private @Nullable Interruption interruption(int attempt, long to, long patience) {
    Fault fault = scene.strikes(now, to);
    long end = fault == null ? to : Math.max(now, fault.at());
    for (long at = scene.arrival(now); at < end; at = scene.arrival(at)) {
      at = Math.max(at, now);
      if (scene.otherDials(at)) {
        return new Interruption(at, at);
      }
    }
    return fault == null ? null : struck(attempt, fault, patience);
  }

  private Interruption struck(int attempt, Fault fault, long patience) {
    long at = Math.max(now, fault.at());
    long noticed = at + (fault.seen() ? 0 : patience);
    boolean restarts = fault.refused() > 0;
    if (restarts) {
      scene.restart();
    }
    scene.leave(attempt, at);
    boolean seen = fault.seen() || restarts || fault.answersAt() <= noticed;
    if (!seen && scene.stretch(at).limit() != Limit.NONE) {
      scene.leaveUnnoticed(at + scene.stretch(at).keep());
    }
    return new Interruption(at, noticed);
  }
}

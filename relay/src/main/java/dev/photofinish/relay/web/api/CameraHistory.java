package dev.photofinish.relay.web.api;

import dev.photofinish.race.RaceReport;
import dev.photofinish.relay.RelayState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The past of a camera since the page was started: its last {@value #MOST_LINES} log lines, {@value
 * #MOST_RACES} races and {@value #MOST_OUTAGES} outages.
 */
final class CameraHistory {
  static final int MOST_LINES = 200;
  static final int MOST_RACES = 20;
  static final int MOST_OUTAGES = 500;

  private final Clock clock;
  private final Deque<LogLine> lines = new ArrayDeque<>();
  private final Deque<Race> races = new ArrayDeque<>();
  private final Deque<CameraOutage> outages = new ArrayDeque<>();

  /** All outages since then are known. */
  private Instant outagesSince;

  CameraHistory(Clock clock) {
    this.clock = clock;
    this.outagesSince = clock.instant();
  }

  /** Something that was reported. */
  record LogLine(Instant at, String text) {}

  /** A race that was decided. */
  record Race(Instant at, RaceReport report) {}

  /**
   * A time without picture.
   *
   * @param to null while it lasts
   */
  record CameraOutage(Instant from, @Nullable Instant to, String reason) {}

  synchronized LogLine log(String text) {
    return add(lines, new LogLine(clock.instant(), text), MOST_LINES);
  }

  synchronized Race race(RaceReport report) {
    return add(races, new Race(clock.instant(), report), MOST_RACES);
  }

  /** The state changed to this one. */
  synchronized void state(RelayState state, String reason) {
    CameraOutage last = outages.peekLast();
    boolean open = last != null && last.to() == null;
    if (isOutage(state) && !open) {
      if (outages.size() == MOST_OUTAGES) {
        outages.removeFirst();
        outagesSince = outages.getFirst().from();
      }
      outages.addLast(new CameraOutage(clock.instant(), null, reason));
    } else if (!isOutage(state) && open) {
      outages.removeLast();
      outages.addLast(new CameraOutage(last.from(), clock.instant(), last.reason()));
    }
  }

  private static boolean isOutage(RelayState state) {
    return state != RelayState.PLAYING && state != RelayState.IDLE;
  }

  private static <T> T add(Deque<T> queue, T item, int most) {
    if (queue.size() == most) {
      queue.removeFirst();
    }
    queue.addLast(item);
    return item;
  }

  synchronized List<LogLine> lines() {
    return List.copyOf(lines);
  }

  synchronized List<Race> races() {
    return List.copyOf(races);
  }

  synchronized List<CameraOutage> outages() {
    return List.copyOf(outages);
  }

  /** Since when no outage is missing. */
  synchronized Instant outagesSince() {
    return outagesSince;
  }

  /** How long there was no picture since midnight of this host. */
  synchronized Duration withoutPictureToday() {
    Instant midnight = LocalDate.now(clock).atStartOfDay(clock.getZone()).toInstant();
    Duration sum = Duration.ZERO;
    for (CameraOutage outage : outages) {
      Instant from = outage.from().isBefore(midnight) ? midnight : outage.from();
      Instant to = outage.to() == null ? clock.instant() : outage.to();
      if (to.isAfter(from)) {
        sum = sum.plus(Duration.between(from, to));
      }
    }
    return sum;
  }
}

package dev.photofinish.race;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The throttling of a race: which attempts the limiter refused for a time, and until when. */
final class Throttle {
  private final List<RaceReport.Throttled> over = new ArrayList<>(1);
  private RaceReport.@Nullable Throttled current;
  private long askAgainAt;

  /** The limiter refuses {@code attempt}; a reason that is there already stays. */
  void refused(int attempt, long now, DialLimiter.Reason reason, long askAgain) {
    askAgainAt = askAgain;
    if (current == null) {
      current = new RaceReport.Throttled(attempt, now, Timing.NOT_YET, reason);
    }
  }

  /** The next attempt needs no token any more: the limiter may be asked at once. */
  void askAtOnce() {
    askAgainAt = 0;
  }

  /** The attempt starts, or the race is over. */
  void end(long now) {
    askAgainAt = 0;
    if (current != null) {
      over.add(new RaceReport.Throttled(current.attempt(), current.at(), now, current.reason()));
      current = null;
    }
  }

  /** Whether the limiter has to be asked again later. */
  boolean isOn() {
    return askAgainAt != 0;
  }

  /** When the limiter is to be asked for the next attempt; 0, the race's start, if at any time. */
  long askAgainAt() {
    return askAgainAt;
  }

  List<RaceReport.Throttled> reports() {
    if (current == null) {
      return List.copyOf(over);
    }
    List<RaceReport.Throttled> reports = new ArrayList<>(over);
    reports.add(current);
    return List.copyOf(reports);
  }
}

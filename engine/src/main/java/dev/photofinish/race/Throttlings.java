package dev.photofinish.race;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which attempts of a race the limiter throttled, and for how long. */
final class Throttlings {
  private final List<RaceReport.Throttled> over = new ArrayList<>(1);
  private RaceReport.@Nullable Throttled current;

  /** The limiter throttles {@code attempt}; a reason that is there already stays. */
  void refused(int attempt, long now, DialLimiter.Reason reason) {
    if (current == null) {
      current = new RaceReport.Throttled(attempt, now, -1, reason);
    }
  }

  /** The attempt starts, or the race is over. */
  void end(long now) {
    if (current != null) {
      over.add(new RaceReport.Throttled(current.attempt(), current.at(), now, current.reason()));
      current = null;
    }
  }

  List<RaceReport.Throttled> reports() {
    List<RaceReport.Throttled> reports = new ArrayList<>(over);
    if (current != null) {
      reports.add(current);
    }
    return List.copyOf(reports);
  }
}

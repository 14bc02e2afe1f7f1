package dev.photofinish.race;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which attempts of a race the budget withheld, and for how long. */
final class Withholdings {
  private final List<RaceReport.Withheld> over = new ArrayList<>(1);
  private RaceReport.@Nullable Withheld current;

  /** The budget withholds {@code attempt}; a reason that is there already stays. */
  void refused(int attempt, long now, Budget.Reason reason) {
    if (current == null) {
      current = new RaceReport.Withheld(attempt, now, -1, reason);
    }
  }

  /** The attempt starts, or the race is over. */
  void end(long now) {
    if (current != null) {
      over.add(new RaceReport.Withheld(current.attempt(), current.at(), now, current.reason()));
      current = null;
    }
  }

  List<RaceReport.Withheld> reports() {
    List<RaceReport.Withheld> reports = new ArrayList<>(over);
    if (current != null) {
      reports.add(current);
    }
    return List.copyOf(reports);
  }
}

package dev.photofinish.cli;

import dev.photofinish.race.RaceReport;
import dev.photofinish.race.Scenario;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What theory predicts for races under SYN loss.
 *
 * @param name for the legend
 * @param steps in ascending time; empty for no prediction
 */
record Prediction(String name, List<SynLoss.Step> steps) {
  static final Prediction NONE = new Prediction("", List.of());

  /**
   * For races like the last of {@code reports}: the engine itself says when it dials into silence.
   */
  static Prediction of(RaceRun run, List<RaceReport> reports) {
    if (run.loss() == null || reports.isEmpty()) {
      return NONE;
    }
    RaceReport last = reports.get(reports.size() - 1);
    RaceReport silence =
        new Scenario(
                last.target(),
                last.options(),
                last.answers(),
                Map.of(),
                null,
                Map.of(),
                Long.MAX_VALUE,
                null)
            .replay();
    List<SynLoss.Dial> dials =
        silence.attempts().stream()
            .map(attempt -> new SynLoss.Dial(attempt.start(), attempt.end()))
            .toList();
    return new Prediction(
        String.format(Locale.ROOT, "predicted for %.3g %% of SYNs lost", run.loss() * 100),
        SynLoss.predict(run.loss(), dials, SynLoss.linearTimeouts()));
  }
}

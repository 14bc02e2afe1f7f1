package dev.photofinish.cli;

import dev.photofinish.race.Experience;
import dev.photofinish.race.History;
import dev.photofinish.race.RaceReport;
import dev.photofinish.race.Scenario;
import java.net.InetAddress;
import java.util.HashMap;
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
   * For races like the last of {@code reports}: the engine itself says when it dials into silence,
   * with what these races have learnt and, for those of them that did not ask, without.
   */
  static Prediction of(RaceRun run, List<RaceReport> reports) {
    if (run.loss() == null || reports.isEmpty()) {
      return NONE;
    }
    RaceReport last = reports.get(reports.size() - 1);
    Map<InetAddress, Experience> learnt = learnt(reports);
    int afresh = 1 + reports.size() / History.FRESH_LOOK; // the first knows nothing yet
    return new Prediction(
        String.format(Locale.ROOT, "predicted for %.3g %% of SYNs lost", run.loss() * 100),
        SynLoss.mix(
            (double) afresh / reports.size(),
            SynLoss.predict(run.loss(), dials(last, Map.of()), SynLoss.linearTimeouts()),
            SynLoss.predict(run.loss(), dials(last, learnt), SynLoss.linearTimeouts())));
  }

  private static Map<InetAddress, Experience> learnt(List<RaceReport> reports) {
    History history = new History(History.DEFAULT_CAPACITY);
    history.moveTo("");
    long now = 0;
    for (RaceReport report : reports) {
      now += report.decidedAt();
      history.learn("", report, now);
    }
    Map<InetAddress, Experience> learnt = new HashMap<>();
    for (RaceReport.Attempt attempt : reports.get(reports.size() - 1).attempts()) {
      Experience known = history.of("", attempt.candidate(), now);
      if (known != null) {
        learnt.put(attempt.candidate().remote().getAddress(), known);
      }
    }
    return learnt;
  }

  private static List<SynLoss.Dial> dials(RaceReport like, Map<InetAddress, Experience> learnt) {
    RaceReport silence =
        new Scenario(
                like.target(),
                like.options(),
                like.answers(),
                Map.of(),
                null,
                learnt,
                Long.MAX_VALUE,
                null)
            .replay();
    return silence.attempts().stream()
        .map(attempt -> new SynLoss.Dial(attempt.start(), attempt.end()))
        .toList();
  }

  /** The share of races that should be decided within {@code time}. */
  double within(long time) {
    double share = 0;
    for (SynLoss.Step step : steps) {
      if (step.at() <= time) {
        share = step.share();
      }
    }
    return share;
  }
}

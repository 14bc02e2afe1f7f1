package dev.photofinish.simulation;

import dev.photofinish.race.PathStats;
import dev.photofinish.race.RaceReport;
import dev.photofinish.race.Strategy;
import dev.photofinish.race.Timing;
import dev.photofinish.race.history.History;
import java.math.BigDecimal;
import java.math.MathContext;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A prediction for races under SYN loss.
 *
 * @param name for the legend
 * @param steps in ascending time; empty for no prediction
 */
public record Prediction(String name, List<SynLoss.Step> steps) {
  public static final Prediction NONE = new Prediction("", List.of());

  /**
   * For races like the last of {@code reports}: the engine itself says when it dials into silence,
   * with what these races have learnt and, for those of them that did not ask, without.
   *
   * @param loss the share of SYNs that are lost, 0 to 1; null for no prediction
   */
  public static Prediction of(@Nullable Double loss, List<RaceReport> reports) {
    if (loss == null || reports.isEmpty()) {
      return NONE;
    }
    RaceReport last = reports.get(reports.size() - 1);
    if (last.strategy() == Strategy.LAST_WINS) {
      return new Prediction(
          name("simulated", loss), SimulatedLoss.predict(loss, last, SynTimetable.ofThisKernel()));
    }
    Map<InetAddress, PathStats> learnt = learnt(reports);
    int afresh = 1 + reports.size() / History.FRESH_LOOK; // the first knows nothing yet
    return new Prediction(
        name("predicted", loss),
        SynLoss.mix(
            (double) afresh / reports.size(),
            SynLoss.predict(loss, dials(last, Map.of()), SynTimetable.ofThisKernel()),
            SynLoss.predict(loss, dials(last, learnt), SynTimetable.ofThisKernel())));
  }

  /** {@code predicted for 30 % of SYNs lost}. */
  private static String name(String how, double loss) {
    BigDecimal percent = BigDecimal.valueOf(loss * 100).round(new MathContext(3));
    return how + " for " + percent.stripTrailingZeros().toPlainString() + " % of SYNs lost";
  }

  private static Map<InetAddress, PathStats> learnt(List<RaceReport> reports) {
    History history = new History(History.DEFAULT_CAPACITY);
    history.moveTo("");
    long now = 0;
    for (RaceReport report : reports) {
      now += report.decidedAt();
      history.learn("", report, now);
    }
    Map<InetAddress, PathStats> learnt = new HashMap<>();
    for (RaceReport.Attempt attempt : reports.get(reports.size() - 1).attempts()) {
      PathStats known = history.of("", attempt.candidate(), now);
      if (known != null) {
        learnt.put(attempt.candidate().remote().getAddress(), known);
      }
    }
    return learnt;
  }

  private static List<SynLoss.Dial> dials(RaceReport like, Map<InetAddress, PathStats> learnt) {
    RaceReport silence =
        Replay.run(
            new Scenario(
                like.target(),
                like.options(),
                like.answers(),
                Map.of(),
                null,
                learnt,
                Timing.NEVER,
                null));
    return silence.attempts().stream()
        .map(attempt -> new SynLoss.Dial(attempt.start(), attempt.end()))
        .toList();
  }

  /** The share of races that should be decided within {@code time}. */
  public double within(long time) {
    return SynLoss.decided(steps, time);
  }
}

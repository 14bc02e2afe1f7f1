package dev.photofinish.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The theory of connecting under loss: what it predicts when each SYN is lost with probability
 * {@code q} on its own: with j+1 SYNs sent so far the share that is still waiting is q^(j+1).
 */
public final class SynLoss {
  private SynLoss() {}

  /** From {@code at} on, {@code share} of the races are decided. */
  public record Step(long at, double share) {}

  /** An attempt on a silent network, in nanoseconds from the start of the race. */
  public record Dial(long start, long end) {}

  /**
   * The share of races that is decided after each SYN of {@code dials}.
   *
   * @param loss from 0 to 1
   * @param timetable of the kernel that dials
   */
  public static List<Step> predict(double loss, List<Dial> dials, SynTimetable timetable) {
    List<Long> syns = new ArrayList<>();
    dials.forEach(dial -> syns.addAll(timetable.syns(dial.start(), dial.end())));
    syns.sort(null);
    List<Step> steps = new ArrayList<>();
    double waiting = 1;
    for (long at : syns) {
      waiting *= loss;
      steps.add(new Step(at, 1 - waiting));
    }
    return steps;
  }

  /** Of all races, the share {@code first} follows the first steps, the others by the second. */
  public static List<Step> mix(double first, List<Step> firsts, List<Step> seconds) {
    return Stream.concat(firsts.stream(), seconds.stream())
        .map(Step::at)
        .distinct()
        .sorted()
        .map(at -> new Step(at, first * decided(firsts, at) + (1 - first) * decided(seconds, at)))
        .toList();
  }

  /** The share that is decided by {@code at}, in nanoseconds from the start of the race. */
  public static double decided(List<Step> steps, long at) {
    double share = 0;
    for (Step step : steps) {
      share = step.at() <= at ? step.share() : share;
    }
    return share;
  }
}

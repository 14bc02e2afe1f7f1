package dev.photofinish.benchmarks.network;

import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.RaceReport;
import dev.photofinish.simulation.Replay;
import dev.photofinish.simulation.ScenarioReader;
import dev.photofinish.simulation.SynTimetable;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The times at which the SYNs of a race leave as long as none is answered: those of its attempts,
 * as the engine itself starts and retires them, and the kernel's repetitions within an attempt.
 *
 * @param millis from the start of the race, ascending
 */
record SynTimes(List<Double> millis) {
  /**
   * Of a race to one address.
   *
   * @param learnt whether earlier races have shown that connecting to it takes no time
   */
  static SynTimes of(RaceOptions options, InetAddress address, boolean learnt) {
    SynTimetable timetable = SynTimetable.ofThisKernel();
    List<Double> times = new ArrayList<>();
    for (RaceReport.Attempt attempt : silence(options, address, learnt).attempts()) {
      timetable.syns(attempt.start(), attempt.end()).forEach(at -> times.add(at / 1e6));
    }
    times.sort(null);
    return new SynTimes(times);
  }

  private static RaceReport silence(RaceOptions options, InetAddress address, boolean learnt) {
    Map<String, ?> words =
        Map.of(
            "options",
            Map.of(
                "connection-racing", "first-wins",
                "max-parallel-connections", options.maxParallelConnections(),
                "racing-delay-ms", options.racingDelay().toMillis(),
                "racing-timeout-ms", options.racingTimeout().toMillis()),
            "candidates",
            List.of(address.getHostAddress()),
            "network",
            Map.of(),
            "history",
            learnt
                ? Map.of(address.getHostAddress(), Map.of("smoothed", 1, "deviation", 1))
                : Map.of());
    return Replay.run(ScenarioReader.read(words));
  }

  /**
   * The mean time to the first SYN that arrives, when each is lost with probability {@code q}, of
   * the races in which one does: no client that sends these SYNs can be connected sooner.
   */
  double limit(double q) {
    double sum = 0;
    double lost = 1;
    for (double at : millis) {
      sum += at * lost * (1 - q);
      lost *= q;
    }
    return sum / (1 - lost);
  }
}

package dev.photofinish.simulation;

import dev.photofinish.race.RaceReport;
import dev.photofinish.race.Result;
import dev.photofinish.race.Timing;
import dev.photofinish.race.address.Candidate;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The results of races under SYN loss where the first connection does not decide them: many races
 * on a virtual clock, the same ones each time.
 */
final class SimulatedLoss {
  private static final int RACES = 5_000;
  private static final long SEED = 1;

  /** More attempts than a last-wins race has on one address. */
  private static final int ATTEMPTS = 16;

  private SimulatedLoss() {}

  /** For races like {@code like}; see {@link SynLoss#predict}. */
  static List<SynLoss.Step> predict(double loss, RaceReport like, SynTimetable timetable) {
    Random random = new Random(SEED);
    List<Long> syns = timetable.syns(0, Timing.NEVER);
    List<Long> decided =
        Stream.generate(() -> race(like, () -> luck(random, loss, syns)))
            .limit(RACES)
            .filter(report -> report.result() == Result.WON)
            .map(RaceReport::decidedAt)
            .sorted()
            .toList();
    List<SynLoss.Step> steps = new ArrayList<>();
    for (int i = 0; i < decided.size(); i++) {
      if (i + 1 == decided.size() || !decided.get(i).equals(decided.get(i + 1))) {
        steps.add(new SynLoss.Step(decided.get(i), (i + 1.0) / RACES));
      }
    }
    return steps;
  }

  /** Draws what one attempt meets. */
  private interface Luck {
    Scenario.Encounter draw();
  }

  private static RaceReport race(RaceReport like, Luck luck) {
    Map<InetAddress, List<Scenario.Encounter>> network =
        like.answers().stream()
            .flatMap(answer -> answer.candidates().stream())
            .map(Candidate::remote)
            .map(remote -> remote.getAddress())
            .distinct()
            .collect(
                Collectors.toMap(
                    address -> address,
                    address -> Stream.generate(luck::draw).limit(ATTEMPTS).toList()));
    return Replay.run(
        new Scenario(
            like.target(),
            like.options(),
            like.answers(),
            network,
            null,
            Map.of(),
            Timing.NEVER,
            null));
  }

  private static Scenario.Encounter luck(Random random, double loss, List<Long> syns) {
    for (long syn : syns) {
      if (random.nextDouble() >= loss) {
        return Scenario.Encounter.readyAfter(syn);
      }
    }
    return Scenario.Encounter.readyAfter(Timing.NEVER);
  }
}

package dev.photofinish.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What loss theory predicts for connecting when each SYN is lost with probability {@code q} on its
 * own: with j+1 SYNs sent so far the share that is still waiting is q^(j+1).
 */
final class SynLoss {
  private static final Path LINEAR_TIMEOUTS = Path.of("/proc/sys/net/ipv4/tcp_syn_linear_timeouts");
  private static final long SECOND = 1_000_000_000L;

  /** The kernel's {@code tcp_syn_retries}. */
  private static final int RETRANSMISSIONS = 6;

  private SynLoss() {}

  /** From {@code at} on, {@code share} of the races are decided. */
  record Step(long at, double share) {}

  /** An attempt on a silent network, in nanoseconds from the start of the race. */
  record Dial(long start, long end) {}

  /**
   * @param loss from 0 to 1
   * @param linearTimeouts how many retransmissions come 1 s after the one before, until the gap
   *     doubles
   */
  static List<Step> predict(double loss, List<Dial> dials, int linearTimeouts) {
    List<Long> syns = new ArrayList<>();
    dials.forEach(dial -> syns.addAll(syns(dial, linearTimeouts)));
    syns.sort(null);
    List<Step> steps = new ArrayList<>();
    double waiting = 1;
    for (long at : syns) {
      waiting *= loss;
      steps.add(new Step(at, 1 - waiting));
    }
    return steps;
  }

  /** When the kernel sends the SYNs of one attempt. */
  static List<Long> syns(Dial dial, int linearTimeouts) {
    List<Long> syns = new ArrayList<>();
    long at = dial.start();
    long gap = SECOND;
    for (int i = 0; i <= RETRANSMISSIONS + linearTimeouts && at < dial.end(); i++) {
      syns.add(at);
      at += gap;
      gap = i < linearTimeouts ? SECOND : 2 * gap;
    }
    return syns;
  }

  /** Of all races, the share {@code first} goes by the first steps, the others by the second. */
  static List<Step> mix(double first, List<Step> firsts, List<Step> seconds) {
    return Stream.concat(firsts.stream(), seconds.stream())
        .map(Step::at)
        .distinct()
        .sorted()
        .map(at -> new Step(at, first * decided(firsts, at) + (1 - first) * decided(seconds, at)))
        .toList();
  }

  static double decided(List<Step> steps, long at) {
    double share = 0;
    for (Step step : steps) {
      share = step.at() <= at ? step.share() : share;
    }
    return share;
  }

  /** Linux 6.5 and later count some retransmissions linearly; before, none. */
  static int linearTimeouts() {
    try {
      return Integer.parseInt(Files.readString(LINEAR_TIMEOUTS).strip());
    } catch (IOException | NumberFormatException e) {
      return 0;
    }
  }
}

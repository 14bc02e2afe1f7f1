package dev.photofinish.benchmarks.network;

import dev.photofinish.camera.lab.Fault;
import dev.photofinish.camera.lab.Lab;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Loses SYNs and counts them, so that what was measured is held against the loss that really was.
 *
 * @param arrived at the server's side
 * @param lost of these
 */
record SynCounter(long arrived, long lost) {
  private static final Pattern PACKETS = Pattern.compile("counter packets (\\d+)");

  static Fault fault(int percent) {
    return new Fault(
        List.of(
            "tcp flags & (syn|ack) == syn counter",
            "tcp flags & (syn|ack) == syn numgen random mod 100 < " + percent + " counter drop"),
        List.of());
  }

  /** Since {@link #fault} was inflicted. */
  static SynCounter read(Lab lab) {
    Matcher packets = PACKETS.matcher(lab.server().run("nft", "list", "ruleset"));
    return new SynCounter(next(packets), next(packets));
  }

  private static long next(Matcher packets) {
    if (!packets.find()) {
      throw new IllegalStateException("nft list ruleset: no counter; expected two");
    }
    return Long.parseLong(packets.group(1));
  }

  /** The share that was lost. */
  double share() {
    return (double) lost / arrived;
  }
}

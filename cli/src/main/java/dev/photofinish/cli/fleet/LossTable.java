package dev.photofinish.cli.fleet;

import dev.photofinish.cli.command.Json;
import dev.photofinish.cli.picture.Times;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Simulated losses of nodes: rows of a table for a document, or lines of JSON. */
final class LossTable {
  static final List<String> HEAD =
      List.of(
          "| nodes | lost | cameras | taken over | dials | in a second, at most | to one site at"
              + " once | from one node at once | given to others after | all play after | most"
              + " load | reports a node |",
          "|---|---|---|---|---|---|---|---|---|---|---|---|");

  /** Of a camera in the report of its node; a test of the fleet's messages holds it. */
  private static final int BYTES_OF_A_HOLDING = 130;

  private static final double SECONDS_BETWEEN_REPORTS = 3;

  private LossTable() {}

  static String row(SimulatedFleet.Outcome outcome) {
    LossOptions options = outcome.options();
    return String.format(
        Locale.ROOT,
        "| %d | %d | %d | %d | %d | %d | %d | %d | %s | %s | %.2f of the average | %.1f Mbit/s |",
        options.nodes(),
        options.lost(),
        options.cameras(),
        outcome.run().cameras(),
        outcome.run().dials(),
        outcome.run().dialsInASecond(),
        outcome.run().mostOfASite(),
        outcome.run().mostOfANode(),
        Times.text(outcome.takeover()),
        Times.text(outcome.run().playingAt()),
        outcome.mostLoad(),
        reports(options) / 1e6);
  }

  /** What each node gets of the others' reports, in bits a second. */
  static double reports(LossOptions options) {
    double ofOthers = options.cameras() * (options.nodes() - 1.0) / options.nodes();
    return ofOthers * BYTES_OF_A_HOLDING * Byte.SIZE / SECONDS_BETWEEN_REPORTS;
  }

  static String json(SimulatedFleet.Outcome outcome) {
    LossOptions options = outcome.options();
    Map<String, Object> line = Json.event("loss");
    line.put("nodes", options.nodes());
    line.put("lost", options.lost());
    line.put("cameras", options.cameras());
    line.put("takenOver", outcome.run().cameras());
    line.put("dials", outcome.run().dials());
    line.put("mostDialsInASecond", outcome.run().dialsInASecond());
    line.put("mostOfASite", outcome.run().mostOfASite());
    line.put("mostOfANode", outcome.run().mostOfANode());
    line.put("givenAfter", Times.json(outcome.takeover()));
    line.put("playingAfter", Times.json(outcome.run().playingAt()));
    line.put("mostLoad", outcome.mostLoad());
    line.put("reportsBitsPerSecond", Math.round(reports(options)));
    return Json.line(line);
  }
}

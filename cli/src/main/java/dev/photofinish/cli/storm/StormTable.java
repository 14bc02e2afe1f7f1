package dev.photofinish.cli.storm;

import dev.photofinish.cli.command.Json;
import dev.photofinish.cli.picture.Times;
import dev.photofinish.option.Option;
import dev.photofinish.race.Strategy;
import dev.photofinish.retry.RetryStrategy;
import dev.photofinish.simulation.Storm;
import java.util.List;
import java.util.Locale;

/** What came of a storm as a row of the table of docs/storm.md, or as a line of JSON. */
record StormTable(StormOptions run, Strategy racing, RetryStrategy retries) {
  static final List<String> HEAD =
      List.of(
          "| racing | retries | limiter | dials a camera | dials at once, at most |"
              + " connections in 100 ms, at most | all back after |",
          "|---|---|---|---|---|---|---|");

  String row(boolean within, Storm.Run destination) {
    return String.format(
        Locale.ROOT,
        "| %s | %s | %s | %.2f | %d | %d | %s |",
        Option.word(racing),
        Option.word(retries),
        within ? "within" : "none",
        (double) destination.dials() / run.cameras(),
        destination.peakInProgress(),
        destination.peakConnects(),
        destination.allBackAt() < 0 ? "an hour, not all" : Times.text(destination.allBackAt()));
  }

  String json(boolean within, Storm.Run destination) {
    var line = Json.event("storm");
    line.put("strategy", Option.word(racing));
    line.put("retryStrategy", Option.word(retries));
    line.put("limiter", within);
    line.put("dials", destination.dials());
    line.put("mostAtOnce", destination.peakInProgress());
    line.put("mostWaiting", destination.mostWaiting());
    line.put("mostConnectsIn100Ms", destination.peakConnects());
    line.put("allBackAt", destination.allBackAt() < 0 ? null : Times.json(destination.allBackAt()));
    return Json.line(line);
  }
}

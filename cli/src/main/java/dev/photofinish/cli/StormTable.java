package dev.photofinish.cli;

import dev.photofinish.race.Option;
import dev.photofinish.race.Strategy;
import dev.photofinish.retry.RetryStrategy;
import dev.photofinish.retry.Storm;
import java.util.List;
import java.util.Locale;

/** What came of a storm as a row of the table of docs/storm.md, or as a line of JSON. */
record StormTable(StormRun run, Strategy racing, RetryStrategy retries) {
  static final List<String> HEAD =
      List.of(
          "| racing | retries | budget | dials a camera | dials at once, at most |"
              + " connections in 100 ms, at most | all back after |",
          "|---|---|---|---|---|---|---|");

  String row(boolean within, Storm.Course course) {
    return String.format(
        Locale.ROOT,
        "| %s | %s | %s | %.2f | %d | %d | %s |",
        Option.word(racing),
        Option.word(retries),
        within ? "within" : "none",
        (double) course.dials() / run.cameras(),
        course.peakInProgress(),
        course.peakConnects(),
        course.allBackAt() < 0 ? "an hour, not all" : Times.text(course.allBackAt()));
  }

  String json(boolean within, Storm.Course course) {
    var line = Json.event("storm");
    line.put("strategy", Option.word(racing));
    line.put("retryStrategy", Option.word(retries));
    line.put("budget", within);
    line.put("dials", course.dials());
    line.put("mostAtOnce", course.peakInProgress());
    line.put("mostWaiting", course.mostWaiting());
    line.put("mostConnectsIn100Ms", course.peakConnects());
    line.put("allBackAt", course.allBackAt() < 0 ? null : Times.json(course.allBackAt()));
    return Json.line(line);
  }
}

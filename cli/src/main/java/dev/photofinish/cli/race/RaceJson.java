package dev.photofinish.cli.race;

import dev.photofinish.cli.command.CliContext;
import dev.photofinish.cli.command.Elapsed;
import dev.photofinish.cli.command.Json;
import dev.photofinish.cli.picture.Times;
import dev.photofinish.race.RaceReport;
import dev.photofinish.race.report.ReportMap;
import dev.photofinish.simulation.Prediction;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One JSON line a race and one for all of them. */
final class RaceJson implements RaceOutput {
  private final CliContext context;
  private final Elapsed elapsed = new Elapsed();

  RaceJson(CliContext context) {
    this.context = context;
  }

  @Override
  public void race(RaceReport report, int number, int count) {
    Map<String, Object> line = Json.event("race");
    line.put("at", elapsed.millis());
    line.put("target", report.target());
    line.putAll(ReportMap.of(report));
    context.line(Json.line(line));
  }

  @Override
  public void races(Distribution distribution, Prediction prediction) {
    Map<String, Object> line = Json.event("races");
    line.put("count", distribution.count());
    line.put("won", distribution.won().size());
    line.put("p50Ms", millis(distribution.percentile(50)));
    line.put("p90Ms", millis(distribution.percentile(90)));
    line.put("p95Ms", millis(distribution.percentile(95)));
    line.put("p99Ms", millis(distribution.percentile(99)));
    line.put("meanMs", millis(distribution.mean()));
    line.put("maxMs", millis(distribution.max()));
    context.line(Json.line(line));
  }

  private static @Nullable Number millis(long nanos) {
    return nanos < 0 ? null : Times.json(nanos);
  }
}

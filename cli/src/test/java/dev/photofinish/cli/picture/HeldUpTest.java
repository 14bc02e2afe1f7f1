package dev.photofinish.cli.picture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.cli.terminal.Glyphs;
import dev.photofinish.race.DialLimiter;
import dev.photofinish.race.RaceReport;
import dev.photofinish.race.RaceReport.Throttled;
import dev.photofinish.race.report.ReportMap;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Delays by the limiter of the process, in text and picture. */
final class HeldUpTest {
  private static final long MS = 1_000_000;

  private static RaceReport heldUp(RaceReport of, long queuedFor, Throttled... throttled) {
    return new RaceReport(
        of.target(),
        of.strategy(),
        of.options(),
        of.answers(),
        of.attempts(),
        of.result(),
        of.winner(),
        of.decidedAt(),
        queuedFor,
        List.of(throttled));
  }

  @Test
  void isOneShortLine() {
    RaceReport report =
        heldUp(
            Reports.DEAD_IPV6,
            3200 * MS,
            new Throttled(2, 250 * MS, 260 * MS, DialLimiter.Reason.EXTRA_ATTEMPTS),
            new Throttled(3, 270 * MS, -1, DialLimiter.Reason.MAX_DIALS));
    String line =
        "waited 3200 ms for a place to dial; attempt 2 and 1 more throttled at 250 ms for 10 ms"
            + " (extra-attempts)";
    assertThat(Timeline.draw(Scene.of(report), 200, Glyphs.UNICODE, false)).contains(line);
    assertThat(TimelineSvg.draw(report)).contains(line);
  }

  @Test
  void isNotThereWhenNothingWas() {
    assertThat(Lanes.heldUp(Reports.DEAD_IPV6)).isEmpty();
    assertThat(ReportMap.of(Reports.DEAD_IPV6)).doesNotContainKeys("queued", "throttled");
    assertThat(TimelineSvg.draw(Reports.DEAD_IPV6)).doesNotContain("throttled");
  }
}

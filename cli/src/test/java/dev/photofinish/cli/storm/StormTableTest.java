package dev.photofinish.cli.storm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.cli.terminal.Glyphs;
import dev.photofinish.cli.terminal.Screen;
import dev.photofinish.race.Strategy;
import dev.photofinish.retry.RetryStrategy;
import dev.photofinish.simulation.Storm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The table of a storm: aligned on a terminal, Markdown elsewhere. */
final class StormTableTest {
  private static final Screen TERMINAL = new Screen(null, true, false, Glyphs.UNICODE, () -> 80);
  private static final StormOptions OPTIONS =
      new StormOptions(5000, Duration.ofSeconds(20), false, 1, null);
  private static final StormTable TABLE =
      new StormTable(OPTIONS, Strategy.FIRST_WINS, RetryStrategy.EXPONENTIAL_JITTER);

  /** So many dials; all cameras are back after so many nanoseconds, or never. */
  private static Storm.Run run(long dials, long allBackAt) {
    return new Storm.Run(List.of(), dials, 128, 4872, 0, 0, 0, allBackAt);
  }

  @Test
  void columnsAreAlignedAndFitATerminal() {
    List<String> lines = new ArrayList<>(StormTable.head(TERMINAL));
    lines.add(TABLE.row(TERMINAL, true, run(5250, 21_600_000_000L)));
    lines.add(TABLE.row(TERMINAL, false, run(180_000, -1)));

    assertThat(lines)
        .containsExactly(
            "                                          dials  at once  in 0.1s  all back",
            "racing      retries             limiter    each  at most  at most     after",
            "first-wins  exponential-jitter  within     1.05      128        0    21.6 s",
            "first-wins  exponential-jitter  none      36.00      128        0  over 1 h")
        .allMatch(line -> line.length() <= 80);
  }

  @Test
  void elsewhereItIsMarkdown() {
    Screen plain = Screen.plain();

    assertThat(StormTable.head(plain)).hasSize(2).allMatch(line -> line.startsWith("|"));
    assertThat(TABLE.row(plain, true, run(5250, 21_600_000_000L)))
        .isEqualTo("| first-wins | exponential-jitter | within | 1.05 | 128 | 0 | 21.6 s |");
    assertThat(TABLE.row(plain, true, run(5250, -1))).endsWith("| an hour, not all |");
  }

  @Test
  void jsonHasNullForCamerasThatAreNotBack() {
    assertThat(TABLE.json(true, run(5250, -1))).contains("\"allBackAt\":null");
    assertThat(TABLE.json(true, run(5250, 1_000_000))).contains("\"allBackAt\":1");
  }
}

package dev.photofinish.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.race.RaceReport;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TimelineTest {

  @Test
  void showsAnswersAttemptsAndTheDecision() {
    assertThat(draw(Reports.DEAD_IPV6, 80))
        .isEqualTo(
            """
            first-wins race to rtsp://camera.example/stream
            won by attempt 2, 192.0.2.1:554, after 285 ms
                                 0             100           200 ms
            DNS AAAA             ╌╌▾                                     ┊  1 address 12 ms
            DNS A                ╌╌╌▾                                    ┊  1 address 18 ms
            1 [2001:db8::1]:554    ├╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌×  cancelled 285 ms
            2 192.0.2.1:554                                           ├●━◆  won 285 ms
            ▾ answer   ├ start   × closed by us   ● connected   ◆ ready   ┊ decision
            """);
  }

  @Test
  void showsEvictionAndHeldAttempts() {
    assertThat(draw(Reports.DROP_OLDEST, 80))
        .contains("1 192.0.2.1:554  ●━━━━━━━━━━━━━━╳")
        .contains("evicted 252 ms, closed");
    assertThat(draw(Reports.LAST_WINS, 80))
        .contains("1 192.0.2.1:554  ├●━━━━━━━━◆════════════════×")
        .contains("replaced 390 ms");
  }

  @Test
  void isWrittenInAsciiWhereTheCharsetHasNoMore() {
    String text =
        String.join(
            "\n", Timeline.draw(Reports.LOST, 80, Glyphs.of(StandardCharsets.US_ASCII), false));

    assertThat(text).isEqualTo(text.replaceAll("[^\\x00-\\x7f]", "?")).contains("timed-out");
  }

  @ParameterizedTest
  @ValueSource(ints = {40, 50, 60, 80, 100, 132, 200})
  void isNeverWiderThanAsked(int width) {
    for (RaceReport report : Reports.ALL) {
      assertThat(Timeline.draw(report, width, Glyphs.UNICODE, false))
          .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(width));
    }
  }

  @Test
  void coloursChangeNothingButColours() {
    for (RaceReport report : Reports.ALL) {
      List<String> coloured = Timeline.draw(report, 80, Glyphs.UNICODE, true);
      assertThat(coloured.stream().map(line -> line.replaceAll("\u001b\\[\\d+m", "")).toList())
          .isEqualTo(Timeline.draw(report, 80, Glyphs.UNICODE, false));
      assertThat(String.join("", coloured)).contains("\u001b[");
    }
  }

  private static String draw(RaceReport report, int width) {
    return String.join("\n", Timeline.draw(report, width, Glyphs.UNICODE, false)) + "\n";
  }
}

package dev.photofinish.cli.picture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.cli.terminal.Glyphs;
import dev.photofinish.connect.observe.RaceProgress;
import dev.photofinish.race.RaceReport;
import dev.photofinish.race.address.Family;
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
                                 0 ms          100           200
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
  void whereItIsNarrowEachLaneLiesUnderItsNameAndNothingIsCutOff() {
    assertThat(draw(Reports.DEAD_IPV6, 40))
        .isEqualTo(
            """
            first-wins race to
            rtsp://camera.example/stream
            won by attempt 2, 192.0.2.1:554, after
            285 ms
              0 ms         100          200
            DNS AAAA                 1 address 12 ms
              ╌╌▾                                  ┊
            DNS A                    1 address 18 ms
              ╌╌▾                                  ┊
            1 [2001:db8::1]:554     cancelled 285 ms
                ├╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌×
            2 192.0.2.1:554               won 285 ms
                                                ├●━◆
            ▾ answer   ├ start   × closed by us
            ● connected   ◆ ready   ┊ decision
            """);
  }

  @Test
  void aLongAddressKeepsItsEnd() {
    RaceReport report = Reports.to("2001:db8:85a3:1234:5678:8a2e:370:7334");
    assertThat(draw(report, 40)).contains("…:370:7334]:554").doesNotContain("5678");
    assertThat(draw(report, 80)).contains("1 [2001:db8:85a3:1234:5678:8a2e:370:7334]:554");
  }

  @Test
  void aRaceThatIsOnEndsNow() {
    RaceProgress.Snapshot race =
        new RaceProgress.Snapshot(
            1, Reports.running(), 400_000_000, List.of(new RaceProgress.Question(0, Family.IPV6)));
    assertThat(String.join("\n", Timeline.draw(Scene.of(race), 80, Glyphs.UNICODE, false)) + "\n")
        .isEqualTo(
            """
            first-wins race to camera.example:554
            on for 400 ms, 2 in progress
                                 0 ms         200          400
            DNS AAAA             ╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌         asked
            1 192.0.2.1:554      ├●━╳                                evicted 50 ms, closed
            2 [2001:db8::1]:554         ├╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌         dialling
            3 192.0.2.1:554                   ├╌●━━━━━━━━━━━         connected
            ├ start   ● connected   ╳ ended
            """);
  }

  @Test
  void hybridsSecondRaceHasItsMark() {
    assertThat(draw(Reports.SECOND_RACE, 80))
        .contains("│ second race")
        .contains("×        │   ┊  retired 750 ms");
  }

  @Test
  void isWrittenInAsciiWhereTheCharsetHasNoMore() {
    String text =
        String.join(
            "\n",
            Timeline.draw(Scene.of(Reports.LOST), 80, Glyphs.of(StandardCharsets.US_ASCII), false));

    assertThat(text).isEqualTo(text.replaceAll("[^\\x00-\\x7f]", "?")).contains("timed-out");
  }

  @ParameterizedTest
  @ValueSource(ints = {24, 40, 50, 60, 80, 100, 132, 200})
  void isNeverWiderThanAsked(int width) {
    for (RaceReport report : Reports.ALL) {
      assertThat(Timeline.draw(Scene.of(report), width, Glyphs.UNICODE, false))
          .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(width));
    }
  }

  @Test
  void coloursChangeNothingButColours() {
    for (RaceReport report : Reports.ALL) {
      List<String> coloured = Timeline.draw(Scene.of(report), 80, Glyphs.UNICODE, true);
      assertThat(coloured.stream().map(line -> line.replaceAll("\u001b\\[\\d+m", "")).toList())
          .isEqualTo(Timeline.draw(Scene.of(report), 80, Glyphs.UNICODE, false));
      assertThat(String.join("", coloured)).contains("\u001b[");
    }
  }

  private static String draw(RaceReport report, int width) {
    return String.join("\n", Timeline.draw(Scene.of(report), width, Glyphs.UNICODE, false)) + "\n";
  }
}

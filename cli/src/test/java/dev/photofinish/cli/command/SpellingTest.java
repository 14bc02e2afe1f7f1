package dev.photofinish.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SpellingTest {

  @ParameterizedTest
  @CsvSource({
    "'', '', 0",
    "watch, watch, 0",
    "wach, watch, 1",
    "watch, catch, 1",
    "kitten, sitting, 3",
    "'', abc, 3"
  })
  void distanceCountsLettersToChange(String a, String b, int distance) {
    assertThat(Spelling.distance(a, b)).isEqualTo(distance);
    assertThat(Spelling.distance(b, a)).isEqualTo(distance);
  }

  @Test
  void onlyANearWordIsMeant() {
    List<String> known = List.of("watch", "race", "--racing-delay-ms");

    assertThat(Spelling.nearest("wacth1", known)).isEmpty();
    assertThat(Spelling.nearest("wath", known)).contains("watch");
    assertThat(Spelling.nearest("--racing-dealy-ms", known)).contains("--racing-delay-ms");
    assertThat(Spelling.nearest("storm", known)).isEmpty();
  }
}

package dev.photofinish.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileNamePatternTest {
  private static final Instant TIME = Instant.parse("2026-03-01T23:30:05Z");

  @Test
  void fieldsAreThoseOfTheZone() {
    assertThat(
            new FileNamePattern("door 1/%Y-%m-%d/%H%M%S_%s_%%")
                .at(TIME, ZoneId.of("Europe/Berlin")))
        .isEqualTo("door 1/2026-03-02/003005_1772407805_%");
  }

  @Test
  void theOffsetIsThatOfTheTime() {
    assertThat(new FileNamePattern("%H%M%S%z").at(TIME, ZoneId.of("Europe/Berlin")))
        .isEqualTo("003005+0100");
    assertThat(new FileNamePattern("%H%M%S%z").at(TIME, ZoneId.of("America/St_Johns")))
        .isEqualTo("200005-0330");
  }

  /** Of an hour in Berlin, of half an hour on Lord Howe Island. */
  @ParameterizedTest
  @CsvSource({
    "Europe/Berlin, 2026-10-25T00:00:00Z, %Y/%m/%d/%H-%M-%S",
    "Europe/Berlin, 2026-10-25T00:00:00Z, %H%M%S",
    "America/New_York, 2026-11-01T05:00:00Z, %H/%M/%S",
    "Australia/Lord_Howe, 2026-04-04T14:30:00Z, %H_%M_%S"
  })
  void namesAreInTheOrderOfTimeWhereAnHourComesTwice(String zone, Instant from, String pattern) {
    FileNamePattern names = new FileNamePattern(pattern);
    List<String> inOrder = new ArrayList<>();
    for (int minutes = -60; minutes < 180; minutes += 10) {
      inOrder.add(names.at(from.plusSeconds(60L * minutes), ZoneId.of(zone)));
    }
    assertThat(inOrder).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void theHourThatComesAgainHasALetter() {
    Instant again = Instant.parse("2026-10-25T01:10:00Z");
    assertThat(new FileNamePattern("%H-%M").at(again, ZoneId.of("Europe/Berlin")))
        .isEqualTo("02b-10");
    assertThat(
            new FileNamePattern("%H-%M").at(again.minusSeconds(3600), ZoneId.of("Europe/Berlin")))
        .isEqualTo("02-10");
    assertThat(new FileNamePattern("%H-%M").at(again.plusSeconds(3600), ZoneId.of("Europe/Berlin")))
        .isEqualTo("03-10");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/etc/passwd",
        "../%S",
        "a/../b",
        "a//b",
        "a/",
        ".hidden",
        "a/.",
        "a.",
        " a",
        "a\\b",
        "C:%S",
        "a*b",
        "a?b",
        "a\"b",
        "a<b",
        "a|b",
        "a\nb",
        "a\u0000b",
        "a\u001b[31mb",
        "a\u202eb",
        "%",
        "%q",
        "$(reboot)`",
        "a;b"
      })
  void whatIsNoPlainRelativePathIsRefused(String pattern) {
    assertThatThrownBy(() -> new FileNamePattern(pattern))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching("[ -~]+"); // shown escaped
  }

  @Test
  void aLongNameIsRefused() {
    assertThatThrownBy(() -> new FileNamePattern("a".repeat(201)))
        .hasMessageContaining("longer than 200 characters");
  }
}

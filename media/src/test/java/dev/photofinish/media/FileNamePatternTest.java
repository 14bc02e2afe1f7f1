package dev.photofinish.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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

package dev.photofinish.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
  @Test
  void anIndexIsReadAsItWasWritten() {
    Instant at = Instant.parse("2026-03-01T10:00:00.123Z");
    Gap gap = new Gap(at, Duration.ofMillis(1500), Gap.Cause.SLOW_DISK);
    RecordedFile file =
        new RecordedFile(
            "t\u00fcr/1.mp4", at, Duration.ofMillis(2040), 123, 45, 7, 6, List.of(gap));
    IndexText index = new IndexText("a/b.mp4", at, 7, List.of(file));
    assertThat(IndexText.read(index.write())).isEqualTo(index);
    assertThat(IndexText.read(IndexText.EMPTY.write())).isEqualTo(IndexText.EMPTY);
  }

  @Test
  void valuesOfAllKinds() {
    assertThat(Json.parse(" [1.5e1, \"a\\u0041\\n\\\"\", true, false, null, {\"b\" : []}]"))
        .isInstanceOf(List.class)
        .hasToString("[15.0, aA\n\", true, false, null, {b=[]}]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[",
        "[1",
        "{\"a\"}",
        "{a:1}",
        "\"a",
        "\"\\u12\"",
        "\"\\q\"",
        "tru",
        "1x",
        "[] []",
        "[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]"
      })
  void everythingElseIsRefused(String text) {
    assertThatThrownBy(() -> Json.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}

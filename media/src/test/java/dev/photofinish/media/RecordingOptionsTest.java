package dev.photofinish.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordingOptionsTest {
  @ParameterizedTest
  @CsvSource({"door.mp4, MP4", "door.ts, TS", "a.ts.mp4, MP4"})
  void aFilesNameSaysItsContainer(Path file, RecordingContainer container) {
    assertThat(RecordingContainer.of(file)).contains(container);
    assertThat(RecordingOptions.to(file).container()).isEqualTo(container);
  }

  /** A file gets the name that was asked for, so that another case is not the same extension. */
  @ParameterizedTest
  @ValueSource(strings = {"X.MP4", "X.Ts", "mp4", "door", "door.mkv", "/"})
  void anotherNameIsRefused(Path file) {
    assertThat(RecordingContainer.of(file)).isEmpty();
    assertThatThrownBy(() -> RecordingOptions.to(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must end in .mp4 or .ts");
  }

  @Test
  void aNameInAnErrorIsEscapedAndCut() {
    Path file = Path.of("\u001b[31m\"" + "x".repeat(100));
    assertThatThrownBy(() -> RecordingOptions.to(file))
        .hasMessage(
            "the name \"\\u001b[31m\\\"" + "x".repeat(74) + "...\" must end in .mp4 or .ts");
  }
}

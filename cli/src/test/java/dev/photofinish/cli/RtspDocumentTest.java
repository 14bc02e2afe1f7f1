package dev.photofinish.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Keeps {@code docs/rtsp.md} honest: the tests that it names exist, and each habit has one. */
class RtspDocumentTest {
  private static final String HABITS = "\n## Cameras' habits\n";

  private final String text = Files.readString(Path.of("../docs/rtsp.md"));

  RtspDocumentTest() throws IOException {}

  @Test
  void namedTestsExist() throws IOException {
    assertThat(new NamedTests().missingFrom(text)).isEmpty();
  }

  @Test
  void eachHabitHasATest() {
    int from = text.indexOf(HABITS);
    int to = text.indexOf("\n## ", from + HABITS.length());
    assertThat(text.substring(from, to < 0 ? text.length() : to).lines())
        .filteredOn(line -> line.startsWith("| ") && !line.endsWith("| test |"))
        .hasSizeGreaterThan(40)
        .allMatch(row -> NamedTests.NAME.matcher(row).find(), "names a test");
  }
}

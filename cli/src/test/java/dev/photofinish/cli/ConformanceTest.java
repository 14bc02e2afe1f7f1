package dev.photofinish.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Keeps {@code docs/conformance.md} honest: each row names tests that exist, or says that there is
 * none. Classes are named without their package, so that they may move.
 */
class ConformanceTest {
  private static final int SENTENCES = 32;

  private final List<String> rows;

  ConformanceTest() throws IOException {
    rows =
        Files.readAllLines(Path.of("../docs/conformance.md")).stream()
            .filter(line -> line.startsWith("| ") && !line.startsWith("| # |"))
            .filter(line -> !line.endsWith("| test |"))
            .toList();
  }

  @Test
  void namedTestsExist() throws IOException {
    assertThat(new NamedTests().missingFrom(String.join("\n", rows))).isEmpty();
  }

  @Test
  void eachRowNamesATestOrSaysThatThereIsNone() {
    assertThat(rows).isNotEmpty();
    assertThat(rows)
        .allMatch(
            row -> NamedTests.NAME.matcher(row).find() != row.contains("| no test: "),
            "has a test");
  }

  @Test
  void noSentenceOfRfc8305IsLeftOut() {
    List<String> numbers = new ArrayList<>();
    for (int i = 1; i <= SENTENCES; i++) {
      numbers.add(String.valueOf(i));
    }
    assertThat(rows.stream().map(row -> row.split("\\|", 3)[1].strip()).limit(SENTENCES))
        .containsExactlyElementsOf(numbers);
  }
}

package dev.photofinish.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Keeps {@code docs/conformance.md} honest: each row names tests that exist, or says that there is
 * none. Classes are named without their package, so that they may move.
 */
class ConformanceTest {
  private static final Pattern TEST = Pattern.compile("`(\\w+)#(\\w+)`");
  private static final int SENTENCES = 32;

  private final List<String> rows;
  private final Map<String, String> sources = new HashMap<>();

  ConformanceTest() throws IOException {
    rows =
        Files.readAllLines(Path.of("../docs/conformance.md")).stream()
            .filter(line -> line.startsWith("| ") && !line.startsWith("| # |"))
            .filter(line -> !line.endsWith("| test |"))
            .toList();
    try (Stream<Path> files = Files.find(Path.of(".."), 20, (file, is) -> isTest(file))) {
      files.forEach(file -> sources.merge(simpleName(file), read(file), String::concat));
    }
  }

  private static boolean isTest(Path file) {
    return file.toString().contains("/src/test/java/") && file.toString().endsWith("Test.java");
  }

  private static String simpleName(Path file) {
    return file.getFileName().toString().replace(".java", "");
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void namedTestsExist() {
    List<String> missing = new ArrayList<>();
    for (String row : rows) {
      Matcher test = TEST.matcher(row);
      while (test.find()) {
        String source = sources.getOrDefault(test.group(1), "");
        if (!source.contains("void " + test.group(2) + "(")) {
          missing.add(test.group());
        }
      }
    }
    assertThat(missing).isEmpty();
  }

  @Test
  void eachRowNamesATestOrSaysThatThereIsNone() {
    assertThat(rows).isNotEmpty();
    assertThat(rows)
        .allMatch(row -> TEST.matcher(row).find() != row.contains("| no test: "), "has a test");
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

package dev.photofinish.rtsp.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every file of the camera data is understood as its folder's {@code expected.txt} says, which was
 * compared with the data by eye. A file without an expectation fails, and so does an expectation
 * without a file. What is understood now stands in {@code target/camera-data}.
 */
class CameraDataTest {
  private static final Path DATA = Path.of("src/test/resources/camera-data");
  private static final Path ACTUAL = Path.of("target/camera-data");
  private static final Set<String> NOT_DATA = Set.of("README.md", "expected.txt");

  static Stream<Path> sources() throws IOException {
    return list(DATA).stream().filter(Files::isDirectory);
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> paths = Files.list(folder)) {
      return paths.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("sources")
  void everyFileIsUnderstoodAsExpected(Path source) throws IOException {
    Map<String, String> actual = new LinkedHashMap<>();
    for (Path file : list(source)) {
      if (!NOT_DATA.contains(file.getFileName().toString())) {
        var data = new CameraDataFile(file);
        actual.put(data.name(), String.join("\n", data.description()));
      }
    }
    write(source, actual);

    Map<String, String> expected = expected(source);
    assertThat(new TreeSet<>(expected.keySet())).isEqualTo(new TreeSet<>(actual.keySet()));
    actual.forEach(
        (name, text) -> assertThat(text).describedAs(name).isEqualTo(expected.get(name)));
  }

  private static void write(Path source, Map<String, String> actual) throws IOException {
    var text = new StringBuilder();
    actual.forEach(
        (name, lines) -> text.append("# ").append(name).append('\n').append(lines).append("\n\n"));
    Files.createDirectories(ACTUAL);
    Files.writeString(ACTUAL.resolve(source.getFileName() + ".txt"), text);
  }

  private static Map<String, String> expected(Path source) throws IOException {
    Path file = source.resolve("expected.txt");
    var expected = new LinkedHashMap<String, String>();
    for (String section :
        Files.exists(file) ? sections(Files.readString(file)) : List.<String>of()) {
      String[] parts = section.split("\n", 2);
      expected.put(parts[0], parts.length < 2 ? "" : parts[1].stripTrailing());
    }
    return expected;
  }

  private static List<String> sections(String text) {
    var sections = new ArrayList<>(List.of(("\n" + text).split("\n# ")));
    sections.remove(0);
    return sections;
  }

  @Test
  void everySourceNamesWhereItIsFromAndItsLicence() throws IOException {
    for (Path source : sources().toList()) {
      assertThat(Files.readString(source.resolve("README.md"))).contains("Licence:", "https://");
    }
  }
}

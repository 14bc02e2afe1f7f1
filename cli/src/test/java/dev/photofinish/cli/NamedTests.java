package dev.photofinish.cli;

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

/**
 * The tests of all modules by the names that documents use, {@code Class#method}, without packages,
 * so that classes may move.
 */
final class NamedTests {
  static final Pattern NAME = Pattern.compile("`(\\w+)#(\\w+)`");

  private final Map<String, String> sources = new HashMap<>();

  NamedTests() throws IOException {
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

  /** Those that {@code text} names and that are not there. */
  List<String> missingFrom(String text) {
    List<String> missing = new ArrayList<>();
    Matcher test = NAME.matcher(text);
    while (test.find()) {
      String source = sources.getOrDefault(test.group(1), "");
      if (!source.contains("void " + test.group(2) + "(")) {
        missing.add(test.group());
      }
    }
    return missing;
  }
}

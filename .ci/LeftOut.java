import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Prints which tests of a module were left out, and why: by a tag, or skipped with a reason.
 *
 * <p>{@code java .ci/LeftOut.java MODULE-FOLDER EXCLUDED-TAGS}, after the tests.
 */
final class LeftOut {
  private static final Pattern SKIPPED =
      Pattern.compile(
          "<testcase name=\"([^\"]*)\" classname=\"(?:[^\"]*\\.)?([^\".]*)\"[^>]*>\\s*"
              + "<skipped([^>]*)>(?:<!\\[CDATA\\[[^:\n]*: ([^\n]*))?");

  private static final Pattern MESSAGE = Pattern.compile(" message=\"([^\"]*)\"");

  private LeftOut() {}

  public static void main(String[] args) throws IOException {
    Path module = Path.of(args[0]);
    List<String> tags = args.length < 2 ? List.of() : List.of(args[1].split(","));
    Set<String> lines = new TreeSet<>();
    for (Path source : files(module.resolve("src/test/java"), ".java")) {
      String text = Files.readString(source);
      String name = source.getFileName().toString().replace(".java", "");
      for (String tag : tags) {
        if (text.contains("@Tag(\"" + tag + "\")")) {
          lines.add(name + (isWhole(text, tag) ? "" : " (some)") + ": tag " + tag + how(tag));
        }
      }
    }
    for (Path report : files(module.resolve("target/surefire-reports"), ".xml")) {
      Matcher skipped = SKIPPED.matcher(Files.readString(report));
      while (skipped.find()) {
        lines.add(skipped.group(2) + "#" + skipped.group(1) + ": " + plain(reason(skipped)));
      }
    }
    lines.forEach(line -> System.out.println("left out: " + line));
  }

  /** In the attribute, or at the end of the exception's first line. */
  private static String reason(Matcher skipped) {
    Matcher message = MESSAGE.matcher(skipped.group(3));
    if (message.find()) {
      return message.group(1);
    }
    return skipped.group(4) == null ? "no reason given" : skipped.group(4);
  }

  private static boolean isWhole(String text, String tag) {
    return text.contains("\n@Tag(\"" + tag + "\")");
  }

  private static String how(String tag) {
    return switch (tag) {
      case "lab" -> "; mvn verify -Plab runs it";
      case "soak", "churn" -> "; ./gates " + tag + " runs it";
      default -> "";
    };
  }

  private static String plain(String xml) {
    return xml.replace("&#10;", " ")
        .replace("&quot;", "\"")
        .replace("&apos;", "'")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
        .replaceFirst("^Assumption failed: ", "");
  }

  private static List<Path> files(Path folder, String end) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(file -> file.toString().endsWith(end)).toList();
    }
  }
}

package dev.photofinish.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A relay has the same settings of the JVM and of the C library, however it is started. */
class RelayPackagingTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern SETTING =
      Pattern.compile("-XX:[-+](UseSerialGC|UsePerfData|UseTransparentHugePages)");
  private static final Pattern THRESHOLD = Pattern.compile("MALLOC_MMAP_THRESHOLD_=\\D*(\\d+)");

  @ParameterizedTest
  @ValueSource(strings = {"packaging/Dockerfile", "packaging/photofinish-relay.service"})
  void asOfTheCommandLine(String file) throws IOException {
    assertThat(found(SETTING, file)).isEqualTo(found(SETTING, "photofinish")).hasSize(3);
    assertThat(found(THRESHOLD, file)).isEqualTo(found(THRESHOLD, "photofinish")).hasSize(1);
  }

  private static List<String> found(Pattern pattern, String file) throws IOException {
    return pattern
        .matcher(Files.readString(ROOT.resolve(file)))
        .results()
        .map(RelayPackagingTest::last)
        .distinct()
        .sorted()
        .toList();
  }

  /** The whole of a setting, or the number of the threshold. */
  private static String last(MatchResult match) {
    String group = match.group(1);
    return Character.isDigit(group.charAt(0)) ? group : match.group();
  }
}

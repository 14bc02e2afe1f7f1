package dev.photofinish.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class TerminalScreenTest {

  static Map<?, ?>[] plainEnvironments() {
    return new Map<?, ?>[] {
      Map.of("TERM", "xterm", "NO_COLOR", "1"), Map.of("TERM", "dumb"), Map.of()
    };
  }

  @ParameterizedTest
  @MethodSource("plainEnvironments")
  void nothingMovesAndNothingIsColouredWhereThatIsNotWanted(Map<String, String> environment) {
    Screen screen = TerminalScreen.detect(System.out, StandardCharsets.UTF_8, environment);

    assertThat(screen.window()).isNull();
    assertThat(screen.colours()).isFalse();
    assertThat(screen.width().getAsInt()).isEqualTo(80);
  }
}

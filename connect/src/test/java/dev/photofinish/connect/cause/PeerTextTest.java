package dev.photofinish.connect.cause;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PeerTextTest {
  @ParameterizedTest
  @ValueSource(strings = {"", "403 Forbidden", "nichts für ungut", "\u6771\u4eac"})
  void plainTextStays(String text) {
    assertThat(PeerText.shown(text)).isEqualTo(text);
  }

  /** ESC, BEL, C1's CSI, right-to-left override, line separator, half a surrogate pair. */
  @ParameterizedTest
  @ValueSource(chars = {0x1b, 0x07, 0x00, 0x7f, 0x9b, 0x202e, 0x2066, 0x2028, 0xfeff, 0xd800})
  void whatMovesTheTerminalIsEscaped(char evil) {
    assertThat(PeerText.shown("a" + evil + "b"))
        .isEqualTo("a\\u{" + Integer.toHexString(evil) + "}b");
  }

  @ParameterizedTest
  @CsvSource({"10, \\n", "13, \\r", "9, \\t"})
  void linesStayOne(int character, String shown) {
    assertThat(PeerText.shown("a" + (char) character + "b")).isEqualTo("a" + shown + "b");
  }

  @Test
  void longTextIsCutAndSaysSo() {
    String shown = PeerText.shown("x".repeat(1_000_000));
    assertThat(shown).endsWith("x... (999500 more)");
    assertThat(shown.length()).isLessThan(PeerText.MAX_SHOWN + 20);
    assertThat(PeerText.shown("\u001b".repeat(1_000_000)).length())
        .isLessThan(PeerText.MAX_SHOWN + 20);
  }
}

package dev.photofinish.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines are broken at words and never wider than the terminal. */
final class WrapTest {

  private static List<String> wrap(String text, int width, int indent) {
    return Wrap.lines(text, width, indent, '…');
  }

  @Test
  void aLineThatFitsStaysAsItIs() {
    assertThat(wrap("  1.0 s  two  words", 19, 9)).containsExactly("  1.0 s  two  words");
  }

  @Test
  void aLongLineIsBrokenAtWordsAndIndented() {
    assertThat(wrap("one two three four five", 10, 2))
        .containsExactly("one two", "  three", "  four", "  five");
  }

  @Test
  void aWordThatIsWiderThanALineIsCutWithAMark() {
    assertThat(wrap("see 0123456789abcdef now", 10, 2))
        .containsExactly("see", "  0123456…", "  now");
    assertThat(wrap("0123456789abcdef", 10, 2)).containsExactly("012345678…");
  }

  @Test
  void aStyleGoesOnInTheNextLineWithoutColouringTheIndent() {
    assertThat(wrap("\u001b[32mone two\u001b[0m three", 6, 2))
        .containsExactly("\u001b[32mone\u001b[0m", "  \u001b[32mtwo\u001b[0m", "  thr…");
  }

  @Test
  void wideCharactersCountAsTwoColumns() {
    assertThat(wrap("正門 正門", 6, 0)).containsExactly("正門", "正門");
  }

  @Test
  void blanksAtTheEndOfALineAreLeftOut() {
    assertThat(wrap("one   two", 5, 0)).containsExactly("one", "two");
    assertThat(wrap("", 5, 0)).containsExactly("");
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 5, 24, 80})
  void noLineIsWiderAndNoShortWordIsLost(int width) {
    Random random = new Random(width);
    for (int run = 0; run < 200; run++) {
      List<String> words =
          IntStream.range(0, random.nextInt(20))
              .mapToObj(i -> "w".repeat(1 + random.nextInt(12)))
              .toList();

      List<String> lines = wrap(String.join(" ", words), width, random.nextInt(12));

      assertThat(lines).allMatch(line -> Wrap.columns(line) <= width);
      if (width == 80) {
        assertThat(List.of(String.join(" ", lines).strip().split(" +")))
            .isEqualTo(words.isEmpty() ? List.of("") : words);
      }
    }
  }

  @Test
  void aCutLineEndsWithTheMark() {
    assertThat(Wrap.clip("12345678", 8, '…')).isEqualTo("12345678");
    assertThat(Wrap.clip("123456789", 8, '…')).isEqualTo("1234567…");
    assertThat(Wrap.clip("123456789", 8, '~')).isEqualTo("1234567~");
    assertThat(Wrap.clip("\u001b[1m123456789\u001b[0m", 4, '…'))
        .isEqualTo("\u001b[1m123\u001b[0m…");
    assertThat(Wrap.clip("1", 0, '…')).isEmpty();
  }

  @Test
  void onlyATerminalBreaksLines() {
    String line = "word ".repeat(40).strip();

    assertThat(Screen.plain().wrap(line, 0)).containsExactly(line);
    assertThat(Screen.still(java.nio.charset.StandardCharsets.UTF_8, 60).wrap(line, 0))
        .hasSizeGreaterThan(3);
  }
}

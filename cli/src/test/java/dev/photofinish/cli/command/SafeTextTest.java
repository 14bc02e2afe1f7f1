package dev.photofinish.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Text of a peer drives no terminal, is of bounded length and shows no password. */
final class SafeTextTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u001b[2J",
        "\u0007",
        "\u009b31m",
        "\u202e",
        "\u2066",
        "\u0000",
        "\r\n",
        "\u007f"
      })
  void whatDrivesATerminalIsEscaped(String evil) {
    assertThat(SafeText.value("a" + evil + "b")).matches("a[\\\\!-~]+b");
    assertThat(SafeText.line("a" + evil + "b")).matches("a[\\\\!-~]+b");
    assertThat(Json.line(Map.of("text", "a" + evil + "b")))
        .matches(line -> line.chars().allMatch(c -> c >= ' ' && c <= '\u007f'));
  }

  @Test
  void aLineKeepsWordsOfAnyLanguage() {
    assertThat(SafeText.line("Tür zum Hof: 正門")).isEqualTo("Tür zum Hof: 正門");
  }

  @Test
  @Timeout(10)
  void aMegabyteIsCutInLinearTime() {
    assertThat(SafeText.value("x".repeat(1 << 20)).length()).isLessThan(250);
    assertThat(SafeText.line("x".repeat(1 << 20)).length()).isLessThan(4100);
    assertThat(SafeText.line("://".repeat(1 << 20)).length()).isLessThan(4100);
    assertThat(SafeText.line("\u001b".repeat(1 << 20)).length()).isLessThan(4100);
  }

  @ParameterizedTest
  @CsvSource({
    "rtsp://user:pw@host/s, rtsp://host/s",
    "rtsp://user:p@w@host/s, rtsp://host/s",
    "see rtsp://u:pw@a/ and http://b/, see rtsp://a/ and http://b/",
    "me@example.com, me@example.com",
    "unexpected word 'u:p@w@host', unexpected word ***@host'",
    "rtsp://host/user=a_password=b_channel=1, rtsp://host/user=a_password=***_channel=1",
    "rtsp://host/s, rtsp://host/s",
    "'', ''"
  })
  void userAndPasswordAreLeftOut(String text, String shown) {
    assertThat(SafeText.line(text)).isEqualTo(shown);
  }

  @Test
  void aPasswordBehindTheCutIsNotShownBeforeIt() {
    String secret = "rtsp://user:" + "p".repeat(5000) + "@host/";

    assertThat(SafeText.line(secret)).isEqualTo("rtsp://host/");
  }
}

package dev.photofinish.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Knobs as text, their ranges and the words of their errors. */
class KnobTest {

  static List<Knob<?>> all() {
    return Knob.all();
  }

  @ParameterizedTest
  @MethodSource("all")
  void everyDefaultIsReadFromItsOwnText(Knob<?> knob) {
    assertThat(knob.parse(knob.defaultText())).isEqualTo(knob.defaultValue());
    assertThat(knob.description()).isNotBlank();
    assertThat(knob.range()).isNotBlank();
    assertThat(Knob.named(knob.name())).isSameAs(knob);
  }

  @Test
  void namesAreUnique() {
    assertThat(Knob.all()).extracting(Knob::name).doesNotHaveDuplicates().hasSizeGreaterThan(30);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "limit             | -1     | limit: -1 is not 0 to 10000",
        "limit             | 10001  | limit: 10001 is not 0 to 10000",
        "limit             | one    | limit: one is not 0 to 10000",
        "port              | 65536  | port: 65536 is not 0 to 65535",
        "fps               | 0      | fps: 0 is not 1 to 60",
        "loss              | 101    | loss: 101 is not 0 to 100",
        "on-limit          | 404    | on-limit: 404 is not one of drop-oldest, drop-oldest-of-source, reject-new, silent, 453, 503, degrade",
        "hang-up-after     | 5      | hang-up-after: 5 is not 0 to 24h",
        "hang-up-after     | -5s    | hang-up-after: -5s is not 0 to 24h",
        "hang-up-after     | 25h    | hang-up-after: 90000s is not 0 to 24h",
        "session-timeout   | 1500ms | session-timeout: 1500ms is not 1s to 24h, whole seconds",
        "reboot-for        | 0      | reboot-for: 0 is not 1ms to 24h",
        "tls               | maybe  | tls: maybe is not on or off",
        "auth              | ntlm   | auth: ntlm is not some of basic, digest, digest-sha-256, separated by commas",
        "seed              | x      | seed: x is not a whole number",
      })
  void refusesWhatIsOutOfRange(String name, String text, String message) {
    assertThatThrownBy(() -> SimulatedCamera.builder().set(name, text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void textAndMethodsGiveTheSame() {
    CameraOptions text =
        SimulatedCamera.builder()
            .set("limit", "1")
            .set("on-limit", "drop-oldest")
            .set("answer-ms", "400")
            .set("slot-kept", "5s")
            .set("user", "admin")
            .set("password", "secret")
            .set("auth", "basic,digest-sha-256")
            .options();
    CameraOptions methods =
        SimulatedCamera.builder()
            .limit(1, OnLimit.DROP_OLDEST)
            .answerDelay(Duration.ofMillis(400))
            .slotKept(Duration.ofSeconds(5))
            .credentials("admin", "secret", AuthScheme.BASIC, AuthScheme.DIGEST_SHA_256)
            .options();

    for (Knob<?> knob : Knob.all()) {
      assertThat(text.get(knob)).as(knob.name()).isEqualTo(methods.get(knob));
    }
  }

  @Test
  void neverShowsThePassword() {
    CameraOptions options = SimulatedCamera.builder().credentials("admin", "secret").options();

    assertThat(options).hasToString("user=admin password=***");
    assertThatThrownBy(() -> SimulatedCamera.builder().set("password", "sec\nret"))
        .hasMessage("password: the value is not text without line breaks");
  }

  @Test
  void namesTheKnobsThatThereAre() {
    assertThatThrownBy(() -> SimulatedCamera.builder().set("limits", "1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("no knob is called limits, only address, port, path");
  }
}

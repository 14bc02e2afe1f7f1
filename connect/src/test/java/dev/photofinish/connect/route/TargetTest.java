package dev.photofinish.connect.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.photofinish.option.InvalidOptionException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Targets as text, both ways. */
class TargetTest {

  @ParameterizedTest
  @CsvSource({
    "camera:554, camera, 554, false",
    "camera.example.:8554, camera.example., 8554, false",
    "192.0.2.1:1, 192.0.2.1, 1, false",
    "[2001:db8::1]:65535, 2001:db8::1, 65535, false",
    "[fe80::1%eth0]:554, fe80::1%eth0, 554, false",
    "tls://camera:322, camera, 322, true",
    "tls://[::1]:322, ::1, 322, true",
    "my_camera-2:554, my_camera-2, 554, false",
    "kamera-überwachung:554, kamera-überwachung, 554, false"
  })
  void readsAndWritesBack(String text, String host, int port, boolean tls) {
    assertThat(Target.parse(text)).isEqualTo(Target.of(new Endpoint(host, port, tls)));
    assertThat(Target.parse(text)).hasToString(text);
  }

  @Test
  void severalEndpointsInOrder() {
    Target target = Target.parse("a:1, tls://b:2 ,[::1]:3");
    assertThat(target.endpoints())
        .isEqualTo(
            List.of(new Endpoint("a", 1), new Endpoint("b", 2, true), new Endpoint("::1", 3)));
    assertThat(target).hasToString("a:1,tls://b:2,[::1]:3");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "camera",
        "camera:",
        ":554",
        "camera:0",
        "camera:65536",
        "camera:99999999999",
        "camera:+554",
        "camera:٥٥٤",
        "2001:db8::1:554",
        "[camera]:554",
        "[]:554",
        "[::1]",
        "[::1:554",
        "[::g]:554",
        "1.2.3:554",
        "1.2.3.256:554",
        "cam era:554",
        "cam/era:554",
        "cam..era:554",
        "rtsp://camera:554",
        "a:1,,b:2",
        "a:1,b"
      })
  void badTargetsSayWhatIsExpected(String text) {
    assertThatThrownBy(() -> Target.parse(text))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageStartingWith("target: '")
        .hasMessageContaining("expected host:port, [IPv6]:port or tls://host:port");
  }

  @ParameterizedTest
  @ValueSource(strings = {"admin:secret@camera:554", "tls://admin:secret@camera:554"})
  void aPasswordIsNotRepeated(String text) {
    assertThatThrownBy(() -> Target.parse(text))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContaining("without user or password")
        .hasMessageNotContaining("secret");
    assertThatThrownBy(() -> new Endpoint("admin:secret@camera", 554))
        .hasMessageNotContaining("secret");
  }

  @Test
  void atLeastOneEndpoint() {
    assertThatThrownBy(() -> new Target(List.of()))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContaining("1 to 64 endpoints");
  }
}

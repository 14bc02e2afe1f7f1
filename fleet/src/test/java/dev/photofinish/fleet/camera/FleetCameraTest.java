package dev.photofinish.fleet.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.photofinish.option.InvalidOptionException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A camera of the list, as the relay reaches it. */
class FleetCameraTest {
  @ParameterizedTest
  @ValueSource(strings = {"on", "true", "ON"})
  void aSwitchIsReadAsEverywhere(String on) {
    FleetCamera camera =
        new FleetCamera("door", "rtsps://192.0.2.1/a", "", List.of(), Map.of("tls-insecure", on));
    assertThat(camera.camera().tls())
        .isNotEqualTo(FleetCamera.of("door", "rtsps://192.0.2.1/a").camera().tls());
  }

  /** Lists of zones have commas between them in a file, and blanks on the page. */
  @ParameterizedTest
  @ValueSource(strings = {"", " b", "a,b", "a b", "a\n"})
  void aZoneThatNoNodeCanBeInIsRefused(String zone) {
    FleetCamera camera =
        new FleetCamera("door", "rtsp://192.0.2.1/", "", List.of("a", zone), Map.of());
    assertThatThrownBy(camera::checked)
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageStartingWith("zones: ");
  }
}

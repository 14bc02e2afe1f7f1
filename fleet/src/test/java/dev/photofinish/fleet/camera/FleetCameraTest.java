package dev.photofinish.fleet.camera;

import static org.assertj.core.api.Assertions.assertThat;

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
}

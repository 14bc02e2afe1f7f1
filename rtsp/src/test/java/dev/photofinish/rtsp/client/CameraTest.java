package dev.photofinish.rtsp.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.photofinish.option.InvalidOptionException;
import dev.photofinish.option.Option;
import dev.photofinish.option.OptionTable;
import dev.photofinish.race.Strategy;
import dev.photofinish.retry.RetryStrategy;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Cameras from options by name. */
class CameraTest {
  private static Camera of(String urls, Map<String, String> options) {
    return Camera.of(urls, name -> Optional.ofNullable(options.get(name)));
  }

  @Test
  void takesOptionsOfEveryTable() {
    Camera camera =
        of(
            "rtsp://192.0.2.1/stream",
            Map.of(
                "connection-racing", "hybrid",
                "retry-strategy", "immediate",
                "media", "video",
                "local-address", "192.0.2.9",
                "range", "npt=10-"));

    assertThat(camera.race().connectionRacing()).isEqualTo(Strategy.HYBRID);
    assertThat(camera.retry().retryStrategy()).isEqualTo(RetryStrategy.IMMEDIATE);
    assertThat(camera.options().media()).containsExactly("video");
    assertThat(camera.route().localAddresses()).hasSize(1);
    assertThat(camera.replay().range()).isNotNull();
  }

  @Test
  void withoutOptionsIsAsByItsAddressAlone() {
    assertThat(of("rtsp://192.0.2.1/stream", Map.of()))
        .isEqualTo(Camera.at("rtsp://192.0.2.1/stream"));
  }

  @Test
  void isShownWithoutThePasswordsOfItsAddress() {
    assertThat(of("rtsp://u:secret@192.0.2.1/live?user=u&password=secret", Map.of()))
        .hasToString("rtsp://192.0.2.1/live?user=u&password=***");
  }

  /** A comma of a path is part of the address. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "rtsp://a/x,y rtsps://b/z",
        " rtsp://a/x,y,rtsps://b/z ",
        "rtsp://a/x,y\n, RTSPS://b/z",
      })
  void takesSeveralAddresses(String urls) {
    assertThat(of(urls, Map.of()).urls())
        .extracting(Object::toString)
        .containsExactly("rtsp://a/x,y", "rtsps://b/z");
  }

  @ParameterizedTest
  @CsvSource({
    "http://me:hunter2@h/, url: 'http://***@h/' is not valid; expected rtsp://host",
    "rtsp://me:hunt/hunter2@h:99999/, url: 'rtsp://***@h:99999/' is not valid",
  })
  void aWrongAddressIsShownWithoutItsPassword(String url, String message) {
    assertThatThrownBy(() -> of(url, Map.of()))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageStartingWith(message)
        .hasMessageNotContaining("hunter2");
  }

  /** So that a name means one option in a file, whichever table reads it. */
  @Test
  void noTwoTablesHaveAnOptionOfTheSameName() {
    assertThat(Camera.OPTIONS.stream().flatMap(CameraTest::names)).doesNotHaveDuplicates();
  }

  private static Stream<String> names(OptionTable<?, ?> table) {
    return table.options().stream().map(Option::name);
  }
}

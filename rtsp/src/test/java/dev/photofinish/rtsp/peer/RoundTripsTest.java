package dev.photofinish.rtsp.peer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.camera.SimulatedCamera;
import dev.photofinish.rtsp.client.Camera;
import dev.photofinish.rtsp.client.RtspClient;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The round trips from the first SYN to the answer of PLAY, counted on the way. */
class RoundTripsTest {
  private static final Duration BOUND = Duration.ofSeconds(60);

  /** Long enough that what is sent together is not answered in between. */
  private static final Duration DELAY = Duration.ofMillis(20);

  @ParameterizedTest
  @CsvSource({"pcmu, false, 4", "none, false, 4", "pcmu, true, 5"})
  void areAsFewAsThereCanBe(String audio, boolean login, int expected) throws Exception {
    Map<String, String> knobs =
        Map.of("audio", audio, "user", login ? "admin" : "", "password", login ? "secret" : "");
    SimulatedCamera.Builder builder = SimulatedCamera.builder();
    knobs.forEach(builder::set);
    try (SimulatedCamera camera = builder.start();
        DelayProxy proxy = new DelayProxy(camera.port(), DELAY);
        RtspClient client = new RtspClient()) {
      String url = camera.url().replace(":" + camera.port(), ":" + proxy.port());
      Camera asked = Camera.at(url);
      client.start(login ? asked.withCredentials("admin", "secret") : asked);
      assertThat(proxy.roundTrips(BOUND)).isEqualTo(expected);
    }
  }
}

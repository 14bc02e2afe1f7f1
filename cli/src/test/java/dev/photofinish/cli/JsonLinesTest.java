package dev.photofinish.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.camera.OnLimit;
import dev.photofinish.camera.SimulatedCamera;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The JSON lines have the fields that docs/cli.md shows, and no others. */
public final class JsonLinesTest {
  private static final Path PAGE = Path.of("..", "docs", "cli.md");

  /** The lines of the page by their event. */
  public static Map<String, Map<String, Object>> documented() throws IOException {
    return Files.readAllLines(PAGE).stream()
        .filter(line -> line.startsWith("{\"event\""))
        .map(line -> Cli.parse(line.replace(",\"attempts\":[...]", ",\"attempts\":[]")))
        .collect(Collectors.toMap(line -> String.valueOf(line.get("event")), line -> line));
  }

  private final Map<String, Map<String, Object>> page;

  JsonLinesTest() throws IOException {
    page = documented();
  }

  private Map<String, Object> documented(String event) {
    return Objects.requireNonNull(page.get(event), event);
  }

  @Test
  void thoseOfWatchAreAsDocumented() {
    assertThat(page)
        .containsOnlyKeys(
            "state",
            "race",
            "retry",
            "device",
            "media",
            "summary",
            "discovered",
            "published",
            "snapshot",
            "listening",
            "config",
            "node",
            "moved",
            "viewer",
            "demonstration",
            "replaced",
            "reader");
    try (SimulatedCamera camera =
        SimulatedCamera.builder()
            .limit(1, OnLimit.DROP_OLDEST)
            .answerDelay(Duration.ofMillis(400))
            .start()) {
      Cli.Result result =
          Cli.run(
              "watch",
              "--json",
              "--duration=8s",
              "--connection-racing=hybrid",
              "--racing-delay-ms=100",
              camera.url());

      for (String event : Set.of("state", "device", "media", "summary")) {
        assertThat(result.json(event))
            .as(event)
            .isNotEmpty()
            .allSatisfy(line -> assertThat(line.keySet()).isEqualTo(documented(event).keySet()));
      }
      assertThat(result.json("race").get(0)).containsKeys(keys(documented("race")));
      assertThat(stream(result.json("media").get(0))).isEqualTo(stream(documented("media")));
    }
  }

  @Test
  void thatOfARetryIsAsDocumented() {
    Cli.Result result =
        Cli.run("watch", "--json", "--max-reconnection-attempts=1", "rtsp://127.0.0.1:1/");

    assertThat(result.json("retry").get(0)).containsOnlyKeys(keys(documented("retry")));
  }

  private static String[] keys(Map<String, Object> line) {
    return line.keySet().toArray(String[]::new);
  }

  private static List<String> stream(Map<String, Object> media) {
    List<?> streams = (List<?>) Objects.requireNonNull(media.get("streams"));
    return ((Map<?, ?>) streams.get(0)).keySet().stream().map(String::valueOf).toList();
  }
}

package dev.photofinish.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.photofinish.cli.JsonLinesTest;
import dev.photofinish.cli.fleet.DemoReport.Moved;
import dev.photofinish.cli.fleet.DemoReport.OneClient;
import dev.photofinish.cli.fleet.DemoReport.Seen;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The outcome of a demonstration as text and as JSON, and when it is as promised. */
class DemoReportTest {
  private static final Duration PROMISED = Duration.ofSeconds(20);

  private static DemoReport report(@Nullable Duration gap, int closed, int peak, int dropped) {
    return new DemoReport(
        PROMISED,
        List.of(new Moved("camera01", true, "127.0.0.1:2", gap, peak)),
        List.of(new Seen("camera01", "127.0.0.1:3", Duration.ofMillis(21_200), closed)),
        List.of(new OneClient(peak, dropped)));
  }

  @Test
  void isKeptWhenGapsConnectionsAndViewersAreAsPromised() {
    assertThat(report(PROMISED.plus(DemoReport.RECONNECT), 0, 1, 0).isKept()).isTrue();
    assertThat(report(PROMISED.plus(DemoReport.RECONNECT).plusMillis(1), 0, 1, 0).isKept())
        .isFalse();
    assertThat(report(null, 0, 1, 0).isKept()).isFalse();
    assertThat(report(PROMISED, 1, 1, 0).isKept()).isFalse();
    assertThat(report(PROMISED, 0, 2, 0).isKept()).isFalse();
    assertThat(report(PROMISED, 0, 1, 1).isKept()).isFalse();
  }

  @Test
  void saysWhatCamerasAndViewersSaw() {
    assertThat(report(Duration.ofMillis(20_140), 0, 1, 0).text())
        .containsExactly(
            "",
            "CAMERA    TAKES       NOW HELD BY  GAP     CONNECTIONS AT ONCE",
            "camera01  one client  127.0.0.1:2  20.1 s  1",
            "",
            "VIEWER OF  AT           PICTURE STOOD STILL  CLOSED",
            "camera01   127.0.0.1:3  21.2 s               0",
            "",
            "longest gap of a camera: 20.1 s; promised: at most 20.0 s and one reconnect",
            "1 cameras that take one client: at most 1 connection of ours at once, 0 dropped",
            "1 viewers at nodes that were left: 0 closed");
  }

  @Test
  void hasTheFieldsThatAreDocumented() throws Exception {
    Map<String, Map<String, Object>> page = JsonLinesTest.documented();
    for (String text : report(null, 0, 1, 0).json()) {
      Map<String, Object> line =
          new ObjectMapper().readValue(text, new TypeReference<Map<String, Object>>() {});
      assertThat(line.keySet())
          .isEqualTo(Objects.requireNonNull(page.get(line.get("event"))).keySet());
    }
  }
}

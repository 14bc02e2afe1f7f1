package dev.photofinish.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.cli.command.Elapsed;
import dev.photofinish.cli.terminal.Screen;
import dev.photofinish.rtsp.client.CameraState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a person reads of a retry. */
class WatchTextTest {
  private static final String WHY = "the host refuses: 127.0.0.1:554: refused";

  private final List<String> lines = new ArrayList<>();
  private final WatchText text = new WatchText(Screen.plain(), new Elapsed(), 1, lines::addAll);

  @Test
  void aReasonIsWholeWhenNoStateToldItBefore() {
    retry(WHY);
    assertThat(lines).singleElement().asString().endsWith("retry 1 in 250 ms: " + WHY);
  }

  @Test
  void whatTheStateToldIsNotRepeated() {
    text.state("rtsp://a/", CameraState.PLAYING, CameraState.RECONNECTING, "reset by the peer");
    retry("a stable stream dropped: reset by the peer");
    assertThat(lines.get(1)).endsWith("retry 1 in 250 ms: a stable stream dropped");
  }

  private void retry(String reason) {
    text.retry("rtsp://a/", 1, Duration.ofMillis(250), "linear", reason);
  }
}

package dev.photofinish.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.cli.command.Elapsed;
import dev.photofinish.cli.terminal.FakeScreen;
import dev.photofinish.cli.terminal.Glyphs;
import dev.photofinish.cli.terminal.LiveDisplay;
import dev.photofinish.cli.terminal.Screen;
import dev.photofinish.rtsp.client.CameraState;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The live display of the watch command, on a terminal that is given. */
@Timeout(120)
final class WatchLiveTest {
  private static final CameraName FRONT = new CameraName("rtsp://a/", "front");
  private static final CameraName YARD = new CameraName("rtsp://b/", "yard");

  private static WatchLive live(FakeScreen fake, int columns) {
    Screen screen = new Screen(fake.window(), true, false, Glyphs.UNICODE, () -> columns);
    return new WatchLive(
        screen, new Elapsed(), true, new LiveDisplay(fake.window(), Glyphs.UNICODE));
  }

  @Test
  void eachCameraHasARowWithItsNameAndRatesThatIsCutAtTheWidth() {
    try (FakeScreen fake = new FakeScreen(100, 24);
        WatchLive live = live(fake, 100)) {
      live.opened(FRONT);
      live.media(FRONT, Figures.report());
      live.media(YARD, Figures.report());

      List<String> rows = fake.rows();
      assertThat(rows.get(0)).endsWith("watching front (rtsp://a/)");
      assertThat(rows.subList(1, 3))
          .allMatch(row -> row.startsWith("PLAYING  "))
          .allMatch(row -> row.contains("25.0 fps  1.26 Mbit/s  0 lost  2 reconnects"))
          .allMatch(row -> row.length() == 99 && row.endsWith("…"));
      assertThat(rows.get(1)).contains("  front  ");
      assertThat(rows.get(2)).contains("  yard  ");
    }
  }

  @Test
  void aLongReasonIsBrokenAtWordsAboveTheRows() {
    try (FakeScreen fake = new FakeScreen(60, 24);
        WatchLive live = live(fake, 60)) {
      live.media(FRONT, Figures.report());
      live.state(
          FRONT,
          CameraState.PLAYING,
          CameraState.RECONNECTING,
          "the camera closed the connection while media was coming");

      assertThat(fake.rows()).hasSize(3);
      assertThat(fake.rows().get(0)).endsWith("front  RECONNECTING  the camera closed the");
      assertThat(fake.rows().get(1)).isEqualTo("           connection while media was coming");
      assertThat(fake.rows().get(2)).startsWith("PLAYING");
    }
  }

  @Test
  void theRowOfACameraGoesWithItsSummary() {
    try (FakeScreen fake = new FakeScreen(100, 24);
        WatchLive live = live(fake, 100)) {
      live.media(FRONT, Figures.report());
      live.summary(new Summary(FRONT, Duration.ZERO, Figures.report(), StreamWork.Done.NOTHING));

      assertThat(fake.rows()).singleElement().asString().contains("front  summary  170 packets");
    }
  }
}

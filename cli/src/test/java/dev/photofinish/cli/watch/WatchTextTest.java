package dev.photofinish.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.cli.command.Elapsed;
import dev.photofinish.cli.picture.Reports;
import dev.photofinish.cli.terminal.Glyphs;
import dev.photofinish.cli.terminal.Screen;
import dev.photofinish.rtsp.client.CameraState;
import dev.photofinish.rtsp.client.Outage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The human-readable lines of the watch command. */
final class WatchTextTest {
  private static final String WHY = "the host refuses: 127.0.0.1:554: refused";
  private static final CameraName CAMERA = new CameraName("rtsp://a/", null);
  private static final CameraName FRONT = new CameraName("rtsp://a/", "front");
  private static final CameraName YARD = new CameraName("rtsp://a/", "yard");

  private final List<String> lines = new ArrayList<>();
  private final WatchText text = new WatchText(Screen.plain(), new Elapsed(), false, lines::addAll);
  private final WatchText named = new WatchText(Screen.plain(), new Elapsed(), true, lines::addAll);

  private static Screen terminal(int columns) {
    return new Screen(null, true, false, Glyphs.UNICODE, () -> columns);
  }

  @Test
  void aReasonIsWholeWhenNoStateGaveItBefore() {
    retry(WHY);
    assertThat(lines).singleElement().asString().endsWith("retry 1 in 250 ms: " + WHY);
  }

  @Test
  void theReasonOfAStateIsNotRepeated() {
    text.state(CAMERA, CameraState.PLAYING, CameraState.RECONNECTING, "reset by the peer");
    retry("a stable stream dropped: reset by the peer");
    assertThat(lines.get(1)).endsWith("retry 1 in 250 ms: a stable stream dropped");
  }

  @Test
  void theReasonOfAnotherCameraIsNotLeftOut() {
    named.state(FRONT, CameraState.PLAYING, CameraState.RECONNECTING, "reset by the peer");
    named.retry(YARD, 1, Duration.ZERO, "linear", "it dropped: reset by the peer");
    assertThat(lines.get(1)).endsWith("yard  retry 1 at once: it dropped: reset by the peer");
  }

  @Test
  void everyLineHasTheNameOfTheSection() {
    named.opened(FRONT);
    named.state(FRONT, CameraState.CONNECTING, CameraState.PLAYING, "media came");
    named.race(FRONT, Reports.DEAD_IPV6);
    named.device(FRONT, "a:554", null);
    named.summary(summary(FRONT, List.of()));

    assertThat(lines.get(0)).endsWith(" s  watching front (rtsp://a/)");
    assertThat(lines.get(1)).endsWith(" s  front  PLAYING  media came");
    assertThat(lines).filteredOn(line -> line.contains(" s  ")).allMatch(l -> l.contains("front"));
  }

  @Test
  void aSingleCameraWithoutASectionIsNamedOnce() {
    text.opened(CAMERA);
    text.state(CAMERA, CameraState.CONNECTING, CameraState.PLAYING, "media came");

    assertThat(lines.get(0)).contains("watching rtsp://a/");
    assertThat(lines.get(1)).doesNotContain("rtsp://a/");
  }

  @Test
  void aSummaryHasRatesAndOutages() {
    Outage over = new Outage(Duration.ofSeconds(1), Duration.ofSeconds(3));
    Outage open = new Outage(Duration.ofSeconds(5), null);
    text.summary(summary(CAMERA, List.of(over, open)));

    assertThat(lines.get(0)).contains("summary  ", "25.0 fps", "1.20 Mbit/s", "2 reconnects");
    assertThat(lines.get(1)).isEqualTo("    no media from 1.500 s for 2000 ms");
    assertThat(lines.get(2)).isEqualTo("    no media from 5.500 s for 5000 ms and not over");
  }

  @Test
  void withoutMediaThereIsNoSuccess() {
    MediaReport nothing = new MediaReport(Figures.statistics(Duration.ofSeconds(1)), List.of());
    text.summary(new Summary(CAMERA, Duration.ZERO, nothing, StreamWork.Done.NOTHING));

    assertThat(lines.get(0)).contains("no success  0 packets");
  }

  @Test
  void linesOfATerminalAreBrokenAtWordsBehindTheTime() {
    WatchText narrow = new WatchText(terminal(40), new Elapsed(), false, lines::addAll);
    narrow.state(
        CAMERA, CameraState.PLAYING, CameraState.RECONNECTING, "the camera closed the connection");

    assertThat(lines).hasSize(2).allMatch(line -> line.length() <= 40);
    assertThat(lines.get(1)).isEqualTo("           closed the connection");
  }

  @Test
  void whatAPeerSaysDrivesNoTerminal() {
    String evil = "\u001b[2J\u0007\u009b1m\u202e" + "x".repeat(1 << 20);
    text.state(CAMERA, CameraState.PLAYING, CameraState.FAILED, evil);
    retry(evil);
    text.device(CAMERA, evil, null);
    text.opened(new CameraName("rtsp://a/", evil));

    assertThat(lines)
        .hasSize(4)
        .allMatch(line -> line.length() < 5000)
        .allMatch(line -> line.chars().allMatch(c -> c >= ' ' && c <= '~'));
  }

  private static Summary summary(CameraName camera, List<Outage> outages) {
    var video = Figures.media(Figures.VIDEO, 100, 96_000);
    var statistics = Figures.statistics(Duration.ofSeconds(10), outages, video);
    return new Summary(
        camera,
        Duration.ofMillis(500),
        new MediaReport(statistics, List.of(new MediaRate(video, 1_200_000.0, 25.0))),
        StreamWork.Done.NOTHING);
  }

  private void retry(String reason) {
    text.retry(CAMERA, 1, Duration.ofMillis(250), "linear", reason);
  }
}

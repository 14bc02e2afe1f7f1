package dev.photofinish.cli.watch;

import dev.photofinish.cli.command.Elapsed;
import dev.photofinish.cli.picture.Scene;
import dev.photofinish.cli.terminal.LiveDisplay;
import dev.photofinish.cli.terminal.Redraw;
import dev.photofinish.cli.terminal.Screen;
import dev.photofinish.cli.terminal.Style;
import dev.photofinish.clientlimit.ClientLimit;
import dev.photofinish.connect.observe.RaceListener;
import dev.photofinish.connect.observe.RaceProgress;
import dev.photofinish.option.Option;
import dev.photofinish.race.RaceReport;
import dev.photofinish.rtsp.client.CameraState;
import dev.photofinish.rtsp.client.StreamStatistics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What happened scrolls by; the races that are on and how each camera is stand below. */
final class WatchLive implements WatchOutput {
  private final Screen screen;
  private final Elapsed elapsed;
  private final int cameras;
  private final LiveDisplay display;
  private final Redraw redraw;
  private final WatchText text;
  private final Map<String, RaceProgress> races = new LinkedHashMap<>();
  private final Map<String, StreamStatistics> latest = new LinkedHashMap<>();

  WatchLive(Screen screen, Elapsed elapsed, int cameras, LiveDisplay display) {
    this.screen = screen;
    this.elapsed = elapsed;
    this.cameras = cameras;
    this.display = display;
    // A race that is told as over is on no longer: its lanes go as its timeline comes.
    text = new WatchText(screen, elapsed, cameras, lines -> display.lines(lines, picture()));
    redraw = new Redraw(display, this::picture);
  }

  @Override
  public synchronized RaceListener races(String camera) {
    return races.computeIfAbsent(camera, c -> new RaceProgress());
  }

  private synchronized List<String> picture() {
    List<String> lines = new ArrayList<>();
    races.forEach(
        (camera, progress) -> progress.races().forEach(race -> lines.addAll(race(camera, race))));
    latest.forEach((camera, statistics) -> lines.add(row(camera, statistics)));
    return lines;
  }

  private List<String> race(String camera, RaceProgress.Snapshot race) {
    Scene scene = Scene.of(race);
    String words = Option.word(race.report().strategy()) + " race " + scene.verdict();
    List<String> lines = new ArrayList<>();
    lines.add(screen.paint(Style.BUSY, cameras > 1 ? camera + "  " + words : words));
    lines.addAll(WatchText.lanes(screen, scene));
    return lines;
  }

  @Override
  public void opened(String camera) {
    text.opened(camera);
  }

  @Override
  public void state(String camera, CameraState from, CameraState to, String reason) {
    text.state(camera, from, to, reason);
  }

  @Override
  public void race(String camera, RaceReport report) {
    text.race(camera, report);
  }

  @Override
  public void retry(String camera, int attempt, Duration delay, String strategy, String reason) {
    text.retry(camera, attempt, delay, strategy, reason);
  }

  @Override
  public void device(String camera, String endpoint, @Nullable ClientLimit profile) {
    text.device(camera, endpoint, profile);
  }

  @Override
  public synchronized void media(String camera, StreamStatistics statistics) {
    latest.put(camera, statistics);
    display.status(picture());
  }

  private String row(String camera, StreamStatistics statistics) {
    CameraState state = statistics.state();
    String row =
        "%-12s %s %s  %s  reconnects %d"
            .formatted(
                state,
                WatchText.clock(elapsed.time()),
                latest.size() == 1 ? "" : camera,
                WatchText.media(statistics),
                statistics.reconnects());
    String word = state.name();
    return screen.paint(WatchText.style(state), word) + row.substring(word.length());
  }

  @Override
  public synchronized void summary(Summary summary) {
    latest.remove(summary.camera());
    text.summary(summary);
  }

  @Override
  public void close() {
    redraw.close();
  }
}

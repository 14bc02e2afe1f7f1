package dev.photofinish.cli.watch;

import dev.photofinish.cli.command.Elapsed;
import dev.photofinish.cli.picture.Scene;
import dev.photofinish.cli.picture.Times;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lines of what happened that scroll by; running races and a row for each camera below them. */
final class WatchLive implements WatchOutput {
  /** Lines of the log that are broken go on so far from the left. */
  static final int LOG_INDENT = 4;

  private final Screen screen;
  private final Elapsed elapsed;
  private final boolean named;
  private final LiveDisplay display;
  private final Redraw redraw;
  private final WatchText text;
  private final Map<CameraName, RaceProgress> races = new LinkedHashMap<>();
  private final Map<CameraName, MediaReport> latest = new LinkedHashMap<>();

  WatchLive(Screen screen, Elapsed elapsed, boolean named, LiveDisplay display) {
    this.screen = screen;
    this.elapsed = elapsed;
    this.named = named;
    this.display = display;
    // The lanes of a race go as its timeline comes: it is no longer running.
    text = new WatchText(screen, elapsed, named, lines -> display.lines(lines, picture()));
    redraw = new Redraw(display, this::picture);
  }

  @Override
  public synchronized RaceListener races(CameraName camera) {
    return races.computeIfAbsent(camera, c -> new RaceProgress());
  }

  private synchronized List<String> picture() {
    List<String> lines = new ArrayList<>();
    races.forEach(
        (camera, progress) -> progress.races().forEach(race -> lines.addAll(race(camera, race))));
    latest.forEach((camera, report) -> lines.add(row(camera, report)));
    return lines;
  }

  private List<String> race(CameraName camera, RaceProgress.Snapshot race) {
    Scene scene = Scene.of(race);
    String words = Option.word(race.report().strategy()) + " race " + scene.verdict();
    List<String> lines = new ArrayList<>();
    lines.add(screen.paint(Style.BUSY, named ? camera + "  " + words : words));
    lines.addAll(WatchText.lanes(screen, scene));
    return lines;
  }

  @Override
  public void opened(CameraName camera) {
    text.opened(camera);
  }

  @Override
  public void state(CameraName camera, CameraState from, CameraState to, String reason) {
    text.state(camera, from, to, reason);
  }

  @Override
  public void race(CameraName camera, RaceReport report) {
    text.race(camera, report);
  }

  @Override
  public void retry(
      CameraName camera, int attempt, Duration delay, String strategy, String reason) {
    text.retry(camera, attempt, delay, strategy, reason);
  }

  @Override
  public void device(CameraName camera, String endpoint, @Nullable ClientLimit limit) {
    text.device(camera, endpoint, limit);
  }

  @Override
  public void work(CameraName camera, String event, Map<String, ?> values, String words) {
    text.work(camera, event, values, words);
  }

  @Override
  public synchronized void media(CameraName camera, MediaReport report) {
    latest.put(camera, report);
    display.status(picture());
  }

  /** The figures that matter first: what does not fit at the end is cut. */
  private String row(CameraName camera, MediaReport report) {
    CameraState state = report.statistics().state();
    String word = "%-12s".formatted(state.name());
    return String.join(
        "  ",
        screen.paint(WatchText.style(state), word) + " " + Times.clock(elapsed.time()),
        named ? camera + "  " + MediaText.total(report) : MediaText.total(report),
        MediaText.each(report));
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

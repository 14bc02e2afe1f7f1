package dev.photofinish.cli;

import dev.photofinish.race.RaceReport;
import dev.photofinish.rtsp.client.CameraState;
import dev.photofinish.rtsp.client.StreamStatistics;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** What happened scrolls by, how each camera is stands below. */
final class WatchLive implements WatchOutput {
  private final Screen screen;
  private final Elapsed elapsed;
  private final LiveDisplay display;
  private final WatchText text;
  private final Map<String, StreamStatistics> latest = new LinkedHashMap<>();

  WatchLive(Screen screen, Elapsed elapsed, int cameras, LiveDisplay display) {
    this.screen = screen;
    this.elapsed = elapsed;
    this.display = display;
    text = new WatchText(screen, elapsed, cameras, display::line);
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
  public void media(String camera, StreamStatistics statistics) {
    latest.put(camera, statistics);
    display.status(
        latest.entrySet().stream().map(entry -> row(entry.getKey(), entry.getValue())).toList());
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
    int width = screen.width().getAsInt() - 1;
    String clipped = row.length() > width ? row.substring(0, width) : row;
    String word = state.name();
    return screen.paint(WatchText.style(state), word) + clipped.substring(word.length());
  }

  @Override
  public void summary(Summary summary) {
    latest.remove(summary.camera());
    text.summary(summary);
  }

  @Override
  public void close() {
    display.close();
  }
}

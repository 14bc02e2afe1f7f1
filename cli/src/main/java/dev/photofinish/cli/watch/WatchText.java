package dev.photofinish.cli.watch;

import dev.photofinish.cli.command.Elapsed;
import dev.photofinish.cli.command.ExitCode;
import dev.photofinish.cli.command.SafeText;
import dev.photofinish.cli.picture.Lanes;
import dev.photofinish.cli.picture.Scene;
import dev.photofinish.cli.picture.Timeline;
import dev.photofinish.cli.picture.Times;
import dev.photofinish.cli.terminal.Screen;
import dev.photofinish.cli.terminal.Style;
import dev.photofinish.clientlimit.ClientLimit;
import dev.photofinish.option.Option;
import dev.photofinish.race.RaceReport;
import dev.photofinish.rtsp.client.CameraState;
import dev.photofinish.rtsp.client.Outage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The watch command's human-readable lines. */
final class WatchText implements WatchOutput {
  /** JSON has the figures of each second; a person does not read that fast. */
  private static final int SECONDS_BETWEEN_LINES = 5;

  private static final String INDENT = "    ";

  /** Words begin here, behind the time. */
  private static final int WORDS = 11;

  private final Screen screen;
  private final Elapsed elapsed;
  private final boolean named;
  private final Consumer<List<String>> lines;

  /** Of each camera, so that its next retry does not repeat it. */
  private final Map<CameraName, String> lastReasons = new HashMap<>();

  /**
   * @param named whether lines begin with the camera's name
   * @param lines takes lines that belong together
   */
  WatchText(Screen screen, Elapsed elapsed, boolean named, Consumer<List<String>> lines) {
    this.screen = screen;
    this.elapsed = elapsed;
    this.named = named;
    this.lines = lines;
  }

  @Override
  public void opened(CameraName camera) {
    String time = screen.paint(Style.QUIET, Times.clock(elapsed.time()));
    lines.accept(wrap(time + "  watching " + camera.withAddress()));
  }

  @Override
  public void state(CameraName camera, CameraState from, CameraState to, String reason) {
    lastReasons.put(camera, reason);
    line(camera, screen.paint(style(to), to.name()) + "  " + SafeText.line(reason));
  }

  @Override
  public void race(CameraName camera, RaceReport report) {
    List<String> all = new ArrayList<>();
    all.addAll(text(camera, Option.word(report.strategy()) + " race " + Lanes.verdict(report)));
    if (report.attempts().size() > 1) {
      all.addAll(lanes(screen, Scene.of(report)));
    }
    lines.accept(all);
  }

  /** The lanes of a race without the lines above them. */
  static List<String> lanes(Screen screen, Scene scene) {
    int width = screen.width().getAsInt() - INDENT.length() - 1;
    return Timeline.drawLanes(scene, width, screen.glyphs(), screen.colours()).stream()
        .map(lane -> INDENT + lane)
        .toList();
  }

  @Override
  public void retry(
      CameraName camera, int attempt, Duration delay, String strategy, String reason) {
    String when = delay.isZero() ? "at once" : "in " + Times.text(delay.toNanos());
    String last = lastReasons.getOrDefault(camera, "");
    String news = last.isEmpty() ? reason : reason.replace(": " + last, "");
    line(camera, "retry %d %s: %s".formatted(attempt, when, SafeText.line(news)));
  }

  @Override
  public void device(CameraName camera, String endpoint, @Nullable ClientLimit limit) {
    String known = limit == null ? "takes more clients than it seemed to" : limit.toString();
    String words = SafeText.value(endpoint) + " " + SafeText.line(known);
    line(camera, screen.paint(Style.WARN, "device") + "  " + words);
  }

  @Override
  public void work(CameraName camera, String event, Map<String, ?> values, String words) {
    line(camera, SafeText.line(words));
  }

  @Override
  public void media(CameraName camera, MediaReport report) {
    if (elapsed.time().toSeconds() % SECONDS_BETWEEN_LINES == 0) {
      line(camera, MediaText.each(report));
    }
  }

  @Override
  public void summary(Summary summary) {
    boolean done = summary.exit() == ExitCode.DONE;
    String result = screen.paint(done ? Style.GOOD : Style.BAD, done ? "summary" : "no success");
    List<String> all = new ArrayList<>();
    String figures = MediaText.summary(summary.mean());
    String work = summary.work().words();
    String words = work.isEmpty() ? figures : work + ", " + figures;
    all.addAll(text(summary.camera(), result + "  " + words));
    for (Outage outage : summary.statistics().outages()) {
      all.addAll(screen.wrap(INDENT + outage(summary, outage), INDENT.length()));
    }
    lines.accept(all);
  }

  private static String outage(Summary summary, Outage outage) {
    String from = Times.clock(summary.opened().plus(outage.from())).strip();
    Duration length = outage.length(summary.statistics().at());
    String end = outage.to() == null ? " and not over" : "";
    return "no media from " + from + " for " + Times.text(length.toNanos()) + end;
  }

  private void line(CameraName camera, String text) {
    lines.accept(text(camera, text));
  }

  private List<String> text(CameraName camera, String text) {
    String time = Times.clock(elapsed.time());
    return wrap(screen.paint(Style.QUIET, named ? time + "  " + camera : time) + "  " + text);
  }

  private List<String> wrap(String line) {
    return screen.wrap(line, WORDS);
  }

  static Style style(CameraState state) {
    return switch (state) {
      case PLAYING -> Style.GOOD;
      case CONNECTING, RECONNECTING -> Style.BUSY;
      case STALLED -> Style.WARN;
      case FAILED -> Style.BAD;
      case PAUSED, ENDED, CLOSED -> Style.QUIET;
    };
  }

  @Override
  public void close() {}
}

package dev.photofinish.cli.watch;

import dev.photofinish.cli.command.Elapsed;
import dev.photofinish.cli.command.ExitCode;
import dev.photofinish.cli.command.Redaction;
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
import dev.photofinish.rtsp.client.MediaStatistics;
import dev.photofinish.rtsp.client.Outage;
import dev.photofinish.rtsp.client.StreamStatistics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The watch command's lines for people. */
public final class WatchText implements WatchOutput {
  /** JSON has the figures of each second; a person does not read that fast. */
  private static final int SECONDS_BETWEEN_LINES = 5;

  private static final String INDENT = "    ";

  private final Screen screen;
  private final Elapsed elapsed;
  private final boolean named;
  private final Consumer<List<String>> lines;

  /** A retry says it again. */
  private String lastReason = "";

  /**
   * @param cameras how many are watched: a single one is not named on every line
   * @param lines takes lines that belong together
   */
  WatchText(Screen screen, Elapsed elapsed, int cameras, Consumer<List<String>> lines) {
    this.screen = screen;
    this.elapsed = elapsed;
    named = cameras > 1;
    this.lines = lines;
  }

  @Override
  public void opened(String camera) {
    lines.accept(
        List.of(screen.paint(Style.QUIET, clock(elapsed.time())) + "  watching " + camera));
  }

  @Override
  public void state(String camera, CameraState from, CameraState to, String reason) {
    lastReason = reason;
    line(camera, screen.paint(style(to), to.name()) + "  " + Redaction.redact(reason));
  }

  @Override
  public void race(String camera, RaceReport report) {
    List<String> all = new ArrayList<>();
    all.add(text(camera, Option.word(report.strategy()) + " race " + Lanes.verdict(report)));
    if (report.attempts().size() > 1) {
      all.addAll(lanes(screen, Scene.of(report)));
    }
    lines.accept(all);
  }

  /** The lanes of a race without the lines above them. */
  static List<String> lanes(Screen screen, Scene scene) {
    int width = screen.width().getAsInt() - INDENT.length() - 1;
    return Timeline.drawLanes(scene, width, screen.glyphs(), screen.colours()).stream()
        .map(row -> INDENT + row)
        .toList();
  }

  @Override
  public void retry(String camera, int attempt, Duration delay, String strategy, String reason) {
    String when = delay.isZero() ? "at once" : "in " + Times.text(delay.toNanos());
    String news = lastReason.isEmpty() ? reason : reason.replace(": " + lastReason, "");
    line(camera, "retry %d %s: %s".formatted(attempt, when, Redaction.redact(news)));
  }

  @Override
  public void device(String camera, String endpoint, @Nullable ClientLimit profile) {
    String known = profile == null ? "takes more clients than it seemed to" : profile.toString();
    line(camera, screen.paint(Style.WARN, "device") + "  " + endpoint + " " + known);
  }

  @Override
  public void media(String camera, StreamStatistics statistics) {
    if (elapsed.time().toSeconds() % SECONDS_BETWEEN_LINES == 0) {
      line(camera, media(statistics));
    }
  }

  /** {@code video H264 120 packets 96 kB lost 0 jitter 1.2 ms}, for each media. */
  static String media(StreamStatistics statistics) {
    return statistics.streams().stream().map(WatchText::media).collect(Collectors.joining("; "));
  }

  private static String media(MediaStatistics media) {
    return String.format(
        Locale.ROOT,
        "%s %s %d packets %s lost %d jitter %s",
        media.stream().media(),
        media.stream().codec(),
        media.packets(),
        bytes(media.bytes()),
        media.lost(),
        Times.text(media.jitter().toNanos()));
  }

  @Override
  public void summary(Summary summary) {
    StreamStatistics statistics = summary.statistics();
    Style style = summary.exit() == ExitCode.DONE ? Style.GOOD : Style.BAD;
    List<String> all = new ArrayList<>();
    all.add(
        text(
            summary.camera(),
            screen.paint(style, summary.exit() == ExitCode.DONE ? "summary" : "no success")
                + String.format(
                    Locale.ROOT,
                    "  %d packets, %s, %d lost, %d reconnects",
                    statistics.packets(),
                    bytes(statistics.bytes()),
                    statistics.lost(),
                    statistics.reconnects())));
    statistics.outages().forEach(outage -> all.add(INDENT + outage(summary, outage)));
    lines.accept(all);
  }

  private static String outage(Summary summary, Outage outage) {
    String from = clock(summary.opened().plus(outage.from()));
    Duration length = outage.length(summary.statistics().at());
    String end = outage.to() == null ? " and not over" : "";
    return "no media from " + from + " for " + Times.text(length.toNanos()) + end;
  }

  private void line(String camera, String text) {
    lines.accept(List.of(text(camera, text)));
  }

  private String text(String camera, String text) {
    String time = clock(elapsed.time());
    String who = named ? time + "  " + camera : time;
    return screen.paint(Style.QUIET, who) + "  " + text;
  }

  static Style style(CameraState state) {
    return switch (state) {
      case PLAYING -> Style.GOOD;
      case CONNECTING, RECONNECTING -> Style.BUSY;
      case STALLED -> Style.WARN;
      case FAILED -> Style.BAD;
      case CLOSED -> Style.QUIET;
    };
  }

  /** {@code 12.345 s}. */
  public static String clock(Duration time) {
    return String.format(Locale.ROOT, "%7.3f s", time.toMillis() / 1000.0);
  }

  static String bytes(long bytes) {
    if (bytes < 1000) {
      return bytes + " B";
    }
    if (bytes < 1_000_000) {
      return String.format(Locale.ROOT, "%.0f kB", bytes / 1e3);
    }
    return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
  }

  @Override
  public void close() {}
}

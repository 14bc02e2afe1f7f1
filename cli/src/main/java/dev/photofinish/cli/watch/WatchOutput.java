package dev.photofinish.cli.watch;

import dev.photofinish.cli.command.CliContext;
import dev.photofinish.cli.command.Elapsed;
import dev.photofinish.cli.command.LogSetup;
import dev.photofinish.cli.terminal.LiveDisplay;
import dev.photofinish.cli.terminal.Screen;
import dev.photofinish.clientlimit.ClientLimit;
import dev.photofinish.connect.observe.RaceListener;
import dev.photofinish.race.RaceReport;
import dev.photofinish.rtsp.client.CameraState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The output of commands that watch streams. Called from several threads, one call at a time: who
 * calls has its monitor.
 */
public interface WatchOutput extends AutoCloseable {

  /**
   * Lines of JSON, a live display on a terminal, plain lines elsewhere. The log goes with them
   * until {@link LogSetup#sendTo}.
   */
  static WatchOutput open(
      CliContext context, Elapsed elapsed, boolean json, List<CameraName> cameras) {
    Screen screen = context.screen();
    boolean named = cameras.size() != 1 || cameras.get(0).section() != null;
    CameraNames names = new CameraNames(cameras);
    LogSetup.sendTo(line -> context.err().println(names.addTo(line)));
    if (json) {
      return json(context::line, elapsed);
    }
    if (screen.window() == null) {
      return new WatchText(screen, elapsed, named, lines -> lines.forEach(context::line));
    }
    LiveDisplay display = new LiveDisplay(screen.window(), screen.glyphs());
    LogSetup.sendTo(line -> display.lines(screen.wrap(names.addTo(line), WatchLive.LOG_INDENT)));
    return new WatchLive(screen, elapsed, named, display);
  }

  /** An output that hands each line of JSON to {@code lines}. */
  static WatchOutput json(Consumer<String> lines, Elapsed elapsed) {
    return new WatchJson(lines, elapsed);
  }

  /** The listener of a camera's running races. */
  default RaceListener races(CameraName camera) {
    return RaceListener.NONE;
  }

  /** Watching begins. */
  void opened(CameraName camera);

  void state(CameraName camera, CameraState from, CameraState to, String reason);

  void race(CameraName camera, RaceReport report);

  void retry(CameraName camera, int attempt, Duration delay, String strategy, String reason);

  /**
   * An endpoint takes so many clients.
   *
   * @param limit null when it takes more than was thought
   */
  void device(CameraName camera, String endpoint, @Nullable ClientLimit limit);

  /** Once a second for each camera. */
  void media(CameraName camera, MediaReport report);

  /**
   * Work on the stream did something.
   *
   * @param event its name in JSON
   * @param values in JSON
   * @param words human-readable
   */
  void work(CameraName camera, String event, Map<String, ?> values, String words);

  /** The last call for a camera. */
  void summary(Summary summary);

  @Override
  void close();
}

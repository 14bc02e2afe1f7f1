package dev.photofinish.cli.race;

import dev.photofinish.cli.command.CliContext;
import dev.photofinish.cli.command.Elapsed;
import dev.photofinish.cli.picture.Scene;
import dev.photofinish.cli.picture.Timeline;
import dev.photofinish.cli.picture.Times;
import dev.photofinish.cli.terminal.LiveDisplay;
import dev.photofinish.cli.terminal.Redraw;
import dev.photofinish.cli.terminal.Screen;
import dev.photofinish.cli.terminal.Style;
import dev.photofinish.cli.terminal.Window;
import dev.photofinish.connect.observe.RaceListener;
import dev.photofinish.connect.observe.RaceProgress;
import dev.photofinish.race.RaceReport;
import dev.photofinish.race.Result;
import dev.photofinish.simulation.Prediction;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The timeline of one race, drawn while it runs; the percentiles of many. */
final class RaceText implements RaceOutput {
  private final CliContext context;
  private final Elapsed elapsed = new Elapsed();
  private final RaceProgress progress = new RaceProgress();
  private final @Nullable Redraw redraw;
  private volatile @Nullable Progress many;

  /** The progress of a number of races. */
  private record Progress(int number, int count, int won) {}

  RaceText(CliContext context) {
    this.context = context;
    Window window = context.screen().window();
    redraw =
        window == null
            ? null
            : new Redraw(new LiveDisplay(window, context.screen().glyphs()), this::picture);
  }

  @Override
  public RaceListener listener() {
    return redraw == null ? RaceListener.NONE : progress;
  }

  private List<String> picture() {
    List<String> lines = new ArrayList<>();
    Progress so = many;
    if (so != null) {
      lines.add(so.number() + " of " + so.count() + " races, " + so.won() + " won   " + left(so));
    }
    progress.races().forEach(race -> lines.addAll(timeline(Scene.of(race), 1)));
    return lines;
  }

  /** A guess: as long as the races so far took. */
  private String left(Progress so) {
    long nanos = elapsed.nanos() / so.number() * (so.count() - so.number());
    return "about " + Times.text(nanos) + " left";
  }

  private List<String> timeline(Scene scene, int margin) {
    Screen screen = context.screen();
    int width = screen.width().getAsInt() - margin;
    return Timeline.draw(scene, width, screen.glyphs(), screen.colours());
  }

  @Override
  public void race(RaceReport report, int number, int count) {
    if (number < count) {
      Progress before = many;
      int won = (before == null ? 0 : before.won()) + (report.result() == Result.WON ? 1 : 0);
      many = new Progress(number, count, won);
    } else {
      close();
      timeline(Scene.of(report), 0).forEach(context::line);
    }
  }

  @Override
  public void races(Distribution distribution, Prediction prediction) {
    close();
    context.line("");
    String won = distribution.won().size() + " of " + distribution.count() + " races won";
    context.line(context.screen().paint(Style.STRONG, won));
    if (!distribution.won().isEmpty()) {
      context.screen().wrap(distribution.percentiles(), 0).forEach(context::line);
      DistributionText.draw(distribution, prediction, context.screen()).forEach(context::line);
    }
  }

  /** Clears the picture of a running race. */
  @Override
  public void close() {
    if (redraw != null) {
      redraw.close();
    }
  }
}

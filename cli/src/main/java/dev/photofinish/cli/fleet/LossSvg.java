package dev.photofinish.cli.fleet;

import dev.photofinish.cli.picture.Axis;
import dev.photofinish.cli.picture.Svg;
import dev.photofinish.cli.picture.Times;
import dev.photofinish.simulation.NodeLoss;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Simulated losses of nodes as curves: the cameras that play again and the dials over time, and
 * what grows with the fleet.
 */
final class LossSvg {
  private static final int WIDTH = 860;
  private static final int HEIGHT = 640;
  private static final int MARGIN = 24;
  private static final double LEFT = 82;
  private static final double RIGHT = WIDTH - 40.0;
  private static final double PANEL = 130;
  private static final double GAP = 80;
  private static final double PANEL_WIDTH = (RIGHT - LEFT - GAP) / 2;
  private static final double SECOND = LEFT + PANEL_WIDTH + GAP;
  private static final double PLAYING_BOTTOM = 250;
  private static final double GROWTH_BOTTOM = 560;

  private final List<SimulatedFleet.Outcome> outcomes;
  private final SimulatedFleet.Outcome last;
  private final long start;
  private final Axis axis;
  private final Svg svg = new Svg(WIDTH, HEIGHT);

  private LossSvg(List<SimulatedFleet.Outcome> outcomes) {
    this.outcomes = outcomes;
    last = outcomes.get(outcomes.size() - 1);
    start = last.takeover();
    axis = Axis.of(Math.max(1, last.run().playingAt() - start), 6);
  }

  /** The last of them, and how it grows from the first to it. */
  static String draw(List<SimulatedFleet.Outcome> outcomes) {
    return new LossSvg(outcomes).picture();
  }

  private String picture() {
    LossOptions options = last.options();
    String title =
        String.format(
            Locale.ROOT,
            "%d cameras on %d nodes, of which %d die at once",
            options.cameras(),
            options.nodes(),
            options.lost());
    String words =
        String.format(
            Locale.ROOT,
            "%d cameras are given to others after %s, and play after %s; at most %d dials to a site"
                + " at once",
            last.run().cameras(),
            Times.text(start),
            Times.text(last.run().playingAt()),
            last.run().mostOfASite());
    svg.rectangle(0.5, 0.5, WIDTH - 1, HEIGHT - 1, 10, "paper edge-line");
    svg.text(MARGIN, 34, "start", "ink title", title);
    svg.text(MARGIN, 58, "start", "good", words);
    course(LEFT, "cameras that play again", NodeLoss.Sample::playing);
    course(SECOND, "dials in 100 ms", NodeLoss.Sample::dials);
    svg.text(MARGIN, GROWTH_BOTTOM - PANEL - 60, "start", "ink title", "As the fleet grows");
    svg.text(
        MARGIN,
        GROWTH_BOTTOM - PANEL - 38,
        "start",
        "quiet",
        "as many cameras a node, as large a share of nodes lost");
    growth(LEFT, "all play after, s", o -> o.run().playingAt() / 1e9);
    growth(SECOND, "reports that a node gets, Mbit/s", o -> reports(o) / 1e6);
    return svg.document(title + ". " + words);
  }

  private static double reports(SimulatedFleet.Outcome outcome) {
    return LossTable.reports(outcome.options());
  }

  private void frame(double left, double bottom, String title, double most) {
    svg.text(left, bottom - PANEL - 10, "start", "quiet", title);
    for (double value : new double[] {0, most / 2, most}) {
      double y = bottom - PANEL * value / most;
      svg.line(left, y, left + PANEL_WIDTH, y, 1, "grid-line");
      svg.text(
          left - 10, y + 4.5, "end", "quiet", Svg.number(value < 100 ? value : Math.rint(value)));
    }
  }

  private void course(double left, String title, ToDoubleFunction<NodeLoss.Sample> value) {
    double most = last.run().curve().stream().mapToDouble(value).max().orElse(1);
    frame(left, PLAYING_BOTTOM, title, most);
    StringBuilder path = new StringBuilder();
    for (NodeLoss.Sample sample : last.run().curve()) {
      point(
          path,
          left + axis.position(sample.at() - start) * PANEL_WIDTH,
          PLAYING_BOTTOM - PANEL * value.applyAsDouble(sample) / most);
    }
    svg.path(path.toString(), 2.5, "none good-line");
    for (long tick : axis.ticks()) {
      double x = left + axis.position(tick) * PANEL_WIDTH;
      svg.text(x, PLAYING_BOTTOM + 22, "middle", "quiet", axis.label(tick));
    }
    svg.text(
        left + PANEL_WIDTH,
        PLAYING_BOTTOM + 42,
        "end",
        "quiet",
        "since they are given, " + axis.unit());
  }

  private void growth(double left, String title, ToDoubleFunction<SimulatedFleet.Outcome> value) {
    double most = outcomes.stream().mapToDouble(value).max().orElse(1);
    frame(left, GROWTH_BOTTOM, title, most);
    StringBuilder path = new StringBuilder();
    for (SimulatedFleet.Outcome outcome : outcomes) {
      double x = left + PANEL_WIDTH * outcome.options().cameras() / last.options().cameras();
      double y = GROWTH_BOTTOM - PANEL * value.applyAsDouble(outcome) / most;
      point(path, x, y);
      svg.circle(x, y, 3.5, "good");
    }
    svg.path(path.toString(), 2, "none good-line");
    for (SimulatedFleet.Outcome outcome : List.of(outcomes.get(0), last)) {
      LossOptions of = outcome.options();
      double x = left + PANEL_WIDTH * of.cameras() / last.options().cameras();
      svg.text(x, GROWTH_BOTTOM + 22, "middle", "quiet", Integer.toString(of.cameras()));
      svg.text(x, GROWTH_BOTTOM + 40, "middle", "quiet", of.nodes() + " nodes");
    }
    svg.text(left + PANEL_WIDTH / 2, GROWTH_BOTTOM + 58, "middle", "quiet", "cameras");
  }

  private static void point(StringBuilder path, double x, double y) {
    path.append(path.isEmpty() ? "M" : "L").append(Svg.number(x)).append(' ').append(Svg.number(y));
  }
}

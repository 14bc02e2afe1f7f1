package dev.photofinish.cli.race;

import dev.photofinish.cli.picture.Axis;
import dev.photofinish.cli.picture.Svg;
import dev.photofinish.simulation.Prediction;
import dev.photofinish.simulation.SynLoss;
import java.util.List;

/**
 * The share of races decided within each time, as a curve, beside what theory predicts if there is
 * a theory.
 */
final class DistributionSvg {
  private static final int WIDTH = 860;
  private static final int HEIGHT = 440;
  private static final int MARGIN = 24;
  private static final double LEFT = 72;
  private static final double RIGHT = WIDTH - 40.0;
  private static final double TOP = 112;
  private static final double BOTTOM = HEIGHT - 84.0;

  private final Distribution measured;
  private final Prediction theory;
  private final Axis axis;
  private final Svg svg = new Svg(WIDTH, HEIGHT);

  private DistributionSvg(Distribution measured, Prediction theory) {
    this.measured = measured;
    this.theory = theory;
    axis = Axis.of(Math.max(1, measured.max()) * 21 / 20, 8);
  }

  static String draw(String title, Distribution measured, Prediction theory) {
    return new DistributionSvg(measured, theory).picture(title);
  }

  private String picture(String title) {
    svg.rectangle(0.5, 0.5, WIDTH - 1, HEIGHT - 1, 10, "paper edge-line");
    svg.text(MARGIN, 34, "start", "ink title", title);
    svg.text(MARGIN, 58, "start", "quiet", percentiles());
    String curve = curve();
    svg.path(curve + "V" + Svg.number(BOTTOM) + "H" + Svg.number(LEFT) + "Z", 0, "wash");
    grid();
    svg.path(curve, 2.5, "none busy-line");
    if (!theory.steps().isEmpty()) {
      svg.path(predicted(), 2, "none bad-line dash");
    }
    legend();
    return svg.document(title);
  }

  private String percentiles() {
    return measured.won().isEmpty()
        ? "none of " + measured.count() + " races was won"
        : measured.percentiles().replace("   ", " \u00b7 "); // SVG shows blanks as one
  }

  private void grid() {
    for (int percent = 0; percent <= 100; percent += 25) {
      double y = y(percent / 100.0);
      svg.line(LEFT, y, RIGHT, y, 1, "grid-line");
      svg.text(LEFT - 10, y + 4.5, "end", "quiet", percent + "%");
    }
    for (long tick : axis.ticks()) {
      double x = x(tick);
      svg.line(x, BOTTOM, x, BOTTOM + 5, 1, "quiet-line");
      svg.text(x, BOTTOM + 22, "middle", "quiet", axis.label(tick));
    }
    svg.text(LEFT, TOP - 16, "start", "quiet", "races decided within");
    svg.text(RIGHT, BOTTOM + 44, "end", "quiet", "time to the decision, " + axis.unit());
  }

  /** Right, then up: the share changes at each decision. */
  private String curve() {
    StringBuilder path = start(0);
    List<Long> won = measured.won();
    for (int i = 0; i < won.size(); i++) {
      step(path, won.get(i), (i + 1.0) / measured.count());
    }
    return path.append("H").append(Svg.number(RIGHT)).toString();
  }

  private String predicted() {
    StringBuilder path = start(0);
    for (SynLoss.Step step : theory.steps()) {
      if (step.at() <= axis.max()) {
        step(path, step.at(), step.share());
      }
    }
    return path.append("H").append(Svg.number(RIGHT)).toString();
  }

  private StringBuilder start(double share) {
    return new StringBuilder("M" + Svg.number(LEFT) + " " + Svg.number(y(share)));
  }

  private void step(StringBuilder path, long at, double share) {
    path.append("H").append(Svg.number(x(at))).append("V").append(Svg.number(y(share)));
  }

  private void legend() {
    double y = HEIGHT - 22.0;
    svg.line(LEFT, y - 4, LEFT + 24, y - 4, 2.5, "busy-line");
    String name = "measured, " + measured.count() + (measured.count() == 1 ? " race" : " races");
    svg.text(LEFT + 34, y, "start", "quiet", name);
    if (!theory.steps().isEmpty()) {
      double x = LEFT + 34 + name.length() * Svg.CHARACTER + 28;
      svg.line(x, y - 4, x + 24, y - 4, 2, "bad-line dash");
      svg.text(x + 34, y, "start", "quiet", theory.name());
    }
  }

  private static double y(double share) {
    return BOTTOM - share * (BOTTOM - TOP);
  }

  private double x(long time) {
    return LEFT + axis.position(time) * (RIGHT - LEFT);
  }
}

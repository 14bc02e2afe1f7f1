package dev.photofinish.cli.storm;

import dev.photofinish.cli.picture.Axis;
import dev.photofinish.cli.picture.Svg;
import dev.photofinish.cli.picture.Times;
import dev.photofinish.simulation.Storm;
import java.util.List;
import java.util.Locale;
import java.util.function.ToIntFunction;

/** A storm as curves over one time axis: cameras that are back, dials in progress. */
final class StormSvg {
  private static final int WIDTH = 860;
  private static final int HEIGHT = 590;
  private static final int MARGIN = 24;
  private static final double LEFT = 82;
  private static final double RIGHT = WIDTH - 40.0;
  private static final double PANEL = 170;
  private static final double BACK_BOTTOM = 290;
  private static final double DIALS_BOTTOM = 500;

  private final StormOptions run;
  private final Storm.Run with;
  private final Storm.Run without;
  private final Axis axis;
  private final Svg svg = new Svg(WIDTH, HEIGHT);

  private StormSvg(StormOptions run, Storm.Run with, Storm.Run without) {
    this.run = run;
    this.with = with;
    this.without = without;
    long end = Math.max(with.curve().size(), without.curve().size()) * 100_000_000L;
    axis = Axis.of(Math.max(end, run.dark().toNanos() * 5 / 4), 8);
  }

  static String draw(StormOptions run, Storm.Run with, Storm.Run without) {
    return new StormSvg(run, with, without).picture();
  }

  private String picture() {
    String title = run.cameras() + " cameras drop at once; the network is silent for " + dark();
    svg.rectangle(0.5, 0.5, WIDTH - 1, HEIGHT - 1, 10, "paper edge-line");
    svg.text(MARGIN, 34, "start", "ink title", title);
    svg.text(MARGIN, 58, "start", "good", words("within the limiter: ", with));
    svg.text(MARGIN, 78, "start", "bad", words("without a limiter:  ", without));
    panel("cameras back", BACK_BOTTOM, run.cameras(), false, Storm.Sample::back);
    int most = Math.max(with.peakInProgress(), without.peakInProgress());
    panel("dials in progress (logarithmic)", DIALS_BOTTOM, most, true, Storm.Sample::inProgress);
    times();
    return svg.document(title + ". " + words("Within the limiter: ", with));
  }

  private String dark() {
    return Times.text(run.dark().toNanos()).replace(".0 s", " s");
  }

  private String words(String how, Storm.Run destination) {
    return String.format(
        Locale.ROOT,
        "%s%.2f dials a camera, at most %d at once, all back after %s",
        how,
        (double) destination.dials() / run.cameras(),
        destination.peakInProgress(),
        Times.text(destination.allBackAt()));
  }

  private void panel(
      String title, double bottom, int most, boolean log, ToIntFunction<Storm.Sample> value) {
    double dark = x(run.dark().toNanos());
    svg.rectangle(LEFT, bottom - PANEL, dark - LEFT, PANEL, 0, "wash");
    svg.text(LEFT, bottom - PANEL - 10, "start", "quiet", title);
    for (int tick : ticks(most, log)) {
      double y = y(tick, bottom, most, log);
      svg.line(LEFT, y, RIGHT, y, 1, "grid-line");
      svg.text(LEFT - 10, y + 4.5, "end", "quiet", Integer.toString(tick));
    }
    svg.path(curve(without, bottom, most, log, value), 2, "none bad-line dash");
    svg.path(curve(with, bottom, most, log, value), 2.5, "none good-line");
  }

  private static List<Integer> ticks(int most, boolean log) {
    return log
        ? List.of(1, 10, 100, 1000, 10_000, 100_000).stream().filter(t -> t <= most).toList()
        : List.of(0, most / 2, most);
  }

  private String curve(
      Storm.Run destination, double bottom, int most, boolean log, ToIntFunction<Storm.Sample> of) {
    StringBuilder path = new StringBuilder();
    for (Storm.Sample sample : destination.curve()) {
      path.append(path.isEmpty() ? "M" : "L")
          .append(Svg.number(x(sample.at())))
          .append(' ')
          .append(Svg.number(y(of.applyAsInt(sample), bottom, most, log)));
    }
    return path.toString();
  }

  private void times() {
    for (long tick : axis.ticks()) {
      svg.line(x(tick), DIALS_BOTTOM, x(tick), DIALS_BOTTOM + 5, 1, "quiet-line");
      svg.text(x(tick), DIALS_BOTTOM + 22, "middle", "quiet", axis.label(tick));
    }
    svg.text(RIGHT, DIALS_BOTTOM + 44, "end", "quiet", "since the drop, " + axis.unit());
    double y = HEIGHT - 22.0;
    svg.line(LEFT, y - 4, LEFT + 24, y - 4, 2.5, "good-line");
    svg.text(LEFT + 34, y, "start", "quiet", "within the limiter");
    svg.line(LEFT + 200, y - 4, LEFT + 224, y - 4, 2, "bad-line dash");
    svg.text(LEFT + 234, y, "start", "quiet", "without a limiter");
    svg.rectangle(LEFT + 400, y - 11, 24, 13, 2, "wash edge-line");
    svg.text(LEFT + 434, y, "start", "quiet", "every SYN is lost");
  }

  private static double y(int value, double bottom, int most, boolean log) {
    double share =
        log
            ? Math.log10(Math.max(1, value)) / Math.log10(Math.max(10, most))
            : (double) value / most;
    return bottom - share * PANEL;
  }

  private double x(long time) {
    return LEFT + axis.position(time) * (RIGHT - LEFT);
  }
}

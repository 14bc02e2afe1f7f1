package dev.photofinish.benchmarks.network;

import dev.photofinish.cli.picture.Svg;
import java.util.List;
import java.util.Map;

/** The share of exchanges done within each time, a curve for each client; time is logarithmic. */
final class Curves {
  private static final double WIDTH = 860;
  private static final double LEFT = 72;
  private static final double RIGHT = WIDTH - 40;
  private static final double TOP = 84;
  private static final double BOTTOM = 340;
  private static final int ROW = 22;
  private static final double FIRST_MILLIS = 1;
  private static final double LAST_MILLIS = 10_000;

  /** In the order of the clients; the last repeats. */
  private static final List<String> LINES =
      List.of(
          "good-line",
          "busy-line",
          "busy-line dash",
          "busy-line dots",
          "bad-line",
          "bad-line dash",
          "quiet-line",
          "quiet-line dash",
          "good-line dash");

  private final Svg svg;

  private Curves(int clients) {
    int rows = (clients + 1) / 2;
    double height = BOTTOM + 62 + (double) ROW * rows;
    svg = new Svg(WIDTH, height);
    svg.rectangle(0.5, 0.5, WIDTH - 1, height - 1, 10, "paper edge-line");
  }

  static String draw(String title, Map<ClientKind, Sample> samples) {
    return new Curves(samples.size()).picture(title, samples);
  }

  private String picture(String title, Map<ClientKind, Sample> samples) {
    svg.text(24, 34, "start", "ink title", title);
    grid();
    int number = 0;
    for (Map.Entry<ClientKind, Sample> client : samples.entrySet()) {
      String line = LINES.get(Math.min(number, LINES.size() - 1));
      svg.path(curve(client.getValue()), 2.5, "none " + line);
      legend(client.getKey().title(), line, number++);
    }
    return svg.document(title);
  }

  private void grid() {
    svg.text(LEFT, TOP - 14, "start", "quiet", "exchanges done within");
    for (int percent = 0; percent <= 100; percent += 25) {
      double y = y(percent / 100.0);
      svg.line(LEFT, y, RIGHT, y, 1, "grid-line");
      svg.text(LEFT - 10, y + 4.5, "end", "quiet", percent + "%");
    }
    for (double decade = FIRST_MILLIS; decade <= LAST_MILLIS; decade *= 10) {
      String label =
          decade < 1000 ? "%.0f ms".formatted(decade) : "%.0f s".formatted(decade / 1000);
      svg.line(x(decade), TOP, x(decade), BOTTOM, 1, "grid-line");
      svg.text(x(decade), BOTTOM + 20, "middle", "quiet", label);
    }
  }

  /** Right, then up: the share changes at each exchange. */
  private static String curve(Sample sample) {
    StringBuilder path = new StringBuilder("M" + Svg.number(LEFT) + " " + Svg.number(y(0)));
    int done = 0;
    for (double millis : sample.millis()) {
      if (Double.isFinite(millis)) {
        path.append("H").append(Svg.number(x(millis)));
        path.append("V").append(Svg.number(y(++done / (double) sample.millis().size())));
      }
    }
    return path.append("H").append(Svg.number(RIGHT)).toString();
  }

  private void legend(String name, String line, int number) {
    double x = number % 2 == 0 ? LEFT : WIDTH / 2;
    int row = number / 2;
    double y = BOTTOM + 52 + (double) ROW * row;
    svg.line(x, y - 4, x + 28, y - 4, 2.5, line);
    svg.text(x + 38, y, "start", "quiet", name);
  }

  private static double y(double share) {
    return BOTTOM - share * (BOTTOM - TOP);
  }

  private static double x(double millis) {
    double position =
        Math.log(Math.max(FIRST_MILLIS, millis) / FIRST_MILLIS)
            / Math.log(LAST_MILLIS / FIRST_MILLIS);
    return LEFT + Math.min(1, position) * (RIGHT - LEFT);
  }
}
